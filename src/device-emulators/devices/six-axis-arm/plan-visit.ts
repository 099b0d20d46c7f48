import { composePose, invertPose, type Pose, quatFromYaw } from '../../../kernel/pose.ts';
import { inverseAt } from '../../../physics/kinematics/arm-inverse.ts';
import { forward } from '../../../physics/kinematics/forward.ts';
import { hangerGrips, neckGrips } from '../../../physics/kinematics/grips.ts';
import type { SixAxisArm } from '../../../physics/kinematics/six-axis-arm.ts';
import { trackCandidates } from '../../../physics/kinematics/track-position.ts';
import {
  joinTrajectories,
  type MotionPlan,
  planWaypoints,
  sampleMotion,
} from '../../../physics/trajectory/motion-plan.ts';
import { planLinearMove, solveStraightLine } from '../../../physics/trajectory/linear-move.ts';
import type { Obstacle } from '../../definition/plant-port.ts';
import { findCollision, type HeldBody } from './collision.ts';
import { isTucked, tuckedAt } from './state.ts';

/** A vessel as the gripper meets it. */
export interface Grippable {
  readonly shape: string;
  readonly radius: number;
  readonly height: number;
}

/** Where to go and with what. */
export interface VisitRequest {
  /** Joint positions now. */
  readonly from: readonly number[];
  /** X_WB: base of the chain in the world. */
  readonly X_WB: Pose;
  /** X_WV: pose of the vessel in the place. */
  readonly X_WV: Pose;
  readonly vessel: Grippable;
  /** X_TV of a vessel that is held already; absent when one is to be picked. */
  readonly X_TV?: Pose;
  /** Device that the place belongs to, and the arm itself. */
  readonly station: string;
  readonly self: string;
  readonly obstacles: readonly Obstacle[];
}

/** There and back: straight down onto the place and up again, else through tucked configurations. */
export interface Visit {
  readonly approach: MotionPlan;
  readonly retreat: MotionPlan;
  /** X_TV that the gripper has or will have of the vessel. */
  readonly X_TV: Pose;
}

export type VisitResult =
  | { readonly visit: Visit }
  | { readonly problem: 'unreachable' }
  | { readonly problem: 'collision'; readonly obstacle: string };

/** How far below the top of a vessel the fingers grip it [m]; the cap is above. Assumed. */
const GRIP_DEPTH = 0.02;

/** Height over the place [m] at which the arm leaves the straight line, besides the vessel's own. */
const LIFT = 0.05;

/** Clearance over the top of a station [m]. */
const OVER_TOP = 0.03;

/** Angles [rad] in which a vessel may stand in a place. */
const ROUND = [0, 0.5, -0.5, 1].map((part) => part * Math.PI);
const FLAT = [0, Math.PI];

/** TCP poses in the frame of the base, best first, that hold the vessel in its place. */
function graspPoses({ X_WB, X_WV, vessel, X_TV }: VisitRequest): Pose[] {
  const X_BV = composePose(invertPose(X_WB), X_WV);
  const isBag = vessel.shape === 'bag';
  if (X_TV !== undefined) {
    const X_VT = invertPose(X_TV);
    return (isBag ? FLAT : ROUND).map((yaw) =>
      composePose(composePose(X_BV, { position: [0, 0, 0], orientation: quatFromYaw(yaw) }), X_VT),
    );
  }
  const height = vessel.height - GRIP_DEPTH;
  return isBag ? hangerGrips(X_BV, height) : neckGrips(X_BV, height);
}

/** Heights [m] to rise over the place: clear of the whole station if possible, else of the place. */
function lifts({
  X_WV,
  vessel,
  station,
  obstacles,
}: VisitRequest): { over: boolean; up: number }[] {
  const place = { over: false, up: vessel.height + LIFT };
  const body = obstacles.find(({ id }) => id === station);
  if (body === undefined) return [place];
  const half = body.shape.type === 'box' ? body.shape.halfExtents[2] : body.shape.halfHeight;
  const up = body.pose.position[2] + half + OVER_TOP + vessel.height - X_WV.position[2];
  return [{ over: true, up: Math.max(up, place.up) }, place];
}

function raised(X: Pose, up: number): Pose {
  const [x, y, z] = X.position;
  return { position: [x, y, z + up], orientation: X.orientation };
}

/** Joint moves through `waypoints` without those that change nothing. */
export function through(arm: SixAxisArm, waypoints: readonly (readonly number[])[]): MotionPlan {
  const distinct = waypoints.filter(
    (q, i) => i === 0 || q.some((value, k) => value !== waypoints[i - 1]?.[k]),
  );
  const [first] = distinct;
  return planWaypoints(arm.chain, distinct.length > 1 ? distinct : [first ?? [], first ?? []]);
}

