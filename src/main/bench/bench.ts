import type { BenchCallName, BenchPort, BenchRecord } from '../../kernel/bench-contract.ts';
import { parseCheck } from '../../kernel/check.ts';
import { type Condition, parseCondition } from '../../kernel/condition.ts';
import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import type {
  PlannedCommand,
  PlantCommand,
  PlantEvent,
  Value,
} from '../../kernel/plant-contract.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type Micros, parseDuration } from '../../kernel/time.ts';
import { endOf, type Occasion } from '../../twin/plans.ts';
import { parseTimeMode, type TimeStatus } from '../twin-thread/time-control.ts';
import type { TwinHandle } from '../twin-thread/twin-handle.ts';
import { AlarmBoard } from '../web/alarm-board.ts';
import { ClockHolders } from './clock-holders.ts';
import { checkParameters, isBenchCall } from './parameters.ts';
import { SnapshotFolder } from './snapshot-folder.ts';

/** Where a plant is reached; the token is for page and bench. */
export interface HostAddresses {
  readonly ui: string;
  readonly api: string;
  readonly token: string;
  readonly opcua: string;
}

export interface BenchOptions {
  /** Longest that holders of the clock wait for one that grants nothing [ms of wall clock]. */
  readonly patience: number;
  /** Lockstep: time does not begin to pass before so many hold the clock. */
  readonly holders: number;
  readonly snapshotFolder: string;
  /** Starts a fork with endpoints of its own. */
  fork(): Promise<HostAddresses>;
  log(line: string): void;
}

/** Somebody of this host who goes back with the plant. */
export interface Companion {
  /** Makes ready to go back to a time, or some earlier one that it answers. */
  prepare(t: Micros): Promise<Micros>;
  /** The plant stands there now, or still where it was. */
  goOn(): void;
}

/** Events that are kept for those who ask. */
const KEPT_EVENTS = 10_000;
/** Simulated time that a condition is waited for at most when nothing else is said. */
const FOREVER: Micros = Number.MAX_SAFE_INTEGER;

type Outcome = Result<BenchRecord, Refusal>;
type Distributed<T> = T extends unknown ? Omit<T, 'client' | 'sequence'> : never;

/** A plant on the test bench: all that clients can do to its time, and to it from outside. */
export class Bench implements BenchPort {
  readonly clock: ClockHolders;
  companion: Companion | undefined;
  private readonly twin: TwinHandle;
  private readonly folder: SnapshotFolder;
  private readonly fork: () => Promise<HostAddresses>;
  private readonly alarms = new AlarmBoard();
  /** Rows of the signal table by path. */
  private readonly rows: ReadonlyMap<string, number>;
  private readonly events: PlantEvent[] = [];
  /** How many events came before those that are kept. */
  private forgotten = 0;
  private sequence = 0;

  constructor(twin: TwinHandle, options: BenchOptions) {
    this.twin = twin;
    this.fork = options.fork;
    this.rows = new Map(twin.table.rows.map((row) => [`${row.device}.${row.signal}`, row.index]));
    this.folder = new SnapshotFolder(options.snapshotFolder);
    this.clock = new ClockHolders({
      advance: (until, stops) => twin.advance(until, stops),
      interrupt: () => twin.interrupt(),
      patience: options.patience,
      expected: options.holders,
      log: options.log,
    });
    twin.onEvents((events) => {
      this.events.push(...events);
      const surplus = Math.max(0, this.events.length - KEPT_EVENTS);
      this.events.splice(0, surplus);
      this.forgotten += surplus;
      for (const event of events) this.alarms.follow(event);
    });
  }

  async call(name: string, parameters: BenchRecord, caller: string): Promise<Outcome> {
    if (!isBenchCall(name)) {
      return err(refusal('INVALID_PARAMETER', `there is no call "${name}"`));
    }
    const checked = checkParameters(name, parameters);
    return checked.ok ? this.calls[name](checked.value, caller) : checked;
  }

  left(caller: string): void {
    this.clock.release(caller, `${caller} is gone`);
  }

