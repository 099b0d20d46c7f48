import type { Micros } from '../../../kernel/time.ts';

/** What the centrifuge's body is doing; motions are functions of time since they began. */
export interface CentrifugeState {
  /** Lid openness at `lidSince`, 0..1, and where it is going. */
  lidFrom: number;
  lidTo: number;
  lidSince: Micros;
  /** Present run: set acceleration [m/s2], hold time [s], start; absent at rest. */
  run: { acceleration: number; duration: number; since: Micros } | undefined;
  /** Braking after an abort: acceleration at its beginning and when it began. */
  braking: { acceleration: number; since: Micros } | undefined;
}

export const RESTING: CentrifugeState = {
  lidFrom: 0,
  lidTo: 0,
  lidSince: 0,
  run: undefined,
  braking: undefined,
};

/** Openness of the lid, 0 closed to 1 open. */
export function lidOpenness(
  state: Readonly<CentrifugeState>,
  lidTime: number,
  now: Micros,
): number {
  const share = Math.min(1, (now - state.lidSince) / 1e6 / lidTime);
  return state.lidFrom + (state.lidTo - state.lidFrom) * share;
}

/** Relative centrifugal acceleration at the buckets [m/s2]: linear ramps of `rate` [m/s2 per s]. */
export function acceleration(state: Readonly<CentrifugeState>, rate: number, now: Micros): number {
  if (state.braking !== undefined) {
    return Math.max(0, state.braking.acceleration - (rate * (now - state.braking.since)) / 1e6);
  }
  if (state.run === undefined) return 0;
  const { acceleration: set, duration, since } = state.run;
  const t = (now - since) / 1e6;
  const ramp = set / rate;
  if (t < ramp) return rate * t;
  if (t < ramp + duration) return set;
  return Math.max(0, set - rate * (t - ramp - duration));
}

/** Rotor speed [rad/s] that gives `a` [m/s2] at radius `radius` [m]: a = w^2 r. */
export function rotorSpeed(a: number, radius: number): number {
  return Math.sqrt(a / radius);
}
