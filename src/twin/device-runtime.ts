import { initialTransition, type AnyMachineSnapshot } from 'xstate';
import { composePose, type Pose } from '../kernel/pose.ts';
import { openStream, type RandomStream } from '../kernel/random.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import {
  InvariantError,
  refusal,
  type ErrorCode,
  type Refusal,
} from '../kernel/error-catalogue.ts';
import { MICROS_PER_SECOND, type Micros } from '../kernel/time.ts';
import type { AlarmState, OperationState, Value } from '../kernel/plant-contract.ts';
import type { DeviceCondition } from '../kernel/view-contract.ts';
import type {
  AnyConfig,
  DeviceState,
  EffectContext,
  MachineEvent,
  ReadContext,
} from '../device-emulators/definition/device.ts';
import {
  alarmsOf,
  BREAKDOWN,
  faultsOf,
  JAM,
  JAM_TIME,
  POWER_LOSS,
  SLOW,
  SLOW_TIME,
} from '../device-emulators/definition/faults.ts';
import type { PlantPort } from '../device-emulators/definition/plant-port.ts';
import { parseParameters } from '../device-emulators/definition/parse-fields.ts';
import { machineStep, type MachineStep, takesIdly } from './machine-step.ts';
import { overwrite, refill } from './refill.ts';
import type { SceneDevice } from './scene/scene.ts';

/** The latest operation of a device. */
export interface Operation {
  readonly number: number;
  readonly command: string;
  state: OperationState;
  error: ErrorCode | '';
  message: string;
  result: Readonly<Record<string, Value>>;
}

/** Everything about a device that changes, as plain data. */
export interface StoredDevice {
  /** State and context of its machine. */
  readonly value: unknown;
  readonly context: unknown;
  readonly state: DeviceState;
  readonly operation: Operation;
  readonly powered: boolean;
  /** Operation that a jammed or slow device has not begun yet, 0 for none. */
  readonly pending: number;
  readonly alarms: readonly AlarmState[];
  readonly faults: readonly string[];
  /** Handles of its machine's delayed events by their names. */
  readonly timers: readonly (readonly [id: string, handle: number])[];
  readonly streams: readonly { readonly purpose: string; readonly index: number }[];
}

/** What a device's runtime asks of the twin. */
export interface DeviceHost {
  now(): Micros;
  readonly seed: number;
  schedule(time: Micros, device: string, event: MachineEvent): number;
  cancel(handle: number): void;
  started(device: string, operation: Operation, client: string): void;
  ended(device: string, operation: Operation): void;
  alarmChanged(state: AlarmState, was: AlarmState | undefined): void;
  /** Where the device is now. */
  pose(device: string): Pose;
  zone(device: string): string;
  isPowered(device: string): boolean;
  /** Told of each transition, while somebody wants to know. */
  trace(): Trace | undefined;
}

/** Told that a device's machine took an event in one state and is in another, or in the same, afterwards. */
export type Trace = (device: string, from: string, event: string, to: string) => void;

type Context = EffectContext<AnyConfig, DeviceState>;
type Action = {
  readonly type: string;
  readonly params?: unknown;
  readonly info: { event: MachineEvent };
};

/** Events by which the wait of a jammed or slow device ends. */
const JAMMED = 'delay.jammed';
const BEGINS = 'delay.begins';

/** Runs one device: its machine decides, its effects change its state and the plant. */
export class DeviceRuntime {
  readonly device: SceneDevice;
  readonly state: DeviceState;
  readonly alarms = new Map<string, AlarmState>();
  /** How often the machine heard something or an input was written: while it stays, little changes. */
  revision = 0;
  operation: Operation = {
    number: 0,
    command: '',
    state: 'none',
    error: '',
    message: '',
    result: {},
  };
  private snapshot: AnyMachineSnapshot;
  private readonly step: MachineStep;
  private readonly host: DeviceHost;
  private readonly timers = new Map<string, number>();
  private readonly streams = new Map<string, RandomStream>();
  private readonly context: Context;
  /** Faults that are active. */
  private readonly faults = new Set<string>();
  private powered = true;
  private pending = 0;

  constructor(device: SceneDevice, plantPort: PlantPort, host: DeviceHost) {
    this.device = device;
    this.host = host;
    const { definition, config, id } = device;
    this.state = definition.initialState(config) as DeviceState;
    const [snapshot, actions] = initialTransition(definition.machine, {
      config,
    } as never);
    this.snapshot = snapshot;
    this.step = machineStep(definition.machine, { config });
    const stateName = (): string => this.stateName;
    this.context = {
      id,
      config,
      state: this.state,
      plant: plantPort,
      get pose() {
        return host.pose(id);
      },
      get zone() {
        return host.zone(id);
      },
      get now() {
        return host.now();
      },
      get machineState() {
        return stateName();
      },
      raise: (event, delay = 0) => {
        host.schedule(host.now() + delay, id, event);
      },
      complete: (result) => this.endOperation('completed', '', '', result ?? {}),
      fail: (code, message) => this.endOperation('failed', code, message, {}),
      setAlarm: (name, active, details) => this.setAlarm(name, active, details ?? ''),
      random: (purpose) => this.stream(purpose),
      hasFault: (fault) => this.faults.has(fault),
    };
    this.perform(actions as unknown as Action[]);
    this.followPower();
  }

