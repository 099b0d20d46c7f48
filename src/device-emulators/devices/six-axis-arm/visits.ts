import {
  composePose,
  invertPose,
  type Pose,
  quatFromYaw,
  type Vec3,
} from '../../../kernel/pose.ts';
import type { Refusal } from '../../../kernel/error-catalogue.ts';
import { ok, type Result } from '../../../kernel/result.ts';
import type { Solid } from '../../../kernel/solid.ts';
import type { CarriedBody } from '../../../physics/kinematics/contact.ts';
import { hangerGrips, neckGrips } from '../../../physics/kinematics/grips.ts';
import { createContactQuery } from '../../../physics/rigid-body/arm-contacts.ts';
import {
  type CollisionWorld,
  createCollisionWorld,
} from '../../../physics/rigid-body/collision-world.ts';
import { endOf, joinMotions, type MotionPlan } from '../../../physics/trajectory/motion-plan.ts';
import type { MotionPlanner } from '../../../physics/trajectory/motion-planner.ts';
import { planTuck, type TuckOptions } from '../../../physics/trajectory/plan-tuck.ts';
import { planVisit, type VisitTarget } from '../../../physics/trajectory/plan-visit.ts';
import type { ReadContext, Site } from '../../definition/device.ts';
import type { VesselView } from '../../definition/plant-port.ts';
import { type VesselForm, vesselMiddle, vesselShape } from '../../definition/solids.ts';
import {
  type ArmConfig,
  armOn,
  type ArmState,
  atHome,
  basePose,
  homeOf,
  isTucked,
  tcpPose,
} from './state.ts';

type Reader = ReadContext<ArmConfig, ArmState>;

/** There and back again, and how the vessel is held: X_TV. Plain data. */
export interface ArmVisit {
  readonly approach: MotionPlan;
  readonly retreat: MotionPlan;
  readonly X_TV: Pose;
}

/** How far below the top of a vessel the fingers grip it [m]; the cap is above. Assumed. */
const GRIP_DEPTH = 0.02;

/** How far above the top of a cassette the fingers grip its handle [m]; assumed. */
const HANDLE = 0.015;

/** Straight way over the place [m] besides the height of the vessel, the first that is free. Assumed. */
const LIFTS = [0.05, 0.15, 0.3, 0.5] as const;

/** Places are reached from above. */
const DOWN: Vec3 = [0, 0, -1];

/** Turns [rad] in which a vessel may stand in a place. */
const ROUND = [0, 0.5, -0.5, 1, 0.25, -0.25, 0.75, -0.75].map((part) => part * Math.PI);
const FLAT = [0, Math.PI];

/** Largest tilt [rad] of an open vessel, and of a cassette: 5 degrees; assumed. */
const MOST_TILT = (5 * Math.PI) / 180;

/** Vessels within this distance [m] of a place are looked out for. */
const NEIGHBOURHOOD = 0.8;

/** A vessel as far as motions depend on it. */
interface Handled extends VesselForm {
  readonly id: string;
  /** Largest tilt [rad]; any where it is closed. */
  readonly maxTilt: number | undefined;
}

/** Motions of one arm among solids that never move, by all that they follow from. */
interface Plans {
  readonly world: CollisionWorld;
  readonly visits: Map<string, Result<ArmVisit, Refusal>>;
  readonly tucks: Map<string, Result<MotionPlan, Refusal>>;
}

/** A plan is a pure function of its key, so that it does not matter what was planned before. */
const PLANS = new WeakMap<readonly Solid[], Map<string, Plans>>();

function plansOf(id: string, solids: readonly Solid[]): Plans {
  const all = PLANS.get(solids) ?? new Map<string, Plans>();
  PLANS.set(solids, all);
  let plans = all.get(id);
  if (plans === undefined) {
    const others = solids.filter((solid) => solid.id !== id);
    plans = { world: createCollisionWorld(others), visits: new Map(), tucks: new Map() };
    all.set(id, plans);
  }
  return plans;
}

function remembered<T>(plans: Map<string, T>, key: readonly unknown[], plan: () => T): T {
  const name = JSON.stringify(key);
  let known = plans.get(name);
  if (known === undefined) {
    known = plan();
    plans.set(name, known);
  }
  return known;
}

function plannerOf(
  { config, pose }: Pick<Site<ArmConfig>, 'config' | 'pose'>,
  worlds: readonly CollisionWorld[],
): MotionPlanner {
  const arm = armOn(config.trackLength);
  const X_WB = basePose(pose, config.trackLength);
  return { arm, X_WB, contact: createContactQuery(worlds, arm.chain, X_WB) };
}

function bodyOf(vessel: Handled, X_TV: Pose): CarriedBody {
  return { id: vessel.id, shape: vesselShape(vessel), pose: vesselMiddle(X_TV, vessel) };
}

function handled(vessel: VesselView): Handled {
  const { id, shape, radius, height, capacity, depth, capped, sealed } = vessel;
  const isLevel = shape === 'cassette' || !(capped || sealed || shape === 'bag');
  const form = { id, shape, radius, height, capacity, maxTilt: isLevel ? MOST_TILT : undefined };
  return depth === undefined ? form : { ...form, depth };
}

