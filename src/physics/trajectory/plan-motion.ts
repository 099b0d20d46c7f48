import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import { composePose, invertPose, type Pose, type Vec3 } from '../../kernel/pose.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { CarriedBody, ContactQuery } from '../kinematics/body-shape.ts';
import { forward } from '../kinematics/forward.ts';
import type { SixAxisArm } from '../kinematics/six-axis-arm.ts';
import { planJointMove } from './joint-move.ts';
import { planLinearMove, solveStraightLine } from './linear-move.ts';
import { joinTrajectories, type MotionPlan } from './motion-plan.ts';
import { findPathProblem, findProblem, type PathCheck, type PathProblem } from './path-check.ts';
import { type ReachCandidate, reachCandidates, tuckNear } from './reach-candidates.ts';
import type { Trajectory } from './trajectory.ts';

/** The arm, where it stands, and what it may touch. */
export interface MotionPlanner {
  readonly arm: SixAxisArm;
  /** X_WB: pose of the track's base in the world. */
  readonly X_WB: Pose;
  readonly contact: ContactQuery;
}

/** A straight motion of the TCP in the world. */
export interface StraightLeg {
  /** Unit vector in the world along which the TCP moves. */
  readonly direction: Vec3;
  /** [m] */
  readonly distance: number;
  /** Ids that may be touched on this leg: the place itself, the vessel to be gripped. */
  readonly ignore?: readonly string[];
}

/** How to go there. */
export interface ReachOptions {
  /** Last leg, onto the target. */
  readonly approach: StraightLeg;
  /** First leg, away from where the arm is; none where it stands free. */
  readonly retreat?: StraightLeg;
  readonly carried?: CarriedBody;
  /** Largest tilt [rad] of the carried body on the way; any where absent. */
  readonly maxTilt?: number;
}

/** A motion to one of the targets. Plain data. */
export interface ReachPlan extends MotionPlan {
  /** Index of the target pose that was chosen. */
  readonly target: number;
}

/** Lengths of the approach tried, as multiples of the one asked for. */
const APPROACH_FACTORS = [1, 1.5, 2] as const;

/** Candidates whose whole way is tried before the motion is refused. */
const MOST_ATTEMPTS = 12;

/** Within these distances [m, rad] of track and turn the arm tries to go straight without tucking. */
const DIRECT_TRACK = 0.6;
const DIRECT_TURN = 0.8;

/** Angle [rad] and length [m] of joint steps too small to be moves of their own. */
const NEGLIGIBLE = 1e-9;

interface Failure {
  readonly problem: PathProblem;
  readonly while: string;
}

type Attempt =
  | { readonly ok: true; readonly trajectories: Trajectory[] }
  | { readonly ok: false; readonly failure: Failure | undefined };

/**
 * Plans the way of the TCP from `from` to one of `targets` (X_WT, all equally good, earlier
 * preferred): straight retreat, joint moves (direct where near, else through the tucked arm: draw
 * in, travel and turn, stretch out), straight approach. Every leg is checked in samples; what is
 * blocked is tried with other branches, track positions, targets and longer approaches. A pure
 * function of its arguments, as far as `planner.contact` is.
 *
 * @returns the plan, or `UNREACHABLE`, or `COLLISION` naming what is in the way of the best candidate
 */
export function planReach(
  planner: MotionPlanner,
  from: ArrayLike<number>,
  targets: readonly Pose[],
  options: ReachOptions,
): Result<ReachPlan, Refusal> {
  const { arm, X_WB } = planner;
  const X_BW = invertPose(X_WB);
  const trajectories: Trajectory[] = [];
  let start: ArrayLike<number> = from;
  if (options.retreat && options.retreat.distance > 0) {
    const { retreat } = options;
    const goal = composePose(X_BW, shift(tcpInWorld(planner, from), retreat, 1));
    const knots = solveStraightLine(arm, from, goal);
    if (!knots) {
      const text = `the arm cannot retreat ${metres(retreat.distance)} from where it is`;
      return err(refusal('UNREACHABLE', text));
    }
    const move = planLinearMove(arm.chain, knots, retreat.distance);
    const problem = findPathProblem(checkOf(planner, options, retreat.ignore), move);
    if (problem) return err(describe({ problem, while: 'retreating on the way to' }, targets[0]));
    trajectories.push(move);
    start = knots.at(-1) as number[];
  }
  const candidates = reachCandidates(
    arm,
    targets.map((X_WT) => composePose(X_BW, X_WT)),
    start,
  );
  let failure: Failure | undefined;
  let attempts = 0;
  for (const candidate of candidates) {
    const check = checkOf(planner, options, options.approach.ignore);
    const atTarget = findProblem(check, candidate.q);
    if (atTarget) {
      failure ??= { problem: atTarget, while: 'at' };
      continue;
    }
    if (attempts++ >= MOST_ATTEMPTS) break;
    const attempt = tryCandidate(planner, start, candidate, targets, options);
    if (attempt.ok) {
      const plan = joinTrajectories([...trajectories, ...attempt.trajectories]);
      return ok({ ...plan, target: candidate.target });
    }
    failure = failure && failure.while !== 'at' ? failure : (attempt.failure ?? failure);
  }
  if (failure) return err(describe(failure, targets[0]));
  return err(refusal('UNREACHABLE', `the arm cannot reach ${place(targets[0])}`));
}

