import { InvariantError } from '../kernel/error-catalogue.ts';
import type { SignalReading, Value } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import type { Clock } from './clock.ts';
import type { DeviceRuntime } from './device-runtime.ts';
import type { Forces } from './forces.ts';
import { sensorFaultOf } from '../device-emulators/definition/faults.ts';
import { SensorFaults } from './sensor-faults.ts';
import { trueValue } from './true-value.ts';
import { lagged, type LagMemory } from './lag.ts';
import { Sensor } from './sensing.ts';

/** A signal of a device, as it is shown. */
export interface Channel {
  /** Time between two samples [ticks]; 0 when it is shown as it is at any time. */
  readonly period: Micros;
  /** Whether what is shown differs from sample to sample although the true value does not. */
  readonly isRestless: boolean;
  show(t: Micros): SignalReading;
}

/** A sensor that follows the true value with a lag. */
interface LaggingSensor {
  readonly name: string;
  /** [s] */
  readonly lag: number;
  /** Output when its device last changed; absent before the first change. */
  memory: LagMemory | undefined;
}

/** What the sensors of one device remember. */
export interface StoredReadings {
  readonly device: string;
  readonly changedAt: Micros;
  readonly sensors: readonly LaggingSensor[];
}

/** What is shown of one device. */
interface Shown {
  readonly runtime: DeviceRuntime;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly lagging: readonly LaggingSensor[];
  /** When something about the device last changed: a sample is not older. */
  changedAt: Micros;
  /** Counts these changes. */
  revision: number;
}

/**
 * What sensors show of the devices' true values. A shown value is a function of simulated time and
 * the model's own steps: samples are taken at multiples of the sensor's period and whenever something
 * about the device changes, and are computed for whoever asks, so sensors that nobody reads cost
 * nothing. Lagging sensors take stock when their device is about to change.
 */
export class Readings {
  private readonly seed: number;
  private readonly clock: Clock;
  private readonly forces: Forces;
  readonly sensorFaults: SensorFaults;
  private readonly devices = new Map<string, Shown>();
  /** Changes that may concern any device. */
  private general = 0;

  constructor(seed: number, clock: Clock, forces: Forces) {
    this.seed = seed;
    this.forces = forces;
    this.sensorFaults = new SensorFaults(seed);
    this.clock = clock;
  }

  /** Puts the sensors of a device's signals in place. */
  add(runtime: DeviceRuntime): void {
    const channels = new Map<string, Channel>();
    const lagging: LaggingSensor[] = [];
    const shown: Shown = { runtime, channels, lagging, changedAt: 0, revision: 0 };
    this.devices.set(runtime.id, shown);
    for (const [name, signal] of Object.entries(runtime.device.definition.signals)) {
      if (signal.kind !== 'number') {
        const show = (t: Micros): SignalReading => plain(truth(runtime, name), t);
        channels.set(
          name,
          this.forceable(runtime.id, name, { period: 0, isRestless: false, show }),
        );
        continue;
      }
      const lag = signal.sensor?.lag ?? 0;
      const follower = lag > 0 ? { name, lag, memory: undefined } : undefined;
      if (follower !== undefined) lagging.push(follower);
      const sensor = new Sensor(signal, this.seed, runtime.id, name);
      const { sensorFaults } = this;
      const isRestless = sensor.isRestless || lag > 0;
      const path = `${runtime.id}.${name}`;
      const channel: Channel = {
        period: sensor.period,
        get isRestless() {
          return isRestless || sensorFaults.has(path);
        },
        show: (t) => {
          const reading = sensor.show(this.input(shown, name, sensor, follower, t), t);
          return sensorFaults.shown(runtime.id, name, signal, reading);
        },
      };
      channels.set(name, this.forceable(runtime.id, name, channel));
    }
    for (const [name, read] of Object.entries(OPERATION)) {
      const show = (t: Micros): SignalReading => plain(read(runtime), t);
      channels.set(name, { period: 0, isRestless: false, show });
    }
  }

  /** A channel that shows what it is forced to, as long as it is. */
  private forceable(device: string, name: string, channel: Channel): Channel {
    const path = `${device}.${name}`;
    const { forces } = this;
    return {
      period: channel.period,
      get isRestless() {
        return channel.isRestless || forces.isRamp(path);
      },
      show: (t) => forces.reading(path, t) ?? channel.show(t),
    };
  }

