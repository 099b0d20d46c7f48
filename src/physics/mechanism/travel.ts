import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';

/** A part going straight from one position to another: openness of a door, height of a nozzle. */
export interface Travel {
  readonly from: number;
  readonly to: number;
  readonly since: Micros;
  /** [s] */
  readonly duration: number;
}

/** A part that rests at `position`. */
export function resting(position: number): Travel {
  return { from: position, to: position, since: 0, duration: 0 };
}

/** Position at `now`: linear in time, then at rest. */
export function positionOf({ from, to, since, duration }: Travel, now: Micros): number {
  const elapsed = (now - since) / MICROS_PER_SECOND;
  if (elapsed >= duration) return to;
  return from + ((to - from) * Math.max(0, elapsed)) / duration;
}

/** Travel from where the part is at `now` to `to` in `duration` [s]. */
export function travelTo(part: Travel, to: number, now: Micros, duration: number): Travel {
  return { from: positionOf(part, now), to, since: now, duration };
}
