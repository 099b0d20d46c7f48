import { InvariantError } from '../kernel/error-catalogue.ts';
import type { SignalReading, Value } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import type { DeviceRuntime } from './device-runtime.ts';
import { Sensor } from './sensing.ts';

/** What sensors show of the devices' true values. */
export class Readings {
  private readonly seed: number;
  private readonly devices = new Map<string, DeviceRuntime>();
  private readonly sensors = new Map<string, Sensor>();

  constructor(seed: number) {
    this.seed = seed;
  }

  /** Puts the sensors of a device's signals in place. */
  add(runtime: DeviceRuntime): void {
    const { id } = runtime;
    this.devices.set(id, runtime);
    for (const [name, signal] of Object.entries(runtime.device.definition.signals)) {
      if (signal.kind !== 'number') continue;
      this.sensors.set(`${id}.${name}`, new Sensor(signal, this.seed, id, name));
    }
  }

  /** A signal as its sensor shows it now, in the declared unit; undefined when there is none. */
  read(device: string, name: string, t: Micros): SignalReading | undefined {
    const runtime = this.devices.get(device);
    if (runtime === undefined) return undefined;
    const signal = runtime.device.definition.signals[name];
    if (signal === undefined) return readOperation(runtime, name, t);
    const truth = runtime.device.definition.read[name]?.(runtime.readContext());
    if (truth === undefined) throw new InvariantError(`${device}.${name} cannot be read`);
    const sensor = this.sensors.get(`${device}.${name}`);
    if (sensor === undefined) return { value: truth, time: t, quality: 0 };
    return sensor.show(Number(truth), t);
  }
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
