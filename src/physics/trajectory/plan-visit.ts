import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import { composePose, invertPose, type Pose, type Vec3 } from '../../kernel/pose.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { CarriedBody } from '../kinematics/contact.ts';
import type { SixAxisArm } from '../kinematics/six-axis-arm.ts';
import { planJointMove } from './joint-move.ts';
import { planLinearMove, solveStraightLine } from './linear-move.ts';
import { joinTrajectories, type MotionPlan } from './motion-plan.ts';
import {
  checkOf,
  firstProblem,
  jointMoves,
  type MotionPlanner,
  namePoint,
  refusalOf,
  shift,
} from './motion-planner.ts';
import { findPathProblem, findProblem, type PathProblem } from './path-check.ts';
import { type ReachCandidate, reachCandidates, tuckNear } from './reach-candidates.ts';
import type { Trajectory } from './trajectory.ts';

/** One way to hold a vessel in its place. */
export interface VisitTarget {
  /** X_WT of the TCP. */
  readonly pose: Pose;
  /** The vessel as the gripper holds it there. */
  readonly body: CarriedBody;
}

/** What a visit is for. */
export interface VisitOptions {
  /** Unit vector in the world along which the TCP comes in; it goes out the same way back. */
  readonly direction: Vec3;
  /** Lengths [m] of the straight way in and out, the first that is free is taken. */
  readonly distances: readonly number[];
  /** Whether the vessel is carried on the way in or on the way out. */
  readonly carries: 'in' | 'out';
  /** Largest tilt [rad] of the vessel on the way; any where absent. */
  readonly maxTilt?: number | undefined;
}

/** There and back. Plain data. */
export interface Visit {
  readonly approach: MotionPlan;
  /** Ends with the arm tucked. */
  readonly retreat: MotionPlan;
  /** Index of the target that was chosen. */
  readonly target: number;
}

/** Candidates whose whole way is tried before the motion is refused. */
const MOST_ATTEMPTS = 12;

/** Within these distances [m, rad] of track and turn the arm tries to go straight without tucking. */
const DIRECT_TRACK = 0.6;
const DIRECT_TURN = 0.8;

interface Failure {
  readonly problem: PathProblem;
  readonly while: string;
}

type Attempt =
  | { readonly approach: Trajectory[]; readonly retreat: Trajectory[] }
  | { readonly failure: Failure | undefined };

/**
 * Plans a visit of the TCP from `from` to one of `targets`, earlier preferred, and out again: joint
 * moves (direct where near, else through the tucked arm: draw in, travel and turn, stretch out), a
 * straight way in, the same way out, and tucked again. Every leg is checked in samples with what is
 * carried on it; what is blocked is tried with other branches, track positions, targets and lengths
 * of the straight way. A pure function of its arguments, as far as `planner.contact` is.
 *
 * @returns the visit, or `UNREACHABLE`, or `COLLISION` naming what is in the way of the best candidate
 */
export function planVisit(
  planner: MotionPlanner,
  from: ArrayLike<number>,
  targets: readonly VisitTarget[],
  options: VisitOptions,
): Result<Visit, Refusal> {
  const X_BW = invertPose(planner.X_WB);
  const candidates = reachCandidates(
    planner.arm,
    targets.map(({ pose }) => composePose(X_BW, pose)),
    from,
  );
  let failure: Failure | undefined;
  let attempts = 0;
  for (const candidate of candidates) {
    const target = targets[candidate.target] as VisitTarget;
    const problem = findProblem(checkOf(planner, options.maxTilt, target.body), candidate.q);
    if (problem) {
      failure ??= { problem, while: 'at' };
      continue;
    }
    if (attempts++ >= MOST_ATTEMPTS) break;
    const attempt = tryCandidate(planner, from, candidate.q, target, options);
    if ('approach' in attempt) {
      return ok({
        approach: joinTrajectories(attempt.approach),
        retreat: joinTrajectories(attempt.retreat),
        target: candidate.target,
      });
    }
    failure = failure && failure.while !== 'at' ? failure : (attempt.failure ?? failure);
  }
  if (failure) return err(refusalOf(failure.problem, failure.while, targets[0]?.pose));
  return err(refusal('UNREACHABLE', `the arm cannot reach ${namePoint(targets[0]?.pose)}`));
}

/** The ways onto one candidate and out again: straight ways of each length, by the possible routes. */
function tryCandidate(
  planner: MotionPlanner,
  start: ArrayLike<number>,
  q: ReachCandidate['q'],
  { pose, body }: VisitTarget,
  options: VisitOptions,
): Attempt {
  const { arm, X_WB } = planner;
  const { direction, carries } = options;
  const carrying = checkOf(planner, options.maxTilt, body);
  const coming = carries === 'in' ? carrying : checkOf(planner, options.maxTilt, undefined);
  let failure: Failure | undefined;
  for (const distance of options.distances) {
    const X_WA = shift(pose, direction, -distance);
    const outward = solveStraightLine(arm, q, composePose(invertPose(X_WB), X_WA));
    if (!outward) continue;
    const above = outward.at(-1) as number[];
    const out = planLinearMove(arm.chain, outward, distance);
    const tuck = planJointMove(arm.chain, above, tuckNear(arm, above));
    const leaving = findPathProblem(carrying, out) ?? findPathProblem(carrying, tuck);
    if (leaving) {
      failure ??= { problem: leaving, while: carries === 'in' ? 'approaching' : 'leaving' };
      continue;
    }
    const inward = planLinearMove(arm.chain, outward.toReversed(), distance);
    for (const route of routes(arm, start, above)) {
      const moves = jointMoves(arm, route);
      const problem = firstProblem(coming, moves);
      if (!problem) return { approach: [...moves, inward], retreat: [out, tuck] };
      failure ??= { problem, while: 'on the way to' };
    }
  }
  return { failure };
}

/** Waypoints from `start` to `end`: straight where near, else through the tucked arm. */
function routes(
  arm: SixAxisArm,
  start: ArrayLike<number>,
  end: ArrayLike<number>,
): ArrayLike<number>[][] {
  const apart = (i: number): number => Math.abs((start[i] as number) - (end[i] as number));
  const tucked = [start, tuckNear(arm, start), tuckNear(arm, end), end];
  const isNear = apart(0) < DIRECT_TRACK && apart(1) < DIRECT_TURN;
  return isNear ? [[start, end], tucked] : [tucked];
}
