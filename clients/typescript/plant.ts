import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BenchCallName, BenchRecord } from '../../src/kernel/bench-contract.ts';
import type { CheckText, Verdict } from '../../src/kernel/check.ts';
import type { ErrorCode } from '../../src/kernel/error-catalogue.ts';
import type {
  AlarmState,
  PlantDescription,
  PlantEvent,
  SignalReading,
  Value,
} from '../../src/kernel/plant-contract.ts';
import { parseDuration } from '../../src/kernel/time.ts';
import type { HostAddresses } from '../../src/main/bench/bench.ts';
import { addressesOf, type Host, type HostOptions, startHost } from '../../src/main/host.ts';
import { readScene, SCENES_FOLDER } from '../../src/main/scene-files.ts';
import { readSnapshot, SNAPSHOT_EXTENSION } from '../../src/main/snapshots/snapshot-file.ts';
import type { Truth } from '../../src/main/twin-thread/messages.ts';
import { parseTimeMode } from '../../src/main/twin-thread/time-control.ts';
import { formatProblem } from '../../src/twin/scene/problem.ts';

export interface PlantOptions {
  /** Path of a scene or snapshot file, or the name of a scene that comes with Doppel. */
  readonly scene: string;
  /** Of all chance; 1 when absent, that of the snapshot for a snapshot. */
  readonly seed?: number;
  /** `lockstep` when absent. */
  readonly time?: 'lockstep' | 'realtime' | 'max' | number;
  /** Other values for parameters of the scene. */
  readonly set?: Readonly<Record<string, string | number>>;
  /** Whether an OPC UA server is started; true when absent. */
  readonly opcua?: boolean;
  /** Lockstep: time does not begin before so many hold the clock. */
  readonly holders?: number;
  /** Where moments are saved; in the data folder of the user when absent. */
  readonly snapshots?: string;
  /** Told what the servers have to say. */
  readonly log?: (line: string) => void;
}

/** When something is done, at once when nothing is said, and for how long. */
export interface Occasion {
  /** Since the epoch. */
  readonly at?: string;
  /** A condition; at the first instant at which it holds. */
  readonly when?: string;
  /** For good when absent. */
  readonly lasts?: string;
}

/** Where a moment is reached. */
export interface Reached {
  /** Simulated time since the epoch [us]. */
  readonly time: number;
  /** Whether the condition holds, where one was given. */
  readonly met: boolean;
}

/** The plant or the bench refused a call: a code of the catalogue, and a sentence with cause and remedy. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly code: ErrorCode;

  constructor(call: string, code: ErrorCode, message: string) {
    super(`${call}: ${code}: ${message}`);
    this.code = code;
  }
}

/** What was expected of a plant did not happen. */
export class ExpectationError extends Error {
  override readonly name = 'ExpectationError';
}

/** A simulated plant in this process. Durations are texts such as `90 s`, `30 min` or `7 d`. */
export class Plant {
  private readonly host: Host;
  private readonly start: HostOptions;

  /** For {@link startPlant}. */
  constructor(host: Host, start: HostOptions) {
    this.host = host;
    this.start = start;
  }

  /** Addresses for control software and tools; `token` is for `api` and `ui`. */
  get endpoints(): HostAddresses {
    return addressesOf(this.host);
  }

  get description(): PlantDescription {
    return this.host.twin.description;
  }

  /** Simulated time since the epoch [us]. */
  get now(): number {
    return this.host.twin.table.time;
  }

  /** Lets time pass by a duration. */
  async advance(by: string): Promise<Reached> {
    return reached(await this.call('advance', { by }));
  }

  /** Lets time pass until a time since the epoch or a condition, whichever is first. */
  async runUntil(goal: { readonly until?: string; readonly condition?: string }): Promise<Reached> {
    return reached(await this.call('runUntil', { ...goal }));
  }

  /** Goes to the next event. */
  async step(): Promise<Reached> {
    return reached(await this.call('step'));
  }

