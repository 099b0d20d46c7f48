import type {
  CommandOutcome,
  DeviceDescription,
  OperationState,
  Passed,
  PlantClient,
  PlantDescription,
  SignalReading,
  Value,
} from '../../../src/kernel/plant-contract.ts';
import { type ErrorCode, refusal } from '../../../src/kernel/error-catalogue.ts';
import { err, ok } from '../../../src/kernel/result.ts';
import { microsFromSeconds, type Micros } from '../../../src/kernel/time.ts';

/** What a command does: is refused, or takes some time and then completes or fails. */
export type Reaction =
  | { readonly refuse: ErrorCode; readonly message?: string }
  | {
      readonly seconds: number;
      readonly fail?: ErrorCode;
      readonly result?: Readonly<Record<string, Value>>;
      /** Changes the device when the operation completes. */
      readonly then?: () => void;
    };

export interface ScriptedDevice {
  readonly id: string;
  readonly type: string;
  readonly commands: Readonly<
    Record<string, (parameters: Readonly<Record<string, Value>>, time: Micros) => Reaction>
  >;
  readonly signals?: Readonly<Record<string, (time: Micros) => Value>>;
  readonly writes?: Readonly<Record<string, (value: Value) => void>>;
}

interface Operation {
  number: number;
  command: string;
  state: OperationState;
  error: string;
  message: string;
  result: string;
  ends: Micros;
  end: () => void;
}

/** A small plant in memory with the client's interface: time passes only when it is granted. */
export class ScriptedPlant implements PlantClient {
  time: Micros = 0;
  /** Commands in order, with the time and the answer. */
  readonly log: string[] = [];
  /** Throws from the n-th call on, as a client whose controller dies. */
  diesAfter = Number.POSITIVE_INFINITY;
  /** The n-th call still reaches the plant, but its answer is lost. */
  losesAnswer = false;
  /** Time jumps by this when anything is asked, as with an ordinary server. */
  drift = 0;
  /** How many signals were read. */
  reads = 0;
  private calls = 0;
  private readonly devices: ReadonlyMap<string, ScriptedDevice>;
  private readonly operations = new Map<string, Operation>();

  constructor(devices: readonly ScriptedDevice[]) {
    this.devices = new Map(devices.map((device) => [device.id, device]));
  }

  async describe(): Promise<PlantDescription> {
    const devices = [...this.devices.values()].map(describe);
    return { scene: 'scripted', title: 'Scripted plant', epochUnixMicros: 0, devices };
  }

  async now(): Promise<Micros> {
    return this.time;
  }

  async read(paths: readonly string[]): Promise<readonly SignalReading[]> {
    this.called();
    this.reads += paths.length;
    return paths.map((path) => {
      const [id = '', signal = ''] = path.split('.');
      const operation = this.operations.get(id);
      const own: Record<string, Value | undefined> = {
        state: 'idle',
        operationId: operation?.number ?? 0,
        operationCommand: operation?.command ?? '',
        operationState: operation?.state ?? 'none',
        operationError: operation?.error ?? '',
        operationMessage: operation?.message ?? '',
        operationResult: operation?.result ?? '',
      };
      const value = own[signal] ?? this.devices.get(id)?.signals?.[signal]?.(this.time);
      if (value === undefined) throw new Error(`no signal ${path}`);
      return { value, time: this.time, quality: 0 as const };
    });
  }

  async invoke(
    device: string,
    command: string,
    parameters: Readonly<Record<string, Value>>,
  ): Promise<CommandOutcome> {
    this.called();
    const outcome = this.react(device, command, parameters);
    const shown = Object.values(parameters).join(' ');
    const line = `${device} ${command}${shown === '' ? '' : ` ${shown}`}`;
    this.log.push(outcome.ok ? line : `${line} -> ${outcome.error.code}`);
    if (this.losesAnswer && this.calls === this.diesAfter) throw new Error('killed in a call');
    return outcome;
  }

  private react(
    id: string,
    command: string,
    parameters: Readonly<Record<string, Value>>,
  ): CommandOutcome {
    const device = this.devices.get(id);
    if (device === undefined) return err(refusal('UNKNOWN_DEVICE'));
    const last = this.operations.get(id);
    if (last?.state === 'running') return err(refusal('BUSY'));
    const reaction = device.commands[command]?.(parameters, this.time);
    if (reaction === undefined) return err(refusal('UNKNOWN_COMMAND'));
    if ('refuse' in reaction) return err(refusal(reaction.refuse, reaction.message));
    const operation: Operation = {
      number: (last?.number ?? 0) + 1,
      command,
      state: 'running',
      error: '',
      message: '',
      result: '',
      ends: this.time + microsFromSeconds(reaction.seconds),
      end: () => {
        operation.state = reaction.fail === undefined ? 'completed' : 'failed';
        operation.error = reaction.fail ?? '';
        operation.message = reaction.fail === undefined ? '' : `${command} failed`;
        operation.result = JSON.stringify(reaction.result ?? {});
        if (reaction.fail === undefined) reaction.then?.();
      },
    };
    this.operations.set(id, operation);
    if (reaction.seconds === 0) operation.end();
    return ok({ operation: operation.number });
  }

  async write(device: string, signal: string, value: Value): Promise<CommandOutcome> {
    this.called();
    this.log.push(`${device} ${signal} = ${value}`);
    const write = this.devices.get(device)?.writes?.[signal];
    if (write === undefined) return err(refusal('NOT_WRITABLE'));
    write(value);
    return ok({ operation: 0 });
  }

  async waitUntil(until: Micros): Promise<Passed> {
    this.called();
    const running = [...this.operations.values()].filter(({ state }) => state === 'running');
    const next = Math.min(until, ...running.map(({ ends }) => ends));
    this.time = Math.max(this.time, next);
    const changed: string[] = [];
    for (const [id, operation] of this.operations) {
      if (operation.state !== 'running' || operation.ends > this.time) continue;
      operation.end();
      changed.push(id);
    }
    return { time: this.time, changed };
  }

  async close(): Promise<void> {}

  private called(): void {
    this.time += this.drift;
    this.calls += 1;
    if (this.calls > this.diesAfter) throw new Error('the controller was killed');
  }
}

function describe(device: ScriptedDevice): DeviceDescription {
  return {
    id: device.id,
    type: device.type,
    title: device.id,
    description: '',
    zone: 'zone-a',
    identity: { manufacturer: 'SIMULATED', model: '', serial: '', firmware: '' },
    signals: Object.keys(device.signals ?? {}).map((name) => ({
      name,
      title: name,
      description: '',
      kind: 'number',
      direction: 'output',
      functionalUnit: 'Main',
      unit: '',
    })),
    commands: Object.keys(device.commands).map((name) => ({
      name,
      title: name,
      description: '',
      execution: 'timed',
      functionalUnit: 'Main',
      parameters: [],
      errors: [],
    })),
    alarms: [],
    places: [],
    body: '',
    position: [0, 0, 0],
    home: '',
  };
}
