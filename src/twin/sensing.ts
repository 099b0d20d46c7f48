import { fromSi } from '../kernel/units.ts';
import { openStream, type RandomStream } from '../kernel/random.ts';
import type { Micros } from '../kernel/time.ts';
import type { NumberSignal } from '../device-emulators/definition/signal.ts';
import type { Quality, SignalReading } from '../kernel/plant-contract.ts';

/**
 * What a sensor shows of a value at time `t`: noise and drift are functions of the latest sampling
 * instant alone; the sum is rounded to the resolution and limited to the range. It is uncertain where what reaches the sensor lies outside the range; noise alone, for
 * instance of a rotor at rest, makes it no worse. Reading it changes nothing.
 */
export class Sensor {
  /** Time between two samples [ticks]; 0 when it shows the value of any time. */
  readonly period: Micros;
  private readonly signal: NumberSignal;
  private readonly noise: RandomStream;
  private readonly drift: RandomStream;

  constructor(signal: NumberSignal, seed: number, device: string, name: string) {
    this.signal = signal;
    this.period =
      signal.sensor === undefined ? 0 : Math.max(1, Math.round(signal.sensor.period * 1e6));
    this.noise = openStream(seed, device, `${name}.noise`);
    this.drift = openStream(seed, device, `${name}.drift`);
  }

  /** Whether it shows something else at each sample although the value stays. */
  get isRestless(): boolean {
    const { sensor } = this.signal;
    return sensor?.noise !== undefined || sensor?.driftPerDay !== undefined;
  }

  /** Latest sampling instant at `t`. */
  sampledAt(t: Micros): Micros {
    return this.period === 0 ? t : Math.floor(t / this.period) * this.period;
  }

  /** @param input what reached the sensor when it took the sample that it shows at `t`, SI */
  show(input: number, t: Micros): SignalReading {
    const { unit, sensor, range, resolution } = this.signal;
    const reached = fromSi(input, unit);
    let value = reached;
    const time = this.sampledAt(t);
    if (sensor?.noise !== undefined) {
      value += sensor.noise * this.noise.normalAt(time / this.period);
    }
    if (sensor?.driftPerDay !== undefined) value += this.driftAt(time, sensor.driftPerDay);
    if (!Number.isFinite(value)) return { value: 0, time, quality: 2 };
    const [low, high] = range;
    const tolerance = resolution / 2;
    const quality: Quality = reached < low - tolerance || reached > high + tolerance ? 1 : 0;
    value = Math.min(high, Math.max(low, value));
    return {
      value: Number((Math.round(value / resolution) * resolution).toPrecision(12)),
      time,
      quality,
    };
  }

  /** Random walk in daily steps, straight between them. */
  private driftAt(t: Micros, perDay: number): number {
    const day = Math.floor(t / 86_400e6);
    let sum = 0;
    for (let k = 0; k < day; k++) sum += this.drift.normalAt(k);
    return perDay * (sum + this.drift.normalAt(day) * (t / 86_400e6 - day));
  }
}