  /** Another mode, or freezes and runs. */
  async setTime(change: { readonly mode?: string; readonly running?: boolean }): Promise<void> {
    await this.call('setTime', { ...change });
  }

  /** No time passes without a grant of this test. */
  async hold(): Promise<void> {
    await this.call('hold');
  }

  /** Time passes without a grant of this test, as far as others grant it. */
  async release(): Promise<void> {
    await this.call('release');
  }

  async read(paths: readonly string[]): Promise<Readonly<Record<string, SignalReading>>> {
    const { readings } = await this.call('read', { signals: [...paths] });
    return readings as Readonly<Record<string, SignalReading>>;
  }

  /** Present value of one signal. */
  async value(path: string): Promise<Value> {
    const reading = (await this.read([path]))[path];
    if (reading === undefined) throw new RangeError(`no signal ${path}`);
    return reading.value;
  }

  /** What is really so, whatever sensors and forced signals show, and what is wrong with the plant. */
  async truth(signals: readonly string[] = []): Promise<Truth> {
    return (await this.call('truth', { signals: [...signals] })) as unknown as Truth;
  }

  /** Gives a command; returns the number of the operation. */
  async command(
    device: string,
    command: string,
    parameters: Readonly<Record<string, Value>> = {},
  ): Promise<number> {
    const { operation } = await this.call('command', { device, command, parameters });
    return operation as number;
  }

  async write(device: string, signal: string, value: Value): Promise<void> {
    await this.call('write', { device, signal, value });
  }

  async acknowledge(device: string, alarm: string, comment = ''): Promise<void> {
    await this.call('acknowledge', { device, alarm, comment });
  }

  /** Lets something go wrong, or with `false` puts it right; at once, or as planned. Returns the number of the plan. */
  async fault(
    device: string,
    fault: string,
    active = true,
    occasion: Occasion = {},
  ): Promise<number> {
    const { plan } = await this.call('fault', { device, fault, active, ...occasion });
    return plan as number;
  }

  /** Forces a signal to a value, or to what it shows at present; by a ramp where one is given. */
  async force(
    device: string,
    signal: string,
    value?: Value,
    occasion: Occasion & { readonly ramp?: string } = {},
  ): Promise<number> {
    const given = value === undefined ? {} : { value };
    const { plan } = await this.call('force', { device, signal, ...given, ...occasion });
    return plan as number;
  }

  /** Gives up something that is planned. */
  async cancel(plan: number): Promise<void> {
    await this.call('cancel', { plan });
  }

  /** Releases a forced signal. */
  async unforce(device: string, signal: string): Promise<void> {
    await this.call('unforce', { device, signal });
  }

  /** Events of the plant so far, the latest ten thousand. */
  async events(): Promise<readonly PlantEvent[]> {
    return (await this.call('events')).events as readonly PlantEvent[];
  }

  /** Alarms that are active or not yet acknowledged. */
  async alarms(): Promise<readonly AlarmState[]> {
    return (await this.call('alarms')).alarms as readonly AlarmState[];
  }

  /** Hash of everything that the future depends on. */
  async stateHash(): Promise<string> {
    const { report } = await this.call('report');
    return (report as { readonly stateHash: string }).stateHash;
  }

  /** Writes the present moment into a file; returns its path. */
  async snapshot(name: string): Promise<string> {
    return (await this.call('save', { name })).path as string;
  }

  /** Goes back to a time since the epoch, or to a saved moment. */
  async restore(to: { readonly time: string } | { readonly name: string }): Promise<Reached> {
    return reached(await this.call('restore', { ...to }));
  }

  /** Another plant, with endpoints of its own, that begins at the present moment of this one. */
  async fork(): Promise<Plant> {
    const { start } = this;
    const twin = await this.host.twin.fork();
    return new Plant(await startHost({ ...start, twin }), start);
  }

  /**
   * Expects that a condition comes to hold within a duration; time passes until then.
   *
   * @throws ExpectationError when it does not
   */
  async expectWithin(duration: string, condition: string): Promise<Reached> {
    const end = this.endOf(duration);
    const found = await this.runUntil({ until: end, condition });
    if (found.met) return found;
    throw new ExpectationError(`"${condition}" did not hold within ${duration}`);
  }

