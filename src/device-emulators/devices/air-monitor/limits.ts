import type { CleanroomGrade } from '../../../kernel/view-contract.ts';

/** Largest particle concentrations [1/m3]; infinite where none is set. */
export interface ParticleLimits {
  readonly particles05: number;
  readonly particles5: number;
}

const NONE: ParticleLimits = { particles05: Infinity, particles5: Infinity };

/**
 * Particles of at least 0.5 um and 5 um in operation, EU GMP Annex 1 (2022). None is set for grade D
 * in operation; its limit at rest is used as the alarm.
 */
export const PARTICLE_LIMITS: Readonly<Record<CleanroomGrade, ParticleLimits>> = {
  A: { particles05: 3_520, particles5: 29 },
  B: { particles05: 352_000, particles5: 2_930 },
  C: { particles05: 3_520_000, particles5: 29_300 },
  D: { particles05: 3_520_000, particles5: 29_300 },
  unclassified: NONE,
};