/** The ways onto one candidate: approaches of growing length, each by the possible routes. */
function tryCandidate(
  planner: MotionPlanner,
  start: ArrayLike<number>,
  { q, target }: ReachCandidate,
  targets: readonly Pose[],
  options: ReachOptions,
): Attempt {
  const { arm, X_WB } = planner;
  const { approach } = options;
  const onApproach = checkOf(planner, options, approach.ignore);
  const freely = checkOf(planner, options, []);
  let failure: Failure | undefined;
  for (const factor of approach.distance > 0 ? APPROACH_FACTORS : [1]) {
    const last: Trajectory[] = [];
    let above: ArrayLike<number> = q;
    if (approach.distance > 0) {
      const X_WA = shift(targets[target] as Pose, approach, -factor);
      const outward = solveStraightLine(arm, q, composePose(invertPose(X_WB), X_WA));
      if (!outward) continue;
      const knots = outward.reverse();
      above = knots[0] as number[];
      const move = planLinearMove(arm.chain, knots, approach.distance * factor);
      const problem = findProblem(freely, above) ?? findPathProblem(onApproach, move);
      if (problem) {
        failure ??= { problem, while: 'approaching' };
        continue;
      }
      last.push(move);
    }
    for (const route of routes(arm, start, above)) {
      const moves = route
        .slice(1)
        .map((to, i) => planJointMove(arm.chain, route[i] as ArrayLike<number>, to));
      const problem = firstProblem(freely, moves);
      if (!problem) return { ok: true, trajectories: [...moves, ...last] };
      failure ??= { problem, while: 'on the way to' };
    }
  }
  return { ok: false, failure };
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
  const all = isNear ? [[start, end], tucked] : [tucked];
  return all.map((route) => route.filter((q, i) => i === 0 || differs(q, route[i - 1] ?? q)));
}

function differs(a: ArrayLike<number>, b: ArrayLike<number>): boolean {
  return Array.from(a).some((value, i) => Math.abs(value - (b[i] as number)) > NEGLIGIBLE);
}

function firstProblem(check: PathCheck, moves: readonly Trajectory[]): PathProblem | undefined {
  for (const move of moves) {
    const problem = findPathProblem(check, move);
    if (problem) return problem;
  }
  return undefined;
}

function checkOf(
  { arm, X_WB, contact }: MotionPlanner,
  { carried, maxTilt }: ReachOptions,
  ignore: readonly string[] | undefined,
): PathCheck {
  return { chain: arm.chain, X_WB, contact, carried, maxTilt, ignore };
}

function tcpInWorld({ arm, X_WB }: MotionPlanner, q: ArrayLike<number>): Pose {
  return composePose(X_WB, forward(arm.chain, q).tcp);
}

/** `pose` moved by `factor` times the leg. */
function shift({ position: p, orientation }: Pose, leg: StraightLeg, factor: number): Pose {
  const k = factor * leg.distance;
  const [x, y, z] = leg.direction;
  return { position: [p[0] + k * x, p[1] + k * y, p[2] + k * z], orientation };
}

function metres(value: number): string {
  return `${value.toFixed(2)} m`;
}

function place(pose: Pose | undefined): string {
  return pose
    ? `(${pose.position.map((p) => p.toFixed(2)).join(', ')}) m`
    : 'an empty list of poses';
}

function describe({ problem, while: when }: Failure, target: Pose | undefined): Refusal {
  const where = `${when} ${place(target)}`;
  if (problem.kind === 'tilt') {
    const degrees = ((problem.angle * 180) / Math.PI).toFixed(0);
    return refusal('COLLISION', `the carried vessel would tilt by ${degrees} degrees ${where}`);
  }
  const { link, obstacle } = problem.contact;
  return refusal('COLLISION', `${link} would touch ${obstacle} ${where}`);
}