  get id(): string {
    return this.device.id;
  }

  /** Name of the machine's state, nested states joined by dots; `broken` or `unpowered` by its faults. */
  get stateName(): string {
    if (this.isBroken) return 'broken';
    return this.faults.has(POWER_LOSS) ? 'unpowered' : joinState(this.snapshot.value);
  }

  /** Faults that have begun and not ended, by name. */
  get activeFaults(): readonly string[] {
    return [...this.faults].sort();
  }

  /** What the device as a whole is up to. */
  get condition(): DeviceCondition {
    if (this.isBroken) return 'broken';
    if (!this.powered) return 'off';
    return this.operation.state === 'running' ? 'running' : 'idle';
  }

  /** Whether its channels move although it executes nothing. */
  get moves(): boolean {
    return this.device.definition.moves?.(this.context) === true;
  }

  private get isBroken(): boolean {
    return this.faults.has(BREAKDOWN);
  }

  readContext(): ReadContext<AnyConfig, DeviceState> {
    return this.context;
  }

  /** Pose of a vessel that this device holds. */
  carryPose(vessel: string): Pose {
    const { carry } = this.device.definition;
    if (carry === undefined) return composePose(this.context.pose, CARRY_NONE);
    return carry(this.context, vessel);
  }

  /** Checks and starts a command. `parameters` are in declared units. */
  invoke(
    command: string,
    parameters: Readonly<Record<string, Value>>,
    client: string,
  ): Result<{ readonly operation: number }, Refusal> {
    const { definition } = this.device;
    const declaration = definition.commands[command];
    if (declaration === undefined) {
      const known = Object.keys(definition.commands).join(', ') || 'none';
      return err(
        refusal('UNKNOWN_COMMAND', `${this.id} has no command "${command}"; it has ${known}`),
      );
    }
    const parsed = parseParameters(declaration.parameters, parameters);
    if (!parsed.ok) {
      return err(refusal(parsed.error.code, `${this.id}.${command}: ${parsed.error.message}`));
    }
    if (declaration.emergency !== true) {
      if (this.isBroken) return err(refusal('DEVICE_ERROR', `${this.id} has broken down`));
      if (!this.powered) {
        const remedy = definition.powered === 'dock' ? 'put it into a dock' : 'switch it on';
        return err(refusal('NOT_CONNECTED', `${this.id} has no power; ${remedy}`));
      }
    }
    const running = this.operation.state === 'running';
    if (declaration.execution === 'timed' && running) {
      const message = `${this.id} is executing ${this.operation.command}; wait for it or abort it`;
      return err(refusal('BUSY', message));
    }
    if (declaration.execution === 'abort' && !running) {
      return err(refusal('NOTHING_TO_ABORT', `${this.id} has no running operation`));
    }
    const refused = definition.preconditions[command]?.(this.context, parsed.value);
    if (refused !== undefined) return err(refused);
    const event: MachineEvent = { ...parsed.value, type: command };
    if (declaration.execution === 'abort' && this.pending === this.operation.number) {
      this.endOperation('aborted', 'ABORTED', `aborted by ${client}`, {});
      return ok({ operation: 0 });
    }
    if (!this.snapshot.can(event as never) && !takesIdly(this.snapshot, command)) {
      const inError = this.stateName.startsWith('error') || this.stateName.startsWith('faulted');
      const message = `${this.id} cannot execute ${command} in state ${this.stateName}`;
      return err(refusal(inError ? 'DEVICE_ERROR' : 'WRONG_STATE', message));
    }
    if (declaration.execution !== 'timed') {
      this.dispatch(event);
      if (declaration.execution === 'abort' && this.operation.state === 'running') {
        this.endOperation('aborted', 'ABORTED', `aborted by ${client}`, {});
      }
      return ok({ operation: 0 });
    }
    const number = this.operation.number + 1;
    this.operation = {
      number,
      command,
      state: 'running',
      error: '',
      message: '',
      result: {},
    };
    this.host.started(this.id, this.operation, client);
    if (declaration.emergency !== true && this.delay(number, event)) {
      return ok({ operation: number });
    }
    this.dispatch(event);
    return ok({ operation: number });
  }