/** Ways to hold a vessel that stands, or is to stand, at `X_WV`, and how it is then held. */
function targetsOf(vessel: Handled, X_WV: Pose, held: Pose | undefined): VisitTarget[] {
  const isFlat = vessel.shape === 'bag' || vessel.shape === 'cassette';
  if (held === undefined) {
    const grips = isFlat ? hangerGrips : neckGrips;
    const above = vessel.shape === 'cassette' ? HANDLE : -GRIP_DEPTH;
    return grips(X_WV, vessel.height + above).map((pose) => ({
      pose,
      body: bodyOf(vessel, composePose(invertPose(pose), X_WV)),
    }));
  }
  const X_VT = invertPose(held);
  return (isFlat ? FLAT : ROUND).map((yaw) => {
    const turned: Pose = { position: [0, 0, 0], orientation: quatFromYaw(yaw) };
    return {
      pose: composePose(composePose(X_WV, turned), X_VT),
      body: bodyOf(vessel, held),
    };
  });
}

/** The visit, or why there is none; undefined when there is nothing to pick or place there. */
export function visitOf(
  ctx: Reader,
  kind: 'pick' | 'place',
  place: string,
): Result<ArmVisit, Refusal> | undefined {
  const { plant, state, config, pose } = ctx;
  const X_WV = plant.placePose(place);
  const there = kind === 'pick' ? plant.vesselAt(place) : plant.vessel(state.held);
  if (X_WV === undefined || there === undefined) return undefined;
  const vessel = handled(there);
  const held = kind === 'place' ? state.X_TV : undefined;
  const around = neighbours(ctx, X_WV.position).filter(({ id }) => id !== vessel.id);
  const plans = plansOf(ctx.id, plant.solids());
  const key = [config, pose, state.q, state.visiting, X_WV, vessel, held, around];
  return remembered(plans.visits, key, () => {
    const planner = plannerOf(ctx, [plans.world, createCollisionWorld(around)]);
    return planFrom(planner, state, vessel, X_WV, held);
  });
}

function planFrom(
  planner: MotionPlanner,
  state: Readonly<Pick<ArmState, 'q' | 'visiting'>>,
  vessel: Handled,
  X_WV: Pose,
  held: Pose | undefined,
): Result<ArmVisit, Refusal> {
  const out = isTucked(state.q)
    ? ok(undefined)
    : planTuck(planner, state.q, tuckOptions(state.visiting, vessel, held));
  if (!out.ok) return out;
  const targets = targetsOf(vessel, X_WV, held);
  const start = out.value === undefined ? state.q : endOf(out.value);
  const visit = planVisit(planner, start, targets, {
    direction: DOWN,
    distances: LIFTS.map((lift) => vessel.height + lift),
    carries: held === undefined ? 'out' : 'in',
    maxTilt: vessel.maxTilt,
  });
  if (!visit.ok) return visit;
  const { approach, retreat, target } = visit.value;
  const X_WT = targets[target]?.pose as Pose;
  return ok({
    approach: out.value === undefined ? approach : joinMotions([out.value, approach]),
    retreat,
    X_TV: held ?? composePose(invertPose(X_WT), X_WV),
  });
}

function tuckOptions(
  visiting: string,
  vessel: Handled | undefined,
  held: Pose | undefined,
): TuckOptions {
  const leaving = { direction: DOWN, inPlace: visiting !== '' };
  if (vessel === undefined || held === undefined) return leaving;
  return { ...leaving, carried: bodyOf(vessel, held), maxTilt: vessel.maxTilt };
}

/** Vessels near a point but the one that may stand between the fingers. */
function neighbours({ plant, state }: Reader, point: Vec3): readonly Solid[] {
  const between = state.visiting === '' ? undefined : plant.vesselAt(state.visiting);
  return plant.vesselsAround(point, NEIGHBOURHOOD).filter(({ id }) => id !== between?.id);
}

/** The way home from wherever the arm stands, or why there is none. */
export function homeWayOf(ctx: Reader): Result<MotionPlan, Refusal> {
  const { plant, state, config, pose, now } = ctx;
  const plans = plansOf(ctx.id, plant.solids());
  const around = neighbours(ctx, tcpPose(state, config, pose, now).position);
  const held = state.held === '' ? undefined : plant.vessel(state.held);
  const options = tuckOptions(state.visiting, held && handled(held), state.X_TV);
  return remembered(plans.tucks, [config, pose, state.q, options, around], () => {
    const planner = plannerOf(ctx, [plans.world, createCollisionWorld(around)]);
    return planTuck(planner, state.q, options, homeOf(config));
  });
}

/** Why the arm at home could not fetch a closed vessel that stands at `X_WV`. */
export function refuseReach(
  site: Site<ArmConfig>,
  X_WV: Pose,
  form: VesselForm,
): Refusal | undefined {
  const planner = plannerOf(site, [plansOf(site.id, site.solids).world]);
  const vessel = { ...form, id: 'the vessel', maxTilt: undefined };
  const visit = planFrom(planner, atHome(site.config), vessel, X_WV, undefined);
  return visit.ok ? undefined : visit.error;
}
