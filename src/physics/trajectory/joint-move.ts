import type { Joint, KinematicChain } from '../kinematics/chain.ts';
import { planSCurve } from './s-curve.ts';
import type { Trajectory } from './trajectory.ts';

/**
 * Fastest jerk-limited motion along the straight line in joint space: the joints' limits become
 * limits of the path parameter, v_s = min(v_i / |d_i|) and likewise for acceleration and jerk. For
 * a single joint, or joints whose limits are in one ratio, it is the time optimum (phase
 * synchronisation, Kroeger, "On-Line Trajectory Generation in Robotic Systems", 2010, section 4.2.2).
 */
export function planJointMove(
  { joints }: KinematicChain,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): Trajectory {
  let velocity = Number.POSITIVE_INFINITY;
  let acceleration = Number.POSITIVE_INFINITY;
  let jerk = Number.POSITIVE_INFINITY;
  for (let i = 0; i < joints.length; i++) {
    const distance = Math.abs((to[i] as number) - (from[i] as number));
    if (distance === 0) continue;
    const { limits } = joints[i] as Joint;
    velocity = Math.min(velocity, limits.velocity / distance);
    acceleration = Math.min(acceleration, limits.acceleration / distance);
    jerk = Math.min(jerk, limits.jerk / distance);
  }
  const moves = velocity < Number.POSITIVE_INFINITY;
  const profile = moves
    ? planSCurve(1, { velocity, acceleration, jerk })
    : planSCurve(0, { velocity: 1, acceleration: 1, jerk: 1 });
  return {
    duration: profile.duration,
    path: { kind: 'joint', from: Array.from(from), to: Array.from(to) },
    profile,
  };
}
