import { openStream, type RandomStream } from '../kernel/random.ts';
import type { SignalReading } from '../kernel/plant-contract.ts';
import { MICROS_PER_HOUR, type Micros } from '../kernel/time.ts';
import type { SensorFaultKind } from '../device-emulators/definition/faults.ts';
import type { NumberSignal } from '../device-emulators/definition/signal.ts';
import { refill } from './refill.ts';

/** A sensor that has failed in one way. */
export interface FailedSensor {
  readonly kind: SensorFaultKind;
  readonly since: Micros;
  /** What it showed when it failed, in the declared unit. */
  readonly held: number;
}

/** Scatter of a noisy sensor, and how fast one drifts per hour, as shares of the range; assumed. */
const SCATTER = 0.02;
const DRIFT = 0.01;

/** Sensors that show something else than they measure, and call it good. */
export class SensorFaults {
  private readonly seed: number;
  /** By path of the signal. */
  private readonly failed = new Map<string, readonly FailedSensor[]>();
  private readonly noise = new Map<string, RandomStream>();

  constructor(seed: number) {
    this.seed = seed;
  }

  begin(path: string, fault: FailedSensor): void {
    const others = this.failed.get(path) ?? [];
    this.failed.set(path, [...others.filter(({ kind }) => kind !== fault.kind), fault]);
  }

  end(path: string, kind: SensorFaultKind): void {
    const rest = (this.failed.get(path) ?? []).filter((fault) => fault.kind !== kind);
    if (rest.length > 0) this.failed.set(path, rest);
    else this.failed.delete(path);
  }

  has(path: string): boolean {
    return this.failed.has(path);
  }

  /** What a sensor shows instead of a reading. */
  shown(device: string, name: string, signal: NumberSignal, reading: SignalReading): SignalReading {
    const path = `${device}.${name}`;
    const faults = this.failed.get(path);
    if (faults === undefined || typeof reading.value !== 'number') return reading;
    const { range, resolution, sensor } = signal;
    const span = range[1] - range[0];
    const stuck = faults.find(({ kind }) => kind === 'Stuck');
    let value = stuck?.held ?? reading.value;
    for (const { kind, since } of stuck === undefined ? faults : []) {
      const index = reading.time / Math.max(1, Math.round((sensor?.period ?? 1) * 1e6));
      if (kind === 'Noisy') value += SCATTER * span * this.stream(device, name).normalAt(index);
      else value += (DRIFT * span * Math.max(0, reading.time - since)) / MICROS_PER_HOUR;
    }
    value = Math.min(range[1], Math.max(range[0], value));
    return {
      ...reading,
      value: Number((Math.round(value / resolution) * resolution).toPrecision(12)),
    };
  }

  stored(): readonly (readonly [path: string, faults: readonly FailedSensor[]])[] {
    return [...this.failed].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  restore(stored: ReturnType<SensorFaults['stored']>): void {
    refill(this.failed, stored);
  }

  private stream(device: string, name: string): RandomStream {
    const path = `${device}.${name}`;
    const stream = this.noise.get(path) ?? openStream(this.seed, device, `${name}.fault`);
    this.noise.set(path, stream);
    return stream;
  }
}
