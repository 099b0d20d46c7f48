import { composePose, invertPose, type Pose } from '../../kernel/pose.ts';
import { inverseAt } from './arm-inverse.ts';
import type { Joint } from './chain.ts';
import type { SixAxisArm } from './six-axis-arm.ts';

/** Horizontal distance of the wrist from the first axis in which the arm works best [m]; assumed. */
const COMFORTABLE_RADIUS = 0.8;

/** Half width [m] of the band around it within which no position is preferred; assumed. */
const COMFORTABLE_BAND = 0.25;

/** Track positions tried, as offsets [m] of the carriage from the wrist along the track. */
const OFFSETS = [0, -0.25, 0.25, -0.5, 0.5, -0.75, 0.75, -1, 1] as const;

/** A position of the carriage [m] and how little it is wished for [m], 0 best. */
export interface TrackCandidate {
  readonly track: number;
  readonly score: number;
}

/**
 * Track positions [m] from which the TCP pose `X_BT` may be reached, the most comfortable first: few
 * candidates, ranked by how far the wrist lies outside the comfortable band of the reach, then by
 * the offset, then by how little the carriage has to travel from `current`.
 */
export function trackCandidates(arm: SixAxisArm, X_BT: Pose, current: number): TrackCandidate[] {
  const { lower, upper } = (arm.chain.joints[0] as Joint).limits;
  const [x, y] = composePose(X_BT, invertPose(arm.chain.tool)).position;
  const all = [current, ...OFFSETS.map((d) => Math.min(upper, Math.max(lower, x + d)))];
  const unique = [...new Set(all)].filter((track) => track >= lower && track <= upper);
  return unique
    .map((track) => {
      const discomfort = Math.max(
        0,
        Math.abs(Math.hypot(x - track, y) - COMFORTABLE_RADIUS) - COMFORTABLE_BAND,
      );
      // 1 m of offset or 10 m of travel weigh as much as 0.2 m outside the band (assumed).
      const score = discomfort + 0.2 * Math.abs(x - track) + 0.02 * Math.abs(track - current);
      return { track, score };
    })
    .sort((a, b) => a.score - b.score || a.track - b.track);
}

/**
 * Inverse kinematics with a free track: of the most comfortable track position that has solutions,
 * the configuration nearest to `seed`; undefined where the pose cannot be reached.
 */
export function inverse(
  arm: SixAxisArm,
  X_BT: Pose,
  seed: ArrayLike<number>,
): Float64Array | undefined {
  for (const { track } of trackCandidates(arm, X_BT, seed[0] as number)) {
    const [nearest] = inverseAt(arm, X_BT, track, seed);
    if (nearest) return nearest;
  }
  return undefined;
}
