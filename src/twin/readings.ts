import { InvariantError } from '../kernel/error-catalogue.ts';
import type { SignalReading, Value } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import type { DeviceRuntime } from './device-runtime.ts';
import { lagged, type LagMemory } from './lag.ts';
import { Sensor } from './sensing.ts';

/** A sensor that follows the true value with a lag. */
interface LaggingSensor {
  readonly name: string;
  /** [s] */
  readonly lag: number;
  /** Output when its device last changed; absent before the first change. */
  memory: LagMemory | undefined;
}

/** Runs a function with the plant's clock turned back to `t`. */
export type LookBack = <T>(t: Micros, look: () => T) => T;

/**
 * What sensors show of the devices' true values. A shown value is a function of simulated time and
 * the model's own steps: lagging sensors take stock when their device is about to change, and their
 * output in between is computed for whoever asks, so sensors that nobody reads cost nothing.
 */
export class Readings {
  private readonly seed: number;
  private readonly lookBack: LookBack;
  private readonly devices = new Map<string, DeviceRuntime>();
  private readonly sensors = new Map<string, Sensor>();
  private readonly lagging = new Map<string, LaggingSensor[]>();

  constructor(seed: number, lookBack: LookBack) {
    this.seed = seed;
    this.lookBack = lookBack;
  }

  /** Puts the sensors of a device's signals in place. */
  add(runtime: DeviceRuntime): void {
    const { id } = runtime;
    this.devices.set(id, runtime);
    const lagging: LaggingSensor[] = [];
    for (const [name, signal] of Object.entries(runtime.device.definition.signals)) {
      if (signal.kind !== 'number') continue;
      this.sensors.set(`${id}.${name}`, new Sensor(signal, this.seed, id, name));
      const lag = signal.sensor?.lag ?? 0;
      if (lag > 0) lagging.push({ name, lag, memory: undefined });
    }
    if (lagging.length > 0) this.lagging.set(id, lagging);
  }

  /** Takes stock of a device's lagging sensors at `t`, before something about it changes. */
  takeStock(device: string, t: Micros): void {
    const lagging = this.lagging.get(device);
    const runtime = this.devices.get(device);
    if (lagging === undefined || runtime === undefined || t === 0) return;
    for (const sensor of lagging) {
      if (sensor.memory?.since === t) continue;
      sensor.memory = { since: t, output: this.output(runtime, sensor, t) };
    }
  }

  /** A signal as its sensor shows it at `t`; undefined when there is none. */
  read(device: string, name: string, t: Micros): SignalReading | undefined {
    const runtime = this.devices.get(device);
    if (runtime === undefined) return undefined;
    if (runtime.device.definition.signals[name] === undefined) {
      return readOperation(runtime, name, t);
    }
    const sensor = this.sensors.get(`${device}.${name}`);
    if (sensor === undefined) return { value: truth(runtime, name), time: t, quality: 0 };
    const lagging = this.lagging.get(device)?.find((candidate) => candidate.name === name);
    const value =
      lagging === undefined ? Number(truth(runtime, name)) : this.output(runtime, lagging, t);
    return sensor.show(value, t);
  }

  private output(runtime: DeviceRuntime, { name, lag, memory }: LaggingSensor, t: Micros): number {
    const truthAt = (at: Micros): number => this.lookBack(at, () => Number(truth(runtime, name)));
    return lagged(memory ?? { since: 0, output: Number.NaN }, truthAt, t, lag);
  }

  /** What sensors remember, for hashing and storing. */
  stored(): unknown {
    return [...this.lagging].map(([device, sensors]) => ({ device, sensors }));
  }
}

function truth(runtime: DeviceRuntime, name: string): Value {
  const value = runtime.device.definition.read[name]?.(runtime.readContext());
  if (value === undefined) throw new InvariantError(`${runtime.id}.${name} cannot be read`);
  return value;
}

function readOperation(runtime: DeviceRuntime, name: string, t: Micros): SignalReading | undefined {
  const { operation } = runtime;
  const values: Readonly<Record<string, Value>> = {
    state: runtime.stateName,
    operationId: operation.number,
    operationCommand: operation.command,
    operationState: operation.state,
    operationError: operation.error,
    operationMessage: operation.message,
    operationResult: JSON.stringify(operation.result),
  };
  const value = values[name];
  return value === undefined ? undefined : { value, time: t, quality: 0 };
}
