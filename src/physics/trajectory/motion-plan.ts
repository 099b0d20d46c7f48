import { planStop } from './stop-curve.ts';
import {
  jointCount,
  sample,
  sampleProfile,
  sampleVelocity,
  type Trajectory,
} from './trajectory.ts';

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

/** Motions one after the other, each of which starts where the one before it ends. */
export function joinMotions(plans: readonly MotionPlan[]): MotionPlan {
  return joinTrajectories(plans.flatMap(({ trajectories }) => trajectories));
}

/** Joint positions at the end of a motion [m, rad]. */
export function endOf(plan: MotionPlan): number[] {
  return Array.from(sampleMotion(plan, plan.duration));
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

/**
 * The fastest stop from `t` [s] after the start of a motion: along its own path, within the
 * acceleration and jerk with which it was planned, so that it touches nothing that the motion did not.
 *
 * @throws RangeError for a plan without trajectories
 */
export function stopMotion(plan: MotionPlan, t: number): MotionPlan {
  return at(plan, t, ({ path, profile }, since) => {
    if ('segments' in profile) return plan;
    const { jerk, jerkTime } = profile;
    const stop = planStop(sampleProfile(profile, since), { acceleration: jerk * jerkTime, jerk });
    return joinTrajectories([{ path, profile: stop, duration: stop.duration }]);
  });
}
