import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { composePose, invertPose } from '../../../kernel/pose.ts';
import type { TrackLoad } from '../../../kernel/track.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';
import type { VesselView } from '../../definition/plant-port.ts';
import type { Drive, DriveTask } from '../../definition/track.ts';
import { refusePutting, refuseTaking } from '../../definition/taking.ts';
import type { Aim } from './fork.ts';

/** Configuration, SI. */
export interface ShuttleConfig {
  /** [s] */
  readonly forkTime: number;
  /** From the middle of the rail and above it [m]. */
  readonly reach: number;
  readonly stroke: number;
  /** [kg] */
  readonly maximumLoad: number;
  /** [s] */
  readonly handTime: number;
}

/** What the shuttle's body is doing; plain data. */
export interface ShuttleState {
  /** Number of the latest order, and its places; empty texts once it is over. */
  order: number;
  from: string;
  to: string;
  /** Vessel on the fork, empty when none. */
  held: string;
  /** What the fork reaches for; kept until it reaches for something else. */
  aim: Aim | undefined;
  /** Whether the fork has taken or left its load in the present task. */
  handled: boolean;
  /** Odometer [m] and idle time [s] when the order began. */
  distance: number;
  idle: number;
}

type Context = EffectContext<ShuttleConfig, ShuttleState>;
type Reader = ReadContext<ShuttleConfig, ShuttleState>;

/** A place may have moved by this much [m] between planning and handling. */
const TOLERANCE = 0.005;
/** A place may lie lower than the rail by this much [m]. */
const BELOW = 0.05;

/** Which of the speeds goes with a load. */
function loadOf(kind: string | undefined): TrackLoad {
  if (kind === undefined) return 'empty';
  return kind === 'module' ? 'module' : 'cassette';
}

function presentLoad({ state, plant }: Reader): TrackLoad {
  return loadOf(state.held === '' ? undefined : plant.vessel(state.held)?.kind);
}

function driveOf(ctx: Reader, tasks: readonly DriveTask[]): Drive {
  const { reach: side, stroke: height } = ctx.config;
  return { tasks, load: presentLoad(ctx), side, height };
}

/** Names of the tasks of an order; a fork may still be at one of the order before. */
const pickOf = (order: number): string => `pick ${order}`;
const placeOf = (order: number): string => `place ${order}`;

/** Tasks of the order that would be next. */
function placeTask({ config, state }: Reader, place: string): DriveTask {
  return { name: placeOf(state.order + 1), place, duration: config.forkTime, load: 'empty' };
}

function carryDrive(ctx: Reader, from: string, to: string): Drive {
  const load = loadOf(ctx.plant.vesselAt(from)?.kind);
  const name = pickOf(ctx.state.order + 1);
  const pick = { name, place: from, duration: ctx.config.forkTime, load };
  return driveOf(ctx, [pick, placeTask(ctx, to)]);
}

/** Why no shuttle gets to a place: it serves places for robots, and docks for modules. */
function refuseAccess(plant: Reader['plant'], place: string): Refusal | undefined {
  const declared = plant.placeView(place);
  if (declared === undefined) return refusal('UNKNOWN_PLACE', `there is no place "${place}"`);
  if (declared.carried) return refusal('UNREACHABLE', `${place} is being carried; wait for it`);
  if (declared.robot || declared.accepts.includes('module')) return undefined;
  return refusal('UNREACHABLE', `${place} is not made for machines that carry`);
}

/** Why what stands in a place cannot be taken, now. */
function refusePick({ id, config, plant }: Reader, place: string): Refusal | undefined {
  const closed = refuseAccess(plant, place);
  if (closed !== undefined) return closed;
  return refuseTaking(plant, id, place, config.maximumLoad);
}

/** Why a vessel cannot be put into a place, now. */
function refusePlace({ plant }: Reader, vessel: VesselView, place: string): Refusal | undefined {
  const closed = refuseAccess(plant, place);
  if (closed !== undefined) return closed;
  return refusePutting(plant, vessel, place);
}

function refuseOffRails({ id, plant }: Reader): Refusal | undefined {
  if (plant.track.shuttle() !== undefined) return undefined;
  return refusal('NOT_CONNECTED', `${id} stands on no rails; put it into a berth`);
}