  /**
   * Expects that a condition does not hold during a duration; time passes.
   *
   * @throws ExpectationError at the instant at which it holds
   */
  async expectNever(duration: string, condition: string): Promise<Reached> {
    const end = this.endOf(duration);
    const found = await this.runUntil({ until: end, condition });
    if (!found.met) return found;
    throw new ExpectationError(`"${condition}" holds at ${found.time / 1e6} s`);
  }

  /**
   * Watches from now on whether something is as it should be: `{ always: 'bioreactor-1.temperature < 39', for: '5 min' }`
   * or `{ when: 'alarm', then: 'alarm acknowledged', within: '60 s' }`.
   */
  async observe(name: string, check: CheckText): Promise<void> {
    await this.call('observe', { name, check });
  }

  /** What came of all that is watched for; `over` fails what has not come yet. */
  async verdicts(over = false): Promise<readonly Verdict[]> {
    return (await this.call('verdicts', { over })).verdicts as readonly Verdict[];
  }

  /**
   * Expects that all that was watched for was as it should be, now that time is over.
   *
   * @throws ExpectationError with each that was not
   */
  async expectHeld(): Promise<void> {
    const failed = (await this.verdicts(true)).filter(({ state }) => state === 'failed');
    if (failed.length === 0) return;
    const lines = failed.map(
      ({ name, text, cause, time = 0 }) => `${name} (${text}) at ${time / 1e6} s: ${cause}`,
    );
    throw new ExpectationError(lines.join('\n'));
  }

  async close(): Promise<void> {
    await this.host.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private endOf(duration: string): string {
    const micros = parseDuration(duration);
    if (micros === undefined) throw new RangeError(`"${duration}" is no duration`);
    return `${this.now + micros} us`;
  }

  private async call(name: BenchCallName, parameters: BenchRecord = {}): Promise<BenchRecord> {
    const outcome = await this.host.bench.call(name, parameters, CALLER);
    if (outcome.ok) return outcome.value;
    throw new RefusedError(name, outcome.error.code, outcome.error.message);
  }
}

/** Name under which the test holds the clock and gives commands. */
const CALLER = 'test';

/**
 * Starts a plant with its endpoints on free ports of loopback.
 *
 * @throws Error with every problem of a scene that is wrong
 */
export async function startPlant(options: PlantOptions): Promise<Plant> {
  const { time = 'lockstep', opcua = true, holders = 0, snapshots } = options;
  const mode = parseTimeMode(String(time));
  if (mode === undefined) throw new RangeError(`time: ${time} is no mode and no factor`);
  const start: HostOptions = {
    ...openingOf(options),
    mode,
    holders,
    uiPort: 0,
    ...(opcua ? { opcuaPort: 0 } : {}),
    ...(snapshots === undefined ? {} : { snapshotFolder: snapshots }),
    log: options.log ?? (() => {}),
  };
  return new Plant(await startHost(start), start);
}

/** Scene and seed, and the state where it is a snapshot. */
function openingOf({
  scene,
  seed,
  set = {},
}: PlantOptions): Pick<HostOptions, 'sceneFile' | 'sceneText' | 'seed' | 'state'> {
  if (scene.endsWith(SNAPSHOT_EXTENSION)) return readSnapshot(scene);
  const own = join(SCENES_FOLDER, `${scene}.yaml`);
  const file = !existsSync(scene) && existsSync(own) ? own : scene;
  const values = Object.entries(set).map(([name, value]) => [name, String(value)] as const);
  const read = readScene(file, { set: new Map(values) });
  if ('problems' in read || read.text === undefined) {
    const problems = 'problems' in read ? read.problems : [];
    throw new Error(problems.map(formatProblem).join('\n'));
  }
  return { sceneFile: file, sceneText: read.text, seed: seed ?? 1 };
}

function reached({ time, met }: BenchRecord): Reached {
  return { time: time as number, met: met === true };
}
