import { fromSi } from '../kernel/units.ts';
import { openStream, type RandomStream } from '../kernel/random.ts';
import type { Micros } from '../kernel/time.ts';
import type { NumberSignal } from '../device-emulators/definition/signal.ts';
import type { Quality, SignalReading } from '../kernel/plant-contract.ts';

/**
 * What a sensor shows of a value at time `t`: noise and drift are functions of the number of the
 * latest sampling instant and of time alone; the sum is rounded to the resolution and limited to the
 * range. It is uncertain where what reaches the sensor lies outside the range; noise alone, for
 * instance of a rotor at rest, makes it no worse. Reading it changes nothing.
 */
export class Sensor {
  private readonly signal: NumberSignal;
  private readonly noise: RandomStream;
  private readonly drift: RandomStream;

  constructor(signal: NumberSignal, seed: number, device: string, name: string) {
    this.signal = signal;
    this.noise = openStream(seed, device, `${name}.noise`);
    this.drift = openStream(seed, device, `${name}.drift`);
  }

  /** @param input what reaches the sensor at `t`, SI */
  show(input: number, t: Micros): SignalReading {
    const { unit, sensor, range, resolution } = this.signal;
    const reached = fromSi(input, unit);
    let value = reached;
    let time = t;
    if (sensor !== undefined) {
      const period = Math.max(1, Math.round(sensor.period * 1e6));
      const sample = Math.floor(t / period);
      time = sample * period;
      if (sensor.noise !== undefined) value += sensor.noise * this.noise.normalAt(sample);
      if (sensor.driftPerDay !== undefined) value += this.driftAt(t, sensor.driftPerDay);
    }
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