  /** A jammed device fails after a while, a slow one begins then; false when it is neither. */
  private delay(number: number, event: MachineEvent): boolean {
    const isJammed = this.faults.has(JAM);
    if (!isJammed && !this.faults.has(SLOW)) return false;
    this.pending = number;
    const time = this.host.now() + (isJammed ? JAM_TIME : SLOW_TIME) * MICROS_PER_SECOND;
    const then = isJammed ? { type: JAMMED, number } : { type: BEGINS, number, event };
    this.host.schedule(time, this.id, then);
    return true;
  }

  /** Whether an event ends the wait of a jammed or slow device; it is then dealt with. */
  private endsDelay(event: MachineEvent): boolean {
    if (event.type !== JAMMED && event.type !== BEGINS) return false;
    // What was aborted meanwhile, or cut short, is over.
    if (event.number !== this.pending) return true;
    this.pending = 0;
    if (event.type === JAMMED) {
      const { command } = this.operation;
      this.endOperation(
        'failed',
        'MALFUNCTION',
        `${this.id} is jammed; ${command} did nothing`,
        {},
      );
    } else if (this.snapshot.can(event.event as never)) {
      this.dispatch(event.event as MachineEvent);
    } else {
      const message = `${this.id} cannot do this in state ${this.stateName} any more`;
      this.endOperation('failed', 'WRONG_STATE', message, {});
    }
    return true;
  }

  /** Writes an input signal; `value` is SI. */
  write(signal: string, value: Value): void {
    const effect = this.device.definition.write[signal];
    if (effect === undefined) throw new InvariantError(`${this.id}.${signal} is no input`);
    effect(this.context, value);
    this.revision += 1;
  }

  /** Lets a fault begin or end; false when there is none of that name, or nothing changes. */
  setFault(fault: string, active: boolean): boolean {
    if (!faultsOf(this.device.definition).has(fault)) return false;
    if (this.faults.has(fault) === active) return false;
    if (active) this.faults.add(fault);
    else this.faults.delete(fault);
    if (fault === BREAKDOWN) {
      if (active) this.cutOperation(`${this.id} broke down`);
      this.setAlarm(BREAKDOWN, active, '');
      this.dispatch({ type: active ? 'breakdown' : 'repaired' });
      this.haltOrResume(active, this.powered);
    } else if (fault === POWER_LOSS) {
      this.setAlarm(POWER_LOSS, active, '');
      this.followPower();
    } else this.dispatch({ type: active ? `fault.${fault}` : `fault.${fault}.ended` });
    return true;
  }

  /** Takes note of whether its dock gives it power. */
  followPower(): void {
    const powered = this.host.isPowered(this.id) && !this.faults.has(POWER_LOSS);
    if (powered === this.powered) return;
    this.powered = powered;
    if (!powered) this.cutOperation(`${this.id} lost its power`);
    this.dispatch({ type: powered ? 'power.on' : 'power.lost' });
    this.haltOrResume(!powered, !this.isBroken);
  }

  /** What runs fails, unless it is done by people: the machine knows that it halts, but not while they are at it. */
  private cutOperation(message: string): void {
    const events: readonly string[] = this.device.definition.machine.events;
    const isByPeople =
      events.includes('halted') &&
      this.pending === 0 &&
      !this.snapshot.can({ type: 'halted' } as never);
    if (!isByPeople) this.endOperation('failed', 'MALFUNCTION', message, {});
  }

  /**
   * It has stopped, or works again: the machine is told, if it wants to know, else what runs is aborted or stopped.
   *
   * @param halts whether one of its two needs is gone, or back
   * @param otherwise whether it would work but for that
   */
  private haltOrResume(halts: boolean, otherwise: boolean): void {
    if (!otherwise) return;
    const { machine, commands } = this.device.definition;
    const events: readonly string[] = machine.events;
    if (events.includes('halted')) this.dispatch({ type: halts ? 'halted' : 'resumed' });
    if (!halts || ['halted', 'breakdown', 'power.lost'].some((type) => events.includes(type)))
      return;
    const ends = Object.keys(commands).filter((name) => commands[name]?.execution === 'abort');
    const stop = [...ends, 'stop'].find((type) => this.snapshot.can({ type } as never));
    if (stop !== undefined) this.dispatch({ type: stop });
  }

  acknowledge(alarm: string): boolean {
    const was = this.alarms.get(alarm);
    if (was === undefined || was.acknowledged) return false;
    const state = { ...was, acknowledged: true };
    if (state.active) this.alarms.set(alarm, state);
    else this.alarms.delete(alarm);
    this.host.alarmChanged(state, was);
    return true;
  }

