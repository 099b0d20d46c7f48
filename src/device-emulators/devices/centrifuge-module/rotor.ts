import type { Micros } from '../../../kernel/time.ts';
import {
  brakingAcceleration,
  type RotorRun,
  runAcceleration,
} from '../../../physics/mechanism/rotor.ts';
import { stepShare, type WorkState, type WorkStep } from '../../definition/work/work.ts';

/** The run that a step of spinning is. */
export function runOf(step: WorkStep): RotorRun {
  return {
    acceleration: Number(step.acceleration),
    duration: Number(step.duration),
    spinUpRate: Number(step.spinUpRate),
    brakeRate: Number(step.brakeRate),
  };
}

function presentStep({ work }: Readonly<WorkState>): WorkStep | undefined {
  return work?.steps[work.index];
}

/** Relative centrifugal acceleration of the cassette [m/s2]. */
export function acceleration(
  state: Readonly<WorkState>,
  { spinUpRate }: { readonly spinUpRate: number },
  now: Micros,
): number {
  const step = presentStep(state);
  const { work } = state;
  if (step === undefined || work === undefined) return 0;
  if (step.state === 'spinning') return runAcceleration(runOf(step), (now - work.since) / 1e6);
  if (step.state !== 'braking') return 0;
  return brakingAcceleration(Number(step.from), spinUpRate, work.since, now);
}

/** Openness of the hood, 0 closed to 1 open. */
export function hoodOpenness(
  state: Readonly<WorkState>,
  { hoodTime }: { readonly hoodTime: number },
  now: Micros,
): number {
  const step = presentStep(state);
  if (step === undefined || state.work === undefined) return 1;
  const share = stepShare(state.work, now);
  switch (step.state) {
    case 'closing':
      return 1 - share;
    case 'spinning':
    case 'braking':
      return 0;
    case 'opening':
      // One that was stopped while closing has less of a way.
      return 1 - (1 - share) * Math.min(1, step.seconds / hoodTime);
    default:
      return 1;
  }
}