  private get isLockstep(): boolean {
    return this.twin.time.mode === 'lockstep';
  }

  private readonly calls: Readonly<
    Record<BenchCallName, (given: BenchRecord, caller: string) => Promise<Outcome> | Outcome>
  > = {
    time: () => ok({ ...timeRecord(this.twin.time), time: this.twin.table.time }),
    setTime: (given) => this.setTime(given),
    step: (_given, caller) => this.step(caller),
    advance: (given, caller) => {
      const by = parseDuration(given.by as string);
      if (by === undefined) return notADuration('by', given.by);
      return this.pass(this.twin.table.time + by, undefined, caller);
    },
    runUntil: (given, caller) => this.runUntil(given, caller),
    hold: (_given, caller) => {
      if (!this.isLockstep) return notLockstep();
      this.clock.hold(caller);
      return ok({});
    },
    release: (_given, caller) => {
      this.clock.release(caller);
      return ok({});
    },
    holders: () => ok({ holders: this.clock.list() }),
    plant: () => ok({ plant: this.twin.description }),
    read: (given) => this.read(given.signals as readonly string[]),
    command: ({ device, command, parameters = {} }, caller) =>
      this.execute(caller, {
        kind: 'invoke',
        device: device as string,
        command: command as string,
        parameters: parameters as Readonly<Record<string, Value>>,
      }),
    write: ({ device, signal, value }, caller) =>
      this.execute(caller, {
        kind: 'write',
        device: device as string,
        signal: signal as string,
        value: value as Value,
      }),
    acknowledge: ({ device, alarm, comment = '' }, caller) =>
      this.execute(caller, {
        kind: 'acknowledge',
        device: device as string,
        alarm: alarm as string,
        comment: comment as string,
      }),
    fault: (given, caller) => {
      const { device, fault, active } = given;
      return this.goWrong(
        {
          kind: 'fault',
          device: device as string,
          fault: fault as string,
          active: active as boolean,
        },
        given,
        caller,
      );
    },
    plans: async () => ok({ plans: await this.twin.plans() }),
    cancel: async ({ plan }) => {
      if (await this.twin.cancelPlan(plan as number)) return ok({});
      return err(refusal('INVALID_PARAMETER', `cancel: nothing is planned as ${String(plan)}`));
    },
    force: (given, caller) => this.force(given, caller),
    unforce: ({ device, signal }, caller) =>
      this.execute(caller, {
        kind: 'force',
        device: device as string,
        signal: signal as string,
        value: null,
      }),
    events: ({ after = 0 }) => {
      const skipped = Math.max(0, (after as number) - this.forgotten);
      const next = this.forgotten + this.events.length;
      return ok({ events: this.events.slice(skipped), next });
    },
    alarms: () => ok({ alarms: this.alarms.list() }),
    truth: async ({ signals = [] }) => {
      const truth = await this.twin.truth(signals as readonly string[]);
      const missing = (signals as readonly string[]).find((path) => !(path in truth.values));
      if (missing === undefined) return ok({ ...truth });
      return err(refusal('UNKNOWN_SIGNAL', `the plant declares no signal ${missing}`));
    },
    observe: async ({ name, check }) => {
      const parsed = parseCheck(name as string, check, this.twin.description);
      if (!parsed.ok) return parsed;
      await this.twin.observe(parsed.value);
      return ok({});
    },
    verdicts: async ({ over = false }) => {
      const { verdicts } = await this.twin.findings(over as boolean);
      return ok({ verdicts, passed: verdicts.every(({ state }) => state !== 'failed') });
    },
    report: async () => ok({ report: await this.twin.report() }),
    save: (given) => this.save(given.name as string),
    snapshots: async () => ok({ times: await this.twin.history(), names: this.folder.names() }),
    fork: async () => ok({ ...(await this.fork()) }),
    restore: (given) => this.restore(given),
  };

