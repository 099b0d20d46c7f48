import type { TrackLimits, TrackLoad, TrackMotion } from '../../kernel/track.ts';

/**
 * Limits of shuttles and lifts [m/s, m/s2, m/s3]; all assumed: shuttles for small parts go up to 4 m/s
 * and 2 m/s2, this one carries open cell cultures and heavy modules and goes slower. Full acceleration
 * is reached after half a second.
 */
const SHUTTLE: Readonly<Record<TrackLoad, TrackLimits>> = {
  empty: { velocity: 2, acceleration: 1, jerk: 2 },
  cassette: { velocity: 1.2, acceleration: 0.7, jerk: 1.4 },
  module: { velocity: 0.5, acceleration: 0.5, jerk: 1 },
};

/** The same whatever stands on the platform; assumed. */
const LIFT: TrackLimits = { velocity: 0.8, acceleration: 0.5, jerk: 1 };

/** How shuttles of the matrix move; the change of wheels takes 3 s (assumed). */
export const SHUTTLE_MOTION: TrackMotion = {
  limits: {
    rail: SHUTTLE,
    cross: SHUTTLE,
    lift: { empty: LIFT, cassette: LIFT, module: LIFT },
  },
  turnTime: 3,
};

/** One cycle of the telescopic fork, out and in again, with what it takes or leaves [s]; assumed. */
export const FORK_CYCLE = 7;

/** Footprint of a shuttle along and across an aisle [m]; a module just fits on it. */
export const SHUTTLE_LENGTH = 0.6;
export const SHUTTLE_WIDTH = 0.7;
