import type { KinematicChain } from '../kinematics/chain.ts';
import { planJointMove } from './joint-move.ts';
import { jointCount, sample, sampleVelocity, type Trajectory } from './trajectory.ts';

/** Trajectories one after the other, each from rest to rest. Plain data. */
export interface MotionPlan {
  /** [s] */
  readonly duration: number;
  readonly trajectories: readonly Trajectory[];
}

/** Joins trajectories, each of which starts where the one before it ends. */
export function joinTrajectories(trajectories: readonly Trajectory[]): MotionPlan {
  return { duration: trajectories.reduce((sum, { duration }) => sum + duration, 0), trajectories };
}

/** Joint moves through `waypoints`, at rest in each. At least two waypoints. */
export function planWaypoints(
  chain: KinematicChain,
  waypoints: readonly ArrayLike<number>[],
): MotionPlan {
  return joinTrajectories(
    waypoints.slice(1).map((to, i) => planJointMove(chain, waypoints[i] as ArrayLike<number>, to)),
  );
}

/** Calls `read` with the trajectory that runs at `t` and the time since its start. */
function at<T>(plan: MotionPlan, t: number, read: (trajectory: Trajectory, since: number) => T): T {
  let since = t;
  for (const trajectory of plan.trajectories) {
    if (since < trajectory.duration) return read(trajectory, since);
    since -= trajectory.duration;
  }
  const last = plan.trajectories.at(-1);
  if (!last) throw new RangeError('a motion plan holds at least one trajectory');
  return read(last, last.duration);
}

/**
 * Joint positions [m, rad] `t` [s] after the start, clamped to the motion.
 *
 * @throws RangeError for a plan without trajectories
 */
export function sampleMotion(plan: MotionPlan, t: number, out?: Float64Array): Float64Array {
  return at(plan, t, (trajectory, since) =>
    sample(trajectory, since, out ?? new Float64Array(jointCount(trajectory))),
  );
}

/**
 * Joint velocities [m/s, rad/s] `t` [s] after the start; zero at the ends.
 *
 * @throws RangeError for a plan without trajectories
 */
export function sampleMotionVelocity(
  plan: MotionPlan,
  t: number,
  out?: Float64Array,
): Float64Array {
  return at(plan, t, (trajectory, since) =>
    sampleVelocity(trajectory, since, out ?? new Float64Array(jointCount(trajectory))),
  );
}