  private async setTime(given: BenchRecord): Promise<Outcome> {
    const { mode: text, running = this.twin.time.running } = given;
    const mode = text === undefined ? undefined : parseTimeMode(text as string);
    if (text !== undefined && mode === undefined) {
      const words = `"${String(text)}" is no mode; use realtime, max, lockstep or a factor from 0.1 to 1000000`;
      return err(refusal('INVALID_PARAMETER', words));
    }
    const status = await this.twin.setTime(mode, running as boolean);
    if (status.mode !== 'lockstep') {
      this.clock.dismiss(refusal('WRONG_STATE', 'time is no longer held in lockstep'));
    }
    return ok(timeRecord(status));
  }

  private async step(caller: string): Promise<Outcome> {
    if (!this.isLockstep && this.twin.time.running) {
      return err(refusal('WRONG_STATE', 'freeze before stepping'));
    }
    const others = this.clock.list().filter(({ name }) => name !== caller);
    if (this.isLockstep && others.length > 0) {
      const names = others.map(({ name }) => name).join(', ');
      return err(refusal('WRONG_STATE', `${names} hold the clock, too; use advance or runUntil`));
    }
    return ok({ time: (await this.twin.step()).time });
  }

  private async runUntil(given: BenchRecord, caller: string): Promise<Outcome> {
    let until = FOREVER;
    if (given.until !== undefined) {
      const found = parseDuration(given.until as string);
      if (found === undefined) return notADuration('until', given.until);
      until = found;
    }
    if (given.condition === undefined) {
      if (until === FOREVER) {
        return err(refusal('INVALID_PARAMETER', 'runUntil: say "until", "condition" or both'));
      }
      return this.pass(until, undefined, caller);
    }
    const condition = parseCondition(given.condition as string, this.twin.description);
    return condition.ok ? this.pass(until, condition.value, caller) : condition;
  }

  /** Lets time pass, whatever the mode. */
  private async pass(
    until: Micros,
    condition: Condition | undefined,
    caller: string,
  ): Promise<Outcome> {
    if (until < this.twin.table.time) {
      return err(refusal('OUT_OF_RANGE', `that time is over, it is ${this.now} s; use restore`));
    }
    const told = (time: Micros, met: boolean): Outcome =>
      ok(condition === undefined ? { time } : { time, met });
    if (this.isLockstep) {
      const outcome = await this.clock.grant(caller, { until, decisive: false, condition });
      return outcome.ok ? told(outcome.value.time, outcome.value.met) : outcome;
    }
    const conditions = condition === undefined ? [] : [condition];
    const { time, met } = await this.twin.runUntil(until, { decisive: false, conditions });
    return told(time, met.includes(true));
  }

  private read(paths: readonly string[]): Outcome {
    const readings: Record<string, unknown> = {};
    for (const path of paths) {
      const row = this.rows.get(path);
      if (row === undefined) {
        return err(refusal('UNKNOWN_SIGNAL', `the plant has no signal ${path}`));
      }
      readings[path] = this.twin.table.read(row);
    }
    return ok({ readings });
  }

  private async execute(caller: string, command: Distributed<PlantCommand>): Promise<Outcome> {
    const sequence = this.sequence++;
    const outcome = await this.twin.execute({ ...command, client: caller, sequence });
    if (!outcome.ok) return outcome;
    return ok(command.kind === 'invoke' ? { operation: outcome.value.operation } : {});
  }

  /** Forces a signal, to what it shows when nothing is said. */
  private force(given: BenchRecord, caller: string): Promise<Outcome> | Outcome {
    const { device, signal, value } = given;
    const ramp = given.ramp === undefined ? 0 : parseDuration(given.ramp as string);
    if (ramp === undefined) return notADuration('ramp', given.ramp);
    const path = `${String(device)}.${String(signal)}`;
    const row = this.rows.get(path);
    if (row === undefined) {
      return err(refusal('UNKNOWN_SIGNAL', `the plant has no signal ${path}`));
    }
    return this.goWrong(
      {
        kind: 'force',
        device: device as string,
        signal: signal as string,
        value: (value as Value | undefined) ?? this.twin.table.read(row).value,
        ...(ramp === 0 ? {} : { ramp }),
      },
      given,
      caller,
    );
  }