/** Why the shuttle cannot carry what stands in `from` to `to`. */
export function refuseCarry(ctx: Reader, from: string, to: string): Refusal | undefined {
  const { id, state, plant } = ctx;
  const off = refuseOffRails(ctx);
  if (off !== undefined) return off;
  if (state.held !== '') return refusal('GRIPPER_FULL', `${id} already holds ${state.held}`);
  const pick = refusePick(ctx, from);
  if (pick !== undefined) return pick;
  const vessel = plant.vesselAt(from);
  if (vessel === undefined || from === to) {
    return refusal('PLACE_OCCUPIED', `${from} is where it stands already`);
  }
  return refusePlace(ctx, vessel, to) ?? plant.track.refuse(carryDrive(ctx, from, to));
}

/** Why the shuttle cannot put what it holds into `to`. */
export function refuseUnload(ctx: Reader, to: string): Refusal | undefined {
  const { id, state, plant } = ctx;
  const off = refuseOffRails(ctx);
  if (off !== undefined) return off;
  const vessel = state.held === '' ? undefined : plant.vessel(state.held);
  if (vessel === undefined) return refusal('GRIPPER_EMPTY', `${id} holds nothing`);
  return refusePlace(ctx, vessel, to) ?? plant.track.refuse(driveOf(ctx, [placeTask(ctx, to)]));
}

/** Why the shuttle cannot go home. */
export function refuseHome(ctx: Reader): Refusal | undefined {
  const view = ctx.plant.track.shuttle();
  if (view === undefined) return refuseOffRails(ctx);
  return view.state === 'parked' ? undefined : ctx.plant.track.refuse(driveOf(ctx, []));
}

/** Why the shuttle cannot be taken off the rails by hand. */
export function refuseTakeOff(ctx: Reader): Refusal | undefined {
  const view = ctx.plant.track.shuttle();
  if (view === undefined) return refuseOffRails(ctx);
  if (view.state === 'stopped') return undefined;
  return refusal('WRONG_STATE', `${ctx.id} works; only a broken shuttle is taken off by hand`);
}

/** Why people cannot put what a broken shuttle holds into `to`. */
export function refuseManualRelease(ctx: Reader, to: string): Refusal | undefined {
  const { id, state, plant } = ctx;
  const off = refuseOffRails(ctx);
  if (off !== undefined) return off;
  const vessel = state.held === '' ? undefined : plant.vessel(state.held);
  if (vessel === undefined) return refusal('GRIPPER_EMPTY', `${id} holds nothing`);
  if (ctx.machineState !== 'broken') {
    return refusal('WRONG_STATE', `${id} works; let it place what it holds`);
  }
  return refusePlace(ctx, vessel, to);
}

function begin(ctx: Context, from: string, to: string, drive: Drive): void {
  const { state, plant } = ctx;
  const view = plant.track.shuttle();
  state.order += 1;
  Object.assign(state, { from, to, distance: view?.distance ?? 0, idle: view?.idle ?? 0 });
  const sent = plant.track.drive(drive);
  if (!sent.ok) abandon(ctx, sent.error);
}

/** Ends the order badly; the shuttle goes home with what it holds. */
function abandon(ctx: Context, { code, message }: Refusal): void {
  ctx.fail(code, message);
  end(ctx.state);
  ctx.plant.track.drive(driveOf(ctx, []));
  ctx.raise({ type: 'order.over' });
}

function end(state: ShuttleState): void {
  Object.assign(state, { from: '', to: '' });
}

/** Whether a task belongs to the order under way: then whether it picks or places. */
function taskOf({ order, to }: Readonly<ShuttleState>, name: string): 'pick' | 'place' | undefined {
  if (to === '') return undefined;
  if (name === pickOf(order)) return 'pick';
  return name === placeOf(order) ? 'place' : undefined;
}

function resultOf({ state, plant }: Context): { distance: number; waited: number } {
  const view = plant.track.shuttle();
  return {
    distance: (view?.distance ?? 0) - state.distance,
    waited: (view?.idle ?? 0) - state.idle,
  };
}

/** Takes or leaves the load; what changed since the order was given is found out here. */
function handle(ctx: Context, task: 'pick' | 'place'): Refusal | undefined {
  const { state, plant, id } = ctx;
  const place = task === 'pick' ? state.from : state.to;
  const refused = task === 'pick' ? refusePick(ctx, place) : refusePlace(ctx, heldBy(ctx), place);
  if (refused !== undefined) return refused;
  const [now, then] = [aimAt(ctx, task), state.aim];
  const d = [0, 1, 2].map(
    (axis) => (now?.X_SP.position[axis as 0] ?? 0) - (then?.X_SP.position[axis as 0] ?? 0),
  );
  if (Math.hypot(...d) > TOLERANCE) {
    return refusal('UNREACHABLE', `${place} was moved while ${id} stood before it`);
  }
  if (task === 'pick') {
    const vessel = plant.vesselAt(place);
    if (vessel === undefined) return refusal('NO_VESSEL', `nothing stands in ${place}`);
    plant.grasp(vessel.id);
    state.held = vessel.id;
  } else {
    plant.moveVessel(state.held, place);
    state.held = '';
  }
  return undefined;
}

