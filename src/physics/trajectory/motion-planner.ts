import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import type { Pose, Vec3 } from '../../kernel/pose.ts';
import type { CarriedBody, ContactQuery } from '../kinematics/contact.ts';
import type { SixAxisArm } from '../kinematics/six-axis-arm.ts';
import { planJointMove } from './joint-move.ts';
import { findPathProblem, type PathCheck, type PathProblem } from './path-check.ts';
import type { Trajectory } from './trajectory.ts';

/** The arm, where it stands, and what it may touch. */
export interface MotionPlanner {
  readonly arm: SixAxisArm;
  /** X_WB: pose of the track's base in the world. */
  readonly X_WB: Pose;
  readonly contact: ContactQuery;
}

/** Angle [rad] and length [m] of joint steps too small to be moves of their own. */
const NEGLIGIBLE = 1e-9;

/** What motions of the planner's arm with `carried` are checked for. */
export function checkOf(
  { arm, X_WB, contact }: MotionPlanner,
  maxTilt: number | undefined,
  carried: CarriedBody | undefined,
): PathCheck {
  return { chain: arm.chain, X_WB, contact, carried, maxTilt };
}

/** Joint moves along `route`, at rest in each waypoint; waypoints that change nothing are passed. */
export function jointMoves(arm: SixAxisArm, route: readonly ArrayLike<number>[]): Trajectory[] {
  const distinct = route.filter((q, i) => i === 0 || differs(q, route[i - 1] ?? q));
  return distinct
    .slice(1)
    .map((to, i) => planJointMove(arm.chain, distinct[i] as ArrayLike<number>, to));
}

function differs(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return Array.from(a).some((value, i) => Math.abs(value - (b[i] as number)) > NEGLIGIBLE);
}

/** The first problem along motions one after the other. */
export function firstProblem(
  check: PathCheck,
  moves: readonly Trajectory[],
): PathProblem | undefined {
  for (const move of moves) {
    const problem = findPathProblem(check, move);
    if (problem) return problem;
  }
  return undefined;
}

/** `pose` moved along `direction` by `distance` [m]. */
export function shift({ position: p, orientation }: Pose, direction: Vec3, distance: number): Pose {
  const [x, y, z] = direction;
  return {
    position: [p[0] + distance * x, p[1] + distance * y, p[2] + distance * z],
    orientation,
  };
}

/** A point as messages name it. */
export function namePoint(pose: Pose | undefined): string {
  return pose
    ? `(${pose.position.map((p) => p.toFixed(2)).join(', ')}) m`
    : 'an empty list of poses';
}

/** The refusal of a motion for a problem found `when` (for instance `at`) it stood at `pose`. */
export function refusalOf(problem: PathProblem, when: string, pose: Pose | undefined): Refusal {
  const where = `${when} ${namePoint(pose)}`;
  if (problem.kind === 'tilt') {
    const degrees = ((problem.angle * 180) / Math.PI).toFixed(0);
    return refusal('COLLISION', `the carried vessel would tilt by ${degrees} degrees ${where}`);
  }
  const { link, obstacle } = problem.contact;
  return refusal('COLLISION', `${link} would touch ${obstacle} ${where}`);
}
