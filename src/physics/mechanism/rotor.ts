import type { Micros } from '../../kernel/time.ts';

/** A run of a centrifuge: straight ramp up, time at speed, straight ramp down. SI. */
export interface RotorRun {
  /** Relative centrifugal acceleration at speed [m/s2]. */
  readonly acceleration: number;
  /** Time at speed [s]. */
  readonly duration: number;
  /** Ramps [m/s2 per s]. */
  readonly spinUpRate: number;
  readonly brakeRate: number;
}

/** Whole time of a run [s]: ramp up, time at speed, ramp down. */
export function runTime({ acceleration, duration, spinUpRate, brakeRate }: RotorRun): number {
  return acceleration / spinUpRate + duration + acceleration / brakeRate;
}

/** Acceleration [m/s2] `t` seconds after the beginning of a run. */
export function runAcceleration(run: RotorRun, t: number): number {
  const { acceleration, duration, spinUpRate, brakeRate } = run;
  const ramp = acceleration / spinUpRate;
  if (t < ramp) return Math.max(0, spinUpRate * t);
  if (t < ramp + duration) return acceleration;
  return Math.max(0, acceleration - brakeRate * (t - ramp - duration));
}

/**
 * Time at full acceleration [s] that settles as much as the first `t` seconds of a run: the integral of
 * its acceleration over the full one.
 */
export function settlingTime(run: RotorRun, t: number): number {
  const { acceleration, duration, spinUpRate, brakeRate } = run;
  if (acceleration <= 0) return 0;
  const up = acceleration / spinUpRate;
  const down = acceleration / brakeRate;
  const inUp = Math.min(t, up);
  const inDown = Math.min(Math.max(0, t - up - duration), down);
  const hold = Math.min(Math.max(0, t - up), duration);
  return inUp ** 2 / (2 * up) + hold + inDown - inDown ** 2 / (2 * down);
}

/** Acceleration [m/s2] of a rotor that has been braking since `since` from `from`, by `rate`. */
export function brakingAcceleration(
  from: number,
  rate: number,
  since: Micros,
  now: Micros,
): number {
  return Math.max(0, from - (rate * (now - since)) / 1e6);
}

/** Rotor speed [rad/s] that gives `a` [m/s2] at radius `radius` [m]: a = w^2 r. */
export function rotorSpeed(a: number, radius: number): number {
  return Math.sqrt(a / radius);
}
