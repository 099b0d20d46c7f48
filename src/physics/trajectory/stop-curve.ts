import type { MotionState } from './s-curve.ts';

/** A motion that comes to rest with constant jerk in each segment. Plain data. */
export interface StopCurve {
  /** State at the start. */
  readonly start: MotionState;
  /** Duration [s] and jerk of each segment. */
  readonly segments: readonly (readonly [duration: number, jerk: number])[];
  /** [s] */
  readonly duration: number;
}

/**
 * The fastest way to rest from velocity v >= 0 and acceleration a within `acceleration` A and `jerk`
 * J: jerk down to a deceleration p, hold it, jerk up to none. Without a hold p^2 = J v + a^2 / 2.
 * A motion that already brakes so late that this would overshoot brakes on with the jerk that ends it.
 */
export function planStop(
  start: MotionState,
  { acceleration: most, jerk: j }: { readonly acceleration: number; readonly jerk: number },
): StopCurve {
  const { velocity: v, acceleration: a } = start;
  const peak = Math.sqrt(Math.max(0, j * v + (a * a) / 2));
  if (v <= 0 || peak === 0) return { start, segments: [], duration: 0 };
  if (a < -peak) {
    const duration = (-2 * v) / a;
    return { start, segments: [[duration, -a / duration]], duration };
  }
  const p = Math.min(peak, most);
  const hold = Math.max(0, (v + (a * a) / (2 * j) - (p * p) / j) / p);
  const segments = [
    [Math.max(0, (a + p) / j), -j],
    [hold, 0],
    [p / j, j],
  ] as const;
  return { start, segments, duration: segments.reduce((sum, [time]) => sum + time, 0) };
}

/** State at `t` [s], clamped to the motion; at rest at its end. */
export function sampleStop({ start, segments, duration }: StopCurve, t: number): MotionState {
  let { position, velocity, acceleration } = start;
  const isOver = t >= duration;
  let left = isOver ? Number.POSITIVE_INFINITY : Math.max(0, t);
  for (const [time, jerk] of segments) {
    const dt = Math.min(time, left);
    position += velocity * dt + (acceleration * dt ** 2) / 2 + (jerk * dt ** 3) / 6;
    velocity += acceleration * dt + (jerk * dt ** 2) / 2;
    acceleration += jerk * dt;
    left -= dt;
    if (left <= 0) return { position, velocity, acceleration, jerk };
  }
  return { position, velocity: 0, acceleration: 0, jerk: 0 };
}