  /** Lets a sensor fail from `t` on, or ends that, when the fault is one of a sensor. */
  setFault(runtime: DeviceRuntime, fault: string, active: boolean, t: Micros): void {
    const sensor = sensorFaultOf(runtime.device.definition, fault);
    if (sensor === undefined) return;
    const { signal, kind } = sensor;
    const path = `${runtime.id}.${signal}`;
    if (!active) return this.sensorFaults.end(path, kind);
    const held = Number(this.channel(runtime.id, signal)?.show(t).value);
    this.sensorFaults.begin(path, { kind, since: t, held });
  }

  /** What reaches a sensor for the reading of time `t`. */
  private input(
    { runtime, changedAt }: Shown,
    name: string,
    sensor: Sensor,
    lagging: LaggingSensor | undefined,
    t: Micros,
  ): number {
    const at = sensor.period === 0 ? t : Math.max(sensor.sampledAt(t), changedAt);
    if (lagging !== undefined) return this.output(runtime, lagging, at);
    return this.clock.lookBack(at, () => Number(truth(runtime, name)));
  }

  /** Something about a device is about to change at `t`: its lagging sensors take stock. */
  takeStock(device: string, t: Micros): void {
    const shown = this.devices.get(device);
    if (shown === undefined) return;
    shown.revision += 1;
    if (t === 0) return;
    for (const sensor of shown.lagging) {
      if (sensor.memory?.since === t) continue;
      sensor.memory = { since: t, output: this.output(shown.runtime, sensor, t) };
    }
    shown.changedAt = t;
  }

  /** What a device shows may have changed, or with `undefined` what any device shows. */
  changed(device: string | undefined): void {
    if (device === undefined) this.general += 1;
    else {
      const shown = this.devices.get(device);
      if (shown !== undefined) shown.revision += 1;
    }
  }

  /** While it stays, a device shows nothing new but what goes on in time. */
  revisionOf(device: string): number {
    const shown = this.devices.get(device);
    return shown === undefined ? 0 : shown.revision + shown.runtime.revision + this.general;
  }

  channel(device: string, name: string): Channel | undefined {
    return this.devices.get(device)?.channels.get(name);
  }

  /** What a signal would show if nothing stood between, in the declared unit; undefined when there is none. */
  truthOf(device: string, name: string): Value | undefined {
    const runtime = this.devices.get(device)?.runtime;
    return runtime && trueValue(runtime, name);
  }

  private output(runtime: DeviceRuntime, { name, lag, memory }: LaggingSensor, t: Micros): number {
    const truthAt = (at: Micros): number =>
      this.clock.lookBack(at, () => Number(truth(runtime, name)));
    return lagged(memory ?? { since: 0, output: Number.NaN }, truthAt, t, lag);
  }

  /** Takes over what sensors remembered. */
  restore(stored: readonly StoredReadings[]): void {
    for (const { device, changedAt, sensors } of stored) {
      const shown = this.devices.get(device);
      if (shown === undefined) continue;
      shown.changedAt = changedAt;
      for (const { name, memory } of sensors) {
        const sensor = shown.lagging.find((lagging) => lagging.name === name);
        if (sensor !== undefined) sensor.memory = memory;
      }
    }
    this.changed(undefined);
  }

  /** What sensors remember, for hashing and storing. */
  stored(): readonly StoredReadings[] {
    return [...this.devices].map(([device, { changedAt, lagging }]) => ({
      device,
      changedAt,
      sensors: lagging,
    }));
  }
}

function plain(value: Value, time: Micros): SignalReading {
  return { value, time, quality: 0 };
}

function truth(runtime: DeviceRuntime, name: string): Value {
  const value = runtime.device.definition.read[name]?.(runtime.readContext());
  if (value === undefined) throw new InvariantError(`${runtime.id}.${name} cannot be read`);
  return value;
}

/** Signals that every device has after its declared ones. */
const OPERATION: Readonly<Record<string, (runtime: DeviceRuntime) => Value>> = {
  state: ({ stateName }) => stateName,
  operationId: ({ operation }) => operation.number,
  operationCommand: ({ operation }) => operation.command,
  operationState: ({ operation }) => operation.state,
  operationError: ({ operation }) => operation.error,
  operationMessage: ({ operation }) => operation.message,
  operationResult: ({ operation }) => JSON.stringify(operation.result),
};
