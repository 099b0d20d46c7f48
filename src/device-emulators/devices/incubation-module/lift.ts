import { composePose, type Pose, type Vec3 } from '../../../kernel/pose.ts';
import { positionOf, travelTo } from '../../../physics/mechanism/travel.ts';
import { TRANSFER } from '../../definition/module-frame.ts';
import { upright } from '../../definition/upright.ts';
import { controlSlot } from './climate.ts';
import { clearSlot, type Context, type Reader, slotName, slotOf } from './state.ts';

/** Two columns of four slots below the deck, and their distances [m]. */
const COLUMN = 0.145;
const LEVEL = 0.135;
const LOWEST = 0.05;
const BACK = 0.05;

export function slotPose(slot: number): Pose {
  const [column, level] = [(slot - 1) % 2, Math.floor((slot - 1) / 2)];
  return upright(column === 0 ? -COLUMN : COLUMN, BACK, LOWEST + level * LEVEL);
}

/** Share of the way that leads into the tower; then the lift goes down. */
const INWARDS = 0.4;

/** Pose of the ridden cassette in the world: into the tower at the height of the deck, then down. */
export function ridePose({ state, pose, now }: Reader): Pose {
  const { ride, lift } = state;
  const share = positionOf(lift, now);
  const from = TRANSFER.pose.position;
  const to = slotPose(ride?.slot ?? 1).position;
  const inwards = Math.min(1, share / INWARDS);
  const down = Math.max(0, (share - INWARDS) / (1 - INWARDS));
  const between = (a: number, b: number, part: number): number => a + (b - a) * part;
  const position: Vec3 = [
    between(from[0], to[0], inwards),
    between(from[1], to[1], inwards),
    between(from[2], to[2], down),
  ];
  return composePose(pose, { position, orientation: TRANSFER.pose.orientation });
}

function moveLift(ctx: Context, to: number): void {
  ctx.state.lift = travelTo(ctx.state.lift, to, ctx.now, ctx.config.liftTime);
}

/** Puts the cassette down where its ride ends. */
function putDown(ctx: Context, place: string): void {
  const { ride } = ctx.state;
  if (ride === undefined) return;
  ctx.state.ride = undefined;
  ctx.plant.moveVessel(ride.vessel, place);
  ctx.plant.setPlaceOpen('transfer', true);
  controlSlot(ctx, ride.slot);
}

/** What the lift does, by the names of the machine's actions. */
export const liftEffects = {
  liftBegun: (ctx: Context, { type, slot }: { type: string; slot: number }) => {
    const { plant, state } = ctx;
    const isIn = type === 'store';
    const vessel = plant.vesselAt(isIn ? 'transfer' : slotName(slot));
    if (vessel === undefined) return;
    if (!isIn) clearSlot(slotOf(ctx, slot));
    state.ride = { vessel: vessel.id, slot, to: isIn ? slotName(slot) : 'transfer' };
    state.lift = { from: isIn ? 0 : 1, to: isIn ? 0 : 1, since: ctx.now, duration: 0 };
    moveLift(ctx, isIn ? 1 : 0);
    plant.setPlaceOpen('transfer', false);
    plant.grasp(vessel.id);
  },
  liftArrived: (ctx: Context) => {
    const { ride } = ctx.state;
    if (ride === undefined) return;
    const there = ctx.plant.vesselAt(ride.to);
    if (there === undefined) {
      putDown(ctx, ride.to);
      ctx.complete({ vessel: ride.vessel, slot: ride.slot });
      return;
    }
    putDown(ctx, ride.to === 'transfer' ? slotName(ride.slot) : 'transfer');
    ctx.fail('PLACE_OCCUPIED', `${there.id} was put into ${ctx.id}.${ride.to} meanwhile`);
  },
  /** Goes back to where the ride began. */
  liftTurned: (ctx: Context) => moveLift(ctx, ctx.state.ride?.to === 'transfer' ? 1 : 0),
  liftStopped: (ctx: Context) => {
    const here = positionOf(ctx.state.lift, ctx.now);
    ctx.state.lift = { from: here, to: here, since: ctx.now, duration: 0 };
  },
  liftReturned: (ctx: Context) => {
    const { ride } = ctx.state;
    if (ride !== undefined) putDown(ctx, ride.to === 'transfer' ? slotName(ride.slot) : 'transfer');
  },
  handBegun: (ctx: Context, { slot }: { slot: number }) => {
    ctx.state.released = slot;
  },
  handReleased: (ctx: Context) => {
    const { plant, state } = ctx;
    const { ride, released: slot } = state;
    const vessel = ride?.vessel ?? plant.vesselAt(slotName(slot))?.id;
    const there = plant.vesselAt('transfer');
    if (vessel === undefined) ctx.fail('NO_VESSEL', `slot ${slot} of ${ctx.id} is empty`);
    else if (there !== undefined) {
      ctx.fail('PLACE_OCCUPIED', `${there.id} was put into ${ctx.id}.transfer meanwhile`);
    } else {
      clearSlot(slotOf(ctx, slot));
      if (ride !== undefined) ctx.raise({ type: 'lift.freed' });
      state.ride = undefined;
      plant.moveVessel(vessel, 'transfer');
      plant.setPlaceOpen('transfer', true);
      ctx.complete({ vessel, slot });
    }
  },
} as const;