  /** A scheduled event has come due. */
  fire(event: MachineEvent, handle: number): void {
    for (const [id, timer] of this.timers) if (timer === handle) this.timers.delete(id);
    if (!this.endsDelay(event)) this.dispatch(event);
  }

  dispatch(event: MachineEvent): void {
    const [next, actions] = this.step(this.snapshot, event);
    const trace = this.host.trace();
    if (trace !== undefined) {
      trace(this.id, joinState(this.snapshot.value), event.type, joinState(next.value));
    }
    this.snapshot = next;
    this.revision += 1;
    this.perform(actions as unknown as Action[]);
  }

  /** State for hashing. */
  stored(): unknown {
    const saved = this.save();
    return { ...saved, timers: saved.timers.map(([id]) => id) };
  }

  /** All that changes, as plain data. */
  save(): StoredDevice {
    const { value, context } = this.snapshot;
    const { state, operation, powered, pending } = this;
    return {
      ...{ value, context, state, operation, powered, pending },
      alarms: [...this.alarms.values()],
      faults: this.activeFaults,
      timers: [...this.timers],
      streams: [...this.streams].map(([purpose, { index }]) => ({ purpose, index })),
    };
  }

  /** Takes over a stored state; its timers are in the queue already. */
  restore(stored: StoredDevice): void {
    const { value, context, state, operation, alarms, faults, timers, streams } = stored;
    const { machine } = this.device.definition;
    this.snapshot = machine.resolveState({ value, context } as never) as AnyMachineSnapshot;
    overwrite(this.state, state);
    this.operation = operation;
    this.powered = stored.powered;
    this.pending = stored.pending;
    refill(
      this.alarms,
      alarms.map((alarm) => [alarm.alarm, alarm]),
    );
    this.faults.clear();
    for (const fault of faults) this.faults.add(fault);
    refill(this.timers, timers);
    this.streams.clear();
    for (const { purpose, index } of streams) this.stream(purpose).index = index;
    this.revision += 1;
  }

  private perform(actions: readonly Action[]): void {
    for (const action of actions) {
      const params = action.params as Record<string, unknown> | undefined;
      if (action.type === 'xstate.raise') this.startTimer(params ?? {});
      else if (action.type === 'xstate.cancel') this.stopTimer(String(params?.sendId));
      else if (action.type === 'complete') this.context.complete(params as Record<string, Value>);
      else if (action.type === 'fail') {
        this.context.fail(params?.code as ErrorCode, String(params?.message ?? ''));
      } else {
        const effect = this.device.definition.effects[action.type];
        if (effect === undefined) {
          throw new InvariantError(`${this.device.definition.type} has no effect ${action.type}`);
        }
        effect(this.context, (params ?? action.info.event) as never);
      }
    }
  }

  private startTimer(params: Record<string, unknown>): void {
    const id = String(params.id);
    const delay = Math.round(Number(params.delay) * 1000);
    const time = this.host.now() + Math.max(0, delay);
    this.timers.set(id, this.host.schedule(time, this.id, params.event as MachineEvent));
  }

  private stopTimer(id: string): void {
    const handle = this.timers.get(id);
    if (handle === undefined) return;
    this.timers.delete(id);
    this.host.cancel(handle);
  }

  private endOperation(
    state: OperationState,
    error: ErrorCode | '',
    message: string,
    result: Readonly<Record<string, Value>>,
  ): void {
    if (this.operation.state !== 'running') return;
    this.operation = { ...this.operation, state, error, message, result };
    this.pending = 0;
    this.host.ended(this.id, this.operation);
  }

  private setAlarm(alarm: string, active: boolean, details: string): void {
    if (alarmsOf(this.device.definition)[alarm] === undefined) {
      throw new InvariantError(`${this.id} declares no alarm ${alarm}`);
    }
    const was = this.alarms.get(alarm);
    if ((was?.active ?? false) === active) return;
    const since = this.host.now();
    const acknowledged = active ? false : (was?.acknowledged ?? false);
    const state: AlarmState = {
      device: this.id,
      alarm,
      active,
      acknowledged,
      since,
      details,
    };
    if (active || !acknowledged) this.alarms.set(alarm, state);
    else this.alarms.delete(alarm);
    this.host.alarmChanged(state, was);
  }

  private stream(purpose: string): RandomStream {
    let stream = this.streams.get(purpose);
    if (stream === undefined) {
      stream = openStream(this.host.seed, this.id, purpose);
      this.streams.set(purpose, stream);
    }
    return stream;
  }
}

const CARRY_NONE: Pose = { position: [0, 0, 1], orientation: [0, 0, 0, 1] };

function joinState(value: unknown): string {
  if (typeof value === 'string') return value;
  return Object.entries(value as Record<string, unknown>)
    .map(([name, inner]) => `${name}.${joinState(inner)}`)
    .join('|');
}