  /** Lets something go wrong now, at a time or on a condition, for good or for a while. */
  private async goWrong(
    command: PlannedCommand,
    { at, when, lasts }: BenchRecord,
    caller: string,
  ): Promise<Outcome> {
    if (at !== undefined && when !== undefined) {
      return err(refusal('INVALID_PARAMETER', 'say either "at" or "when"'));
    }
    const duration = lasts === undefined ? undefined : parseDuration(lasts as string);
    if (lasts !== undefined && duration === undefined) return notADuration('lasts', lasts);
    let occasion: Occasion | undefined;
    if (at !== undefined) {
      const time = parseDuration(at as string);
      if (time === undefined) return notADuration('at', at);
      if (time < this.twin.table.time) {
        return err(refusal('OUT_OF_RANGE', `"at": that time is over, it is ${this.now} s`));
      }
      occasion = { at: time };
    } else if (when !== undefined) {
      const condition = parseCondition(when as string, this.twin.description);
      if (!condition.ok) return condition;
      occasion = { when: condition.value, text: when as string };
    }
    if (occasion !== undefined) return this.plan(command, occasion, duration);
    const done = await this.execute(caller, command);
    if (!done.ok) return done;
    const end = duration === undefined ? undefined : endOf(command);
    if (end === undefined) return ok({ plan: 0 });
    return this.plan(end, { at: this.twin.table.time + (duration ?? 0) });
  }

  private async plan(
    command: PlannedCommand,
    occasion: Occasion,
    lasts?: Micros,
  ): Promise<Outcome> {
    const planned = await this.twin.plan(command, occasion, lasts);
    return planned.ok ? ok({ plan: planned.value }) : planned;
  }

  /** Present time [s]. */
  private get now(): number {
    return this.twin.table.time / 1e6;
  }

  private async save(name: string): Promise<Outcome> {
    const path = this.folder.path(name);
    if (path === undefined) return notAName(name);
    await this.twin.save(path);
    return ok({ path, time: this.twin.table.time });
  }

  private async restore({ time, name }: BenchRecord): Promise<Outcome> {
    if ((time === undefined) === (name === undefined)) {
      return err(refusal('INVALID_PARAMETER', 'restore: say either "time" or "name"'));
    }
    const to =
      time === undefined ? this.folder.path(name as string) : parseDuration(time as string);
    if (to === undefined) {
      return time === undefined ? notAName(name) : notADuration('time', time);
    }
    const { companion } = this;
    if (companion !== undefined && typeof to === 'string') {
      const words =
        'the built-in controller cannot go on from a file; give a time, or serve the file';
      return err(refusal('WRONG_STATE', words));
    }
    // What lies ahead is refused by the twin, and nobody goes along.
    const goesAlong = typeof to === 'number' && to <= this.twin.table.time ? companion : undefined;
    try {
      await this.twin.restore(
        goesAlong !== undefined && typeof to === 'number' ? await goesAlong.prepare(to) : to,
      );
    } catch (error) {
      return err(refusal('WRONG_STATE', error instanceof Error ? error.message : String(error)));
    } finally {
      goesAlong?.goOn();
    }
    return ok({ time: this.twin.table.time });
  }
}

function timeRecord(status: TimeStatus): BenchRecord {
  const { time, mode, running, askedSpeed, achievedSpeed, effort } = status;
  const asked = Number.isFinite(askedSpeed) ? askedSpeed : 0;
  return { time, mode, running, askedSpeed: asked, achievedSpeed, effort };
}

function notADuration(name: string, given: unknown): Result<never, Refusal> {
  const words = `"${name}": ${JSON.stringify(given)} is no duration; write "90 s", "30 min" or "7 d"`;
  return err(refusal('INVALID_PARAMETER', words));
}

function notAName(given: unknown): Result<never, Refusal> {
  const words = `${JSON.stringify(given)} is no name; use letters, digits, dots, dashes and underscores`;
  return err(refusal('INVALID_PARAMETER', words));
}

function notLockstep(): Result<never, Refusal> {
  return err(refusal('WRONG_STATE', 'time is not held in lockstep; set the mode first'));
}
