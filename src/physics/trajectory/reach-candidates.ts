import { composePose, invertPose, type Pose } from '../../kernel/pose.ts';
import { inverseAt, jointDistance } from '../kinematics/arm-inverse.ts';
import { TUCKED } from '../kinematics/six-axis-arm.data.ts';
import type { SixAxisArm } from '../kinematics/six-axis-arm.ts';
import { trackCandidates } from '../kinematics/track-position.ts';

/** One way to stand at one of the target poses. */
export interface ReachCandidate {
  /** Index of the target pose. */
  readonly target: number;
  readonly q: Float64Array;
}

/** Weight [m/s] of the time-like distance from the tucked arm against discomfort; assumed. */
const DISTANCE_WEIGHT = 0.2;

/** Wish [m] for an earlier target pose over a later one; assumed. */
const ORDER_WEIGHT = 0.01;

/**
 * The tucked configuration nearest to `q`: same track, same turn of the base, same spin of the
 * gripper, arm drawn in; in it the arm may turn and travel.
 */
export function tuckNear(arm: SixAxisArm, q: ArrayLike<number>): Float64Array {
  let best: Float64Array | undefined;
  let shortest = Number.POSITIVE_INFINITY;
  for (const tucked of TUCKED) {
    const candidate = Float64Array.of(q[0] as number, q[1] as number, ...tucked, q[6] as number);
    const distance = jointDistance(arm, q, candidate);
    if (distance < shortest) {
      best = candidate;
      shortest = distance;
    }
  }
  return best as Float64Array;
}

/**
 * Every configuration in which the TCP takes one of the poses `targets` (X_BT), over a few track
 * positions and all branches, the most wished for first: comfortable reach, close to the tucked arm
 * facing the target, little spin, earlier target.
 */
export function reachCandidates(
  arm: SixAxisArm,
  targets: readonly Pose[],
  from: ArrayLike<number>,
): ReachCandidate[] {
  const ranked: (ReachCandidate & { readonly cost: number })[] = [];
  targets.forEach((X_BT, target) => {
    const wrist = composePose(X_BT, invertPose(arm.chain.tool)).position;
    for (const { track, score } of trackCandidates(arm, X_BT, from[0] as number)) {
      const facing = Math.atan2(wrist[1], wrist[0] - track);
      const seed = Float64Array.of(track, facing, ...TUCKED[0], from[6] as number);
      for (const q of inverseAt(arm, X_BT, track, seed)) {
        const distance = Math.sqrt(jointDistance(arm, q, tuckNear(arm, q)));
        const spin = Math.sqrt(jointDistance(arm, q, q.with(6, from[6] as number)));
        const cost = score + DISTANCE_WEIGHT * (distance + spin) + ORDER_WEIGHT * target;
        ranked.push({ target, q, cost });
      }
    }
  });
  return ranked.sort((a, b) => a.cost - b.cost).map(({ target, q }) => ({ target, q }));
}