/**
 * Plans a visit to a place: the first grip, track position and lift whose motions reach the place and
 * touch nothing. The station is an obstacle too where the arm can rise clear of it.
 */
export function planVisit(arm: SixAxisArm, request: VisitRequest): VisitResult {
  const others = request.obstacles.filter(
    ({ id }) => id !== request.self && id !== request.station,
  );
  const station = request.obstacles.filter(({ id }) => id === request.station);
  let obstacle: string | undefined;
  for (const { over, up } of lifts(request)) {
    for (const X_BT of graspPoses(request)) {
      for (const { track } of trackCandidates(arm, X_BT, request.from[0] ?? 0)) {
        const visit = tryVisit(arm, request, X_BT, track, up);
        if (visit === undefined) continue;
        const hit = firstHit(arm, request, visit, others, over ? station : []);
        if (hit === undefined) {
          const { approach, retreat } = visit;
          const plans = { approach: joined(approach), retreat: joined(retreat) };
          return { visit: { ...plans, X_TV: visit.X_TV } };
        }
        obstacle = hit;
        break;
      }
    }
  }
  return obstacle === undefined ? { problem: 'unreachable' } : { problem: 'collision', obstacle };
}

/** Heights [m] tried to get out of a station straight up after a stop; assumed. */
const ESCAPES = [0.4, 0.3, 0.2, 0.1];

/**
 * Motion from where the arm stands to the tucked configuration above it: straight up first, unless it
 * is tucked already.
 */
export function planTuck(arm: SixAxisArm, from: readonly number[]): MotionPlan {
  const tucked = tuckedAt(from[0] ?? 0, from[1] ?? 0, from[6]);
  if (isTucked(from)) return through(arm, [from, tucked]);
  const { tcp } = forward(arm.chain, from);
  for (const up of ESCAPES) {
    const knots = solveStraightLine(arm, from, raised(tcp, up));
    const top = knots?.at(-1);
    if (knots === undefined || top === undefined) continue;
    const rise = joinTrajectories([planLinearMove(arm.chain, knots, up)]);
    return joined([rise, through(arm, [top, tuckedAt(top[0] ?? 0, top[1] ?? 0, top[6])])]);
  }
  return through(arm, [from, tucked]);
}

/** Joint positions at the end of a motion. */
export function endOf(plan: MotionPlan): number[] {
  return Array.from(sampleMotion(plan, plan.duration));
}

/** Motions of a visit: free ones and straight ones over the place. */
interface Draft {
  readonly approach: readonly [free: MotionPlan, down: MotionPlan];
  readonly retreat: readonly [up: MotionPlan, free: MotionPlan];
  readonly X_TV: Pose;
}

/** Motions one after the other. */
export function joined(plans: readonly MotionPlan[]): MotionPlan {
  return joinTrajectories(plans.flatMap(({ trajectories }) => trajectories));
}

function tryVisit(
  arm: SixAxisArm,
  { from, X_WB, X_WV }: VisitRequest,
  X_BT: Pose,
  track: number,
  up: number,
): Draft | undefined {
  const [x, y] = X_BT.position;
  const seed = tuckedAt(track, Math.atan2(y, x - track));
  for (const q of inverseAt(arm, X_BT, track, seed)) {
    const knots = solveStraightLine(arm, q, raised(X_BT, up));
    const top = knots?.at(-1);
    if (knots === undefined || top === undefined) continue;
    const over = tuckedAt(track, top[1] ?? 0, top[6]);
    const leave = planTuck(arm, from);
    const down = planLinearMove(arm.chain, [...knots].reverse(), up);
    const rise = planLinearMove(arm.chain, knots, up);
    return {
      approach: [
        joined([leave, through(arm, [endOf(leave), over, top])]),
        joinTrajectories([down]),
      ],
      retreat: [joinTrajectories([rise]), through(arm, [top, over])],
      X_TV: composePose(invertPose(X_BT), composePose(invertPose(X_WB), X_WV)),
    };
  }
  return undefined;
}

function firstHit(
  arm: SixAxisArm,
  { X_WB, vessel, X_TV }: VisitRequest,
  { approach, retreat, X_TV: X_TV_there }: Draft,
  others: readonly Obstacle[],
  station: readonly Obstacle[],
): string | undefined {
  const body = (X: Pose): HeldBody => ({ ...vessel, X_TV: X });
  const there = X_TV === undefined ? undefined : body(X_TV);
  const back = X_TV === undefined ? body(X_TV_there) : undefined;
  return (
    findCollision(arm, approach[0], X_WB, [...others, ...station], there) ??
    findCollision(arm, approach[1], X_WB, others, there) ??
    findCollision(arm, retreat[0], X_WB, others, back) ??
    findCollision(arm, retreat[1], X_WB, [...others, ...station], back)
  );
}
