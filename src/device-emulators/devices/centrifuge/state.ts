import type { Micros } from '../../../kernel/time.ts';
import {
  brakingAcceleration,
  type RotorRun,
  runAcceleration,
} from '../../../physics/mechanism/rotor.ts';

/** What the centrifuge's body is doing; motions are functions of time since they began. */
export interface CentrifugeState {
  /** Lid openness at `lidSince`, 0..1, and where it is going. */
  lidFrom: number;
  lidTo: number;
  lidSince: Micros;
  /** Present run; absent at rest. */
  run: Run | undefined;
  /** Braking after an abort: acceleration at its beginning and when it began. */
  braking: { acceleration: number; since: Micros } | undefined;
  /** Rotor temperature at `heatSince` [K], what it tends to and its set-point. */
  temperature: number;
  heatSince: Micros;
  heatTarget: number;
  setpoint: number;
}

/** A run and its beginning. */
export interface Run extends RotorRun {
  readonly since: Micros;
}

/** Time constant of the rotor's temperature [s]; assumed. */
const HEAT_TIME = 900;
/** Rate of a soft stop relative to a full one; assumed. */
const SOFT_BRAKE = 0.4;

export const RESTING: CentrifugeState = {
  lidFrom: 0,
  lidTo: 0,
  lidSince: 0,
  run: undefined,
  braking: undefined,
  temperature: 293.15,
  heatSince: 0,
  heatTarget: 293.15,
  setpoint: 293.15,
};

/** Rate at which the rotor slows down at the end of a run [m/s2 per s]. */
export function brakeRateOf(brake: string, spinUpRate: number): number {
  return brake === 'soft' ? SOFT_BRAKE * spinUpRate : spinUpRate;
}

/** Rotor temperature [K]: first-order approach to its target. */
export function rotorTemperature(state: Readonly<CentrifugeState>, now: Micros): number {
  const decay = Math.exp(-(now - state.heatSince) / 1e6 / HEAT_TIME);
  return state.heatTarget + (state.temperature - state.heatTarget) * decay;
}

/** Openness of the lid, 0 closed to 1 open. */
export function lidOpenness(
  state: Readonly<CentrifugeState>,
  lidTime: number,
  now: Micros,
): number {
  const share = Math.min(1, (now - state.lidSince) / 1e6 / lidTime);
  return state.lidFrom + (state.lidTo - state.lidFrom) * share;
}

/** Relative centrifugal acceleration at the buckets [m/s2]: linear ramps, braking at `rate` [m/s2 per s]. */
export function acceleration(
  { run, braking }: Readonly<CentrifugeState>,
  rate: number,
  now: Micros,
): number {
  if (braking !== undefined) {
    return brakingAcceleration(braking.acceleration, rate, braking.since, now);
  }
  return run === undefined ? 0 : runAcceleration(run, (now - run.since) / 1e6);
}
