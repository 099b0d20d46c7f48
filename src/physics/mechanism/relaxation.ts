import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';

/** A quantity that approaches its target exponentially: the air of a chamber, a warming block. */
export interface Relaxation {
  readonly from: number;
  readonly to: number;
  readonly since: Micros;
  /** Time constant [s]. */
  readonly time: number;
}

/** A quantity at rest at its target. */
export function settled(value: number): Relaxation {
  return { from: value, to: value, since: 0, time: 1 };
}

/** Value at `now`: first-order approach. */
export function valueOf({ from, to, since, time }: Relaxation, now: Micros): number {
  const elapsed = Math.max(0, now - since) / MICROS_PER_SECOND;
  return to + (from - to) * Math.exp(-elapsed / time);
}

/** Goes on from the value at `now` towards `to` with time constant `time` [s]. */
export function relaxTo(quantity: Relaxation, to: number, now: Micros, time: number): Relaxation {
  return { from: valueOf(quantity, now), to, since: now, time };
}
