import type { Refusal } from '../../kernel/error-catalogue.ts';
import { composePose, invertPose, type Vec3 } from '../../kernel/pose.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { CarriedBody } from '../kinematics/contact.ts';
import { forward } from '../kinematics/forward.ts';
import { planJointMove } from './joint-move.ts';
import { planLinearMove, solveStraightLine } from './linear-move.ts';
import { joinTrajectories, type MotionPlan } from './motion-plan.ts';
import {
  checkOf,
  firstProblem,
  jointMoves,
  type MotionPlanner,
  refusalOf,
  shift,
} from './motion-planner.ts';
import type { PathProblem } from './path-check.ts';
import { tuckNear } from './reach-candidates.ts';
import type { Trajectory } from './trajectory.ts';

/** How to leave where the arm stands. */
export interface TuckOptions {
  /** Unit vector in the world along which the TCP came in. */
  readonly direction: Vec3;
  readonly carried?: CarriedBody | undefined;
  /** Largest tilt [rad] of what is carried; any where absent. */
  readonly maxTilt?: number | undefined;
  /** Whether the arm stands in a place, so that it goes straight out first. */
  readonly inPlace?: boolean | undefined;
}

/** Lengths [m] of the straight way out that are tried, in a place and elsewhere; assumed. */
const OUT_OF_PLACE = [0.2, 0.3, 0.4, 0.1, 0] as const;
const OUT_OF_OPEN = [0, 0.1, 0.2, 0.3, 0.4] as const;

/**
 * Plans the way from wherever the arm stands to the tucked configuration `to`, or to the nearest one:
 * straight out along the reverse of `direction`, then tucked; the first length of the way out that is
 * free, which is none at first in the open.
 *
 * @returns the motion, or `COLLISION` naming what the first way would touch
 */
export function planTuck(
  planner: MotionPlanner,
  from: ArrayLike<number>,
  { direction, carried, maxTilt, inPlace }: TuckOptions,
  to?: ArrayLike<number>,
): Result<MotionPlan, Refusal> {
  const { arm, X_WB } = planner;
  const check = checkOf(planner, maxTilt, carried);
  const tcp = composePose(X_WB, forward(arm.chain, from).tcp);
  let failure: PathProblem | undefined;
  for (const distance of inPlace ? OUT_OF_PLACE : OUT_OF_OPEN) {
    const trajectories: Trajectory[] = [];
    let start: ArrayLike<number> = from;
    if (distance > 0) {
      const goal = composePose(invertPose(X_WB), shift(tcp, direction, -distance));
      const knots = solveStraightLine(arm, from, goal);
      if (!knots) continue;
      trajectories.push(planLinearMove(arm.chain, knots, distance));
      start = knots.at(-1) as number[];
    }
    const tucked = tuckNear(arm, start);
    trajectories.push(...jointMoves(arm, [start, tucked, to ?? tucked]));
    if (trajectories.length === 0) trajectories.push(planJointMove(arm.chain, from, from));
    const problem = firstProblem(check, trajectories);
    if (!problem) return ok(joinTrajectories(trajectories));
    failure ??= problem;
  }
  return err(refusalOf(failure as PathProblem, 'on the way from', tcp));
}
