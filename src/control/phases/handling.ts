import { deviceOf, placeName } from '../places.ts';
import type { PhaseContext } from '../phase.ts';
import { perform, PhaseFailure, read, type Task } from '../task.ts';

/** What a robot's gripper counts as among places. */
const GRIPPER = 'gripper';

/** Commands that make a device's places reachable, and the ones that shut them off again. */
const ACCESS: readonly (readonly [open: string, close: string])[] = [
  ['openLid', 'closeLid'],
  ['openDoor', 'closeDoor'],
  ['openInner', 'closeInner'],
];

function* access(context: PhaseContext, place: string, open: boolean): Task<void> {
  const device = deviceOf(place);
  for (const [opening, closing] of ACCESS) {
    if (context.has(device, opening)) yield* perform(device, open ? opening : closing);
  }
}

/**
 * Lets the robot carry a vessel to a place, opening and closing lids and doors on the way. What an
 * interrupted handling left in the gripper or in the way is put back first.
 */
export function* carry(context: PhaseContext, vessel: string, to: string): Task<void> {
  if (context.locate(vessel) === to) return;
  const robot = context.device('robot');
  const gripper = `${robot}.${GRIPPER}`;
  const [reading] = yield* read(`${robot}.heldVessel`);
  const held = String(reading?.value ?? '');
  const target = `target of ${vessel}`;
  if (held !== vessel && context.locate(vessel) === gripper) {
    // It was set down, although the robot did not come to the end of that.
    yield* context.moved(vessel, String(context.fact(target)));
  }
  const from = context.locate(vessel);
  if (from === to) return;
  if (held !== vessel) {
    const inTheWay = context.occupant(to);
    if (held !== '') yield* putBack(context, held);
    if (inTheWay !== undefined) yield* putBack(context, inTheWay);
    yield* access(context, from, true);
    yield* perform(robot, 'pick', { place: from });
  }
  if (from !== gripper) {
    yield* context.moved(vessel, gripper);
    if (deviceOf(from) !== deviceOf(to)) yield* access(context, from, false);
  }
  yield* context.setFact(target, to);
  yield* access(context, to, true);
  yield* perform(robot, 'place', { place: to });
  yield* context.moved(vessel, to);
  yield* access(context, to, false);
}

/** Takes the cap off or puts it on, in the decapper, unless it is so already. */
export function* setCap(context: PhaseContext, vessel: string, on: boolean): Task<void> {
  const fact = `cap of ${vessel}`;
  const wanted = on ? 'on' : 'off';
  if ((context.fact(fact) ?? 'on') === wanted) return;
  const decapper = context.device('decapper');
  yield* carry(context, vessel, `${decapper}.head`);
  yield* perform(decapper, on ? 'cap' : 'uncap');
  yield* context.setFact(fact, wanted);
}

/** Brings a vessel to a place, open. */
export function* bringOpen(context: PhaseContext, vessel: string, to: string): Task<void> {
  yield* setCap(context, vessel, false);
  yield* carry(context, vessel, to);
}

/** Brings a vessel to a place, capped. */
export function* bringCapped(context: PhaseContext, vessel: string, to: string): Task<void> {
  yield* setCap(context, vessel, true);
  yield* carry(context, vessel, to);
}

/** Caps a vessel and puts it back where it came from. */
export function* putBack(context: PhaseContext, vessel: string): Task<void> {
  yield* bringCapped(context, vessel, context.home(vessel));
}

/** Place on the deck of the liquid handler: 1 is the product's. */
export function deck(context: PhaseContext, position: number): string {
  return `${context.device('liquidHandler')}.deck${position}`;
}

/** Gross weight by the balance [g]. */
export function* weigh(context: PhaseContext, vessel: string): Task<number> {
  const balance = context.device('balance');
  yield* carry(context, vessel, `${balance}.pan`);
  const { gross } = yield* perform(balance, 'weigh');
  if (typeof gross === 'number') return gross;
  throw new PhaseFailure(balance, { code: 'MALFUNCTION', message: `${balance} gave no weight` });
}

/** Weighs a vessel and notes its volume [mL], taking a density of 1 g/mL. */
export function* measureVolume(
  context: PhaseContext,
  vessel: string,
  emptyMass: number,
): Task<number> {
  const volume = Math.max(0, (yield* weigh(context, vessel)) - emptyMass);
  yield* context.setFact(`volume of ${vessel}`, Number(volume.toFixed(2)));
  return volume;
}

/** Bottles in opposite buckets are made to weigh alike within this [g]; the rotor allows more. */
export const BALANCE_TOLERANCE = 1;

/** Pipettes a volume [mL] of ballast into a vessel on the deck; the ballast is put back. */
export function* addBallast(
  context: PhaseContext,
  vessel: string,
  ballast: string,
  volume: number,
): Task<void> {
  const [to, from] = [deck(context, 2), deck(context, 3)];
  yield* bringOpen(context, vessel, to);
  yield* bringOpen(context, ballast, from);
  yield* perform(context.device('liquidHandler'), 'transfer', {
    from: placeName(from),
    to: placeName(to),
    volume: Number(volume.toFixed(2)),
  });
  yield* putBack(context, ballast);
}

/** Commands that handling sends. */
export const HANDLING_NEEDS = {
  robot: ['pick', 'place'],
  decapper: ['cap', 'uncap'],
} as const;
