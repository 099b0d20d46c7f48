import { microsFromSeconds } from '../../../kernel/time.ts';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import { travelTo } from '../../../physics/mechanism/travel.ts';
import { type MotionPlan, stopMotion } from '../../../physics/trajectory/motion-plan.ts';
import { type ArmConfig, type ArmState, jointsAt, type Task } from './state.ts';
import { homeWayOf, visitOf } from './visits.ts';

type Context = EffectContext<ArmConfig, ArmState>;
type Reader = ReadContext<ArmConfig, ArmState>;

/** Why the arm cannot pick from or place into `place`. */
export function refuseVisit(ctx: Reader, kind: Task['kind'], place: string): Refusal | undefined {
  const { plant, state } = ctx;
  if (plant.placePose(place) === undefined) {
    return refusal('UNKNOWN_PLACE', `there is no place "${place}"`);
  }
  const there = plant.vesselAt(place);
  if (kind === 'pick') {
    if (state.held !== '') return refusal('GRIPPER_FULL', `${ctx.id} already holds ${state.held}`);
    if (there === undefined) return refusal('NO_VESSEL', `there is no vessel in ${place}`);
    const held = refuseCoupled(ctx, place);
    if (held !== undefined) return held;
  } else {
    if (state.held === '') return refusal('GRIPPER_EMPTY', `${ctx.id} holds nothing`);
    if (there !== undefined) return refusal('PLACE_OCCUPIED', `${there.id} stands in ${place}`);
  }
  if (!plant.isPlaceOpen(place)) {
    return refusal('PLACE_BLOCKED', `${place} is closed off; open its lid or door first`);
  }
  const result = ctx.machineState === 'idle' ? visitOf(ctx, kind, place) : undefined;
  if (result === undefined || result.ok) return undefined;
  const { code, message } = result.error;
  return refusal(
    code,
    `${ctx.id} cannot ${kind} ${kind === 'pick' ? 'from' : 'into'} ${place}: ${message}`,
  );
}

/** A connector holds what stands in the place. */
function refuseCoupled({ plant }: Reader, place: string): Refusal | undefined {
  const coupling = plant.coupling(place);
  if (coupling === undefined) return undefined;
  const { vessel, connector } = coupling;
  return refusal(
    'INTERLOCK',
    `${vessel} in ${place} is coupled by ${connector}; disconnect it first`,
  );
}

/** Why the arm cannot go home. */
export function refuseHome(ctx: Reader): Refusal | undefined {
  if (ctx.machineState === 'error') {
    return refusal('DEVICE_ERROR', `${ctx.id} was stopped; reset it`);
  }
  const way = ctx.machineState === 'idle' ? homeWayOf(ctx) : undefined;
  return way === undefined || way.ok ? undefined : way.error;
}

function move(ctx: Context, plan: MotionPlan): void {
  ctx.state.motion = { plan, since: ctx.now };
  arriveIn(ctx, plan.duration);
}

function arriveIn(ctx: Context, seconds: number): void {
  ctx.raise({ type: 'arrived', motion: ctx.state.number }, microsFromSeconds(seconds));
}

function halt(ctx: Context): void {
  ctx.state.q = Array.from(jointsAt(ctx.state, ctx.now));
  ctx.state.motion = undefined;
}

function setGripper(ctx: Context, opening: number): void {
  ctx.state.gripper = travelTo(ctx.state.gripper, opening, ctx.now, ctx.config.gripTime);
}

/** Takes or leaves the vessel at the place; what changed during the approach is found out here. */
function act(ctx: Context, { kind, place }: Task): Refusal | undefined {
  const { state, plant } = ctx;
  if (!plant.isPlaceOpen(place)) {
    return refusal('COLLISION', `${place} was closed while ${ctx.id} stood in it`);
  }
  const there = plant.vesselAt(place);
  if (kind === 'pick') {
    if (there === undefined) return refusal('NO_VESSEL', `the vessel in ${place} was taken away`);
    const held = refuseCoupled(ctx, place);
    if (held !== undefined) return held;
    plant.grasp(there.id);
    state.held = there.id;
    return undefined;
  }
  if (there !== undefined) return refusal('PLACE_OCCUPIED', `${there.id} was put into ${place}`);
  plant.moveVessel(state.held, place);
  state.held = '';
  return undefined;
}

/** Effects of the arm by the names of its machine's actions. */
export const armEffects = {
  approach: (ctx: Context, event: { type: 'pick' | 'place'; place: string }) => {
    const { state } = ctx;
    state.number += 1;
    const result = visitOf(ctx, event.type, event.place);
    if (!result?.ok) {
      ctx.fail('UNREACHABLE', `${ctx.id} found no way to ${event.place}`);
      arriveIn(ctx, 0);
      return;
    }
    const { approach, retreat, X_TV } = result.value;
    state.task = { kind: event.type, place: event.place, retreat };
    state.visiting = event.place;
    if (event.type === 'pick') state.X_TV = X_TV;
    move(ctx, approach);
  },
  rest: (ctx: Context) => {
    const { motion, task } = ctx.state;
    if (motion !== undefined) halt(ctx);
    if (task === undefined) ctx.state.visiting = '';
    if (ctx.machineState === 'acting' && task !== undefined) {
      setGripper(ctx, task.kind === 'pick' ? 0 : 1);
    }
  },
  act: (ctx: Context) => {
    const { task } = ctx.state;
    if (task === undefined) return;
    const failed = act(ctx, task);
    if (failed === undefined) return;
    ctx.fail(failed.code, failed.message);
    setGripper(ctx, ctx.state.held === '' ? 1 : 0);
    if (failed.code === 'COLLISION') ctx.raise({ type: 'obstructed' });
  },
  retreat: (ctx: Context) => {
    const { state } = ctx;
    state.number += 1;
    const { task } = state;
    state.task = undefined;
    if (task !== undefined) move(ctx, task.retreat);
    else arriveIn(ctx, 0);
  },
  goHome: (ctx: Context) => {
    ctx.state.number += 1;
    const way = homeWayOf(ctx);
    if (way.ok) {
      move(ctx, way.value);
      return;
    }
    ctx.fail(way.error.code, way.error.message);
    arriveIn(ctx, 0);
  },
  releasing: (ctx: Context) => setGripper(ctx, 1),
  release: (ctx: Context) => {
    const { held } = ctx.state;
    if (held === '') return;
    ctx.plant.drop(held);
    ctx.state.held = '';
  },
  stop: (ctx: Context) => {
    const { state, now } = ctx;
    state.number += 1;
    state.task = undefined;
    if (state.motion === undefined) arriveIn(ctx, 0);
    else move(ctx, stopMotion(state.motion.plan, (now - state.motion.since) / 1e6));
    ctx.setAlarm('stopped', true, 'motion aborted');
  },
  stand: halt,
  obstruct: (ctx: Context) => {
    halt(ctx);
    ctx.state.number += 1;
    ctx.setAlarm('obstructed', true, 'a door or lid closed on the gripper');
  },
  clear: (ctx: Context) => {
    ctx.setAlarm('stopped', false);
    ctx.setAlarm('obstructed', false);
  },
} as const;