function heldBy({ state, plant }: Context): VesselView {
  const vessel = plant.vessel(state.held);
  if (vessel === undefined) throw new RangeError('a shuttle that places something holds it');
  return vessel;
}

/** Whether the fork gets to where it shall reach from where the shuttle stands. */
function isInReach({ config }: Reader, { X_SP }: Aim): boolean {
  const [along, side, height] = X_SP.position;
  return (
    Math.abs(along) <= TOLERANCE &&
    Math.abs(side) <= config.reach + TOLERANCE &&
    height <= config.stroke + TOLERANCE &&
    height >= -BELOW - TOLERANCE
  );
}

function aimAt({ state, plant, pose }: Context, task: 'pick' | 'place'): Aim | undefined {
  const X_WP = plant.placePose(task === 'pick' ? state.from : state.to);
  return X_WP && { X_SP: composePose(invertPose(pose), X_WP) };
}

/** Effects of the shuttle by the names of its machine's actions. */
export const shuttleEffects = {
  setOut: (ctx: Context, { from, to }: { from: string; to: string }) =>
    begin(ctx, from, to, carryDrive(ctx, from, to)),
  setOutWithLoad: (ctx: Context, { to }: { to: string }) =>
    begin(ctx, '', to, driveOf(ctx, [placeTask(ctx, to)])),
  goHome: (ctx: Context) => {
    const { state, plant } = ctx;
    const view = plant.track.shuttle();
    end(state);
    Object.assign(state, { distance: view?.distance, idle: view?.idle });
    // In its berth it has come home, even when the rails are dead.
    if (plant.location() !== '') ctx.raise({ type: 'came.home' });
    else plant.track.drive(driveOf(ctx, []));
  },
  aim: (ctx: Context, { name }: { name: string }) => {
    const task = taskOf(ctx.state, name);
    if (task === undefined) return;
    const aim = aimAt(ctx, task);
    ctx.state.aim = aim !== undefined && isInReach(ctx, aim) ? aim : undefined;
    ctx.state.handled = ctx.state.aim === undefined;
    if (!ctx.state.handled) return;
    const place = task === 'pick' ? ctx.state.from : ctx.state.to;
    abandon(ctx, refusal('UNREACHABLE', `${place} is no longer before ${ctx.id}`));
  },
  handle: (ctx: Context, { name }: { name: string }) => {
    const task = taskOf(ctx.state, name);
    if (task === undefined || ctx.state.handled) return;
    ctx.state.handled = true;
    const failed = handle(ctx, task);
    if (failed !== undefined) abandon(ctx, failed);
  },
  deliver: (ctx: Context, { name }: { name: string }) => {
    if (taskOf(ctx.state, name) !== 'place') return;
    ctx.complete(resultOf(ctx));
    end(ctx.state);
    ctx.raise({ type: 'order.over' });
  },
  arrive: (ctx: Context) => ctx.complete(resultOf(ctx)),
  giveUp: (ctx: Context) => {
    end(ctx.state);
    ctx.plant.track.drive(driveOf(ctx, []));
  },
  stop: ({ state, plant }: Context) => {
    end(state);
    plant.track.stop();
  },
  release: (ctx: Context) => ctx.plant.track.release(presentLoad(ctx)),
  takeOff: ({ plant }: Context) => plant.track.takeOff(),
  handBegun: ({ state }: Context, { to }: { to: string }) => {
    state.to = to;
  },
  handReleased: (ctx: Context) => {
    const { state, plant } = ctx;
    const failed = refusePlace(ctx, heldBy(ctx), state.to);
    if (failed !== undefined) ctx.fail(failed.code, failed.message);
    else {
      plant.moveVessel(state.held, state.to);
      state.held = '';
      ctx.complete();
    }
    end(state);
  },
  forget: ({ state }: Context) => end(state),
  handSpared: (ctx: Context) => {
    end(ctx.state);
    ctx.fail('ABORTED', `${ctx.id} was repaired; let it place what it holds`);
  },
  watchWay: (ctx: Context) => ctx.setAlarm('blocked', ctx.plant.track.shuttle()?.blocked === true),
} as const;
