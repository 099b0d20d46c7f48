import type { Micros } from '../../kernel/time.ts';

/** A temperature on its way: straight from `from` to `to` [K] by `rate` [K/s], then constant. */
export interface Ramp {
  readonly from: number;
  readonly to: number;
  readonly rate: number;
  readonly since: Micros;
}

/** A temperature that stays [K]. */
export function steady(temperature: number): Ramp {
  return { from: temperature, to: temperature, rate: 1, since: 0 };
}

/** Temperature now [K]. */
export function rampAt({ from, to, rate, since }: Ramp, now: Micros): number {
  const change = (rate * (now - since)) / 1e6;
  return to < from ? Math.max(to, from - change) : Math.min(to, from + change);
}

/** The way to `to` from where a ramp is now. */
export function rampTo(ramp: Ramp, to: number, rate: number, now: Micros): Ramp {
  return { from: rampAt(ramp, now), to, rate, since: now };
}
