import { MICROS_PER_MINUTE } from '../../../kernel/time.ts';
import type { PhaseContext } from '../../phase.ts';
import { type Candidate, PhaseFailure, read, readText, release, type Task } from '../../task.ts';
import { carry } from './carrying.ts';
import { claimOne, claimSoon, giveBack } from './claiming.ts';
import { deviceOf } from '../../places.ts';
import { facilityOf } from './facility.ts';
import { cassetteOf, held, verify } from './holding.ts';
import { unlink } from './linking.ts';
import { isInSlot, leaveSlot } from './slots.ts';

/**
 * How long a cassette that stands in a module waits there for the next one. Then it makes room and
 * waits at its berth, so nobody who stands in a module waits for another without end.
 */
export const PATIENCE = 5 * MICROS_PER_MINUTE;

/** Of modules that are as near, the one with fewer other skills is taken: metres for each command. */
const SKILL = 0.5;

/**
 * Modules of a role that are supplied with the medium of the recipe, where that matters: which they are
 * may change while the plant runs.
 */
export function* suitable(context: PhaseContext, role: string): Task<readonly string[]> {
  const able = context.candidates(role);
  const medium = context.mediumOf(role);
  if (medium === '') return able;
  const readings = yield* read(...able.map((id) => `${id}.medium` as const));
  const fit = able.filter((_, i) => readings[i]?.value === medium);
  if (fit.length > 0) return fit;
  const [first = role] = able;
  const message = `no module for ${role} is supplied with ${medium}`;
  throw new PhaseFailure(first, { code: 'NOT_CONNECTED', message });
}

/** Whether the cassette stands where it may be worked on by a module of the role. */
function standsAt(
  context: PhaseContext,
  able: readonly string[],
  tried: ReadonlySet<string>,
): boolean {
  const station = held(context, 'station');
  const module = deviceOf(station);
  return (
    station !== '' && held(context, 'at') === station && !tried.has(module) && able.includes(module)
  );
}

/**
 * Gets hold of a module that has the role, by nearness and skills, among those that are not tried
 * yet. A cassette in a module makes room when that takes long.
 */
export function* reserve(
  context: PhaseContext,
  role: string,
  tried: ReadonlySet<string> = new Set(),
): Task<void> {
  const reserved = held(context, 'reserved');
  const able = yield* suitable(context, role);
  const isGood = able.includes(deviceOf(reserved)) && !tried.has(deviceOf(reserved));
  if (isGood || standsAt(context, able, tried)) return;
  if (reserved !== '') yield* giveBack(context, 'reserved');
  const options = optionsOf(context, able, tried);
  let station = '';
  if (held(context, 'station') !== '') {
    station = yield* claimSoon(context, options, PATIENCE);
    if (station === '') yield* rest(context);
  }
  if (station === '') station = yield* claimOne(context, options, role);
  yield* context.setFact('reserved', station);
}

function optionsOf(
  context: PhaseContext,
  able: readonly string[],
  tried: ReadonlySet<string>,
): readonly Candidate[] {
  const { device, distance } = facilityOf(context.plant);
  const from = held(context, 'at');
  const untried = able.filter((id) => !tried.has(id));
  return (untried.length > 0 ? untried : able).map((id) => ({
    resource: `${id}.transfer`,
    cost: distance(from, id) + SKILL * device(id).commands.length,
  }));
}

/** Brings the cassette into a module that has the role, and tells which. */
export function* occupy(
  context: PhaseContext,
  role: string,
  tried: ReadonlySet<string> = new Set(),
): Task<string> {
  if (!standsAt(context, yield* suitable(context, role), tried)) {
    yield* reserve(context, role, tried);
    yield* moveTo(context, held(context, 'reserved'));
    yield* context.setFact('station', held(context, 'reserved'));
    yield* context.setFact('reserved', '');
  }
  const module = deviceOf(held(context, 'station'));
  yield* verify(context, module);
  return module;
}

/** Carries the cassette to a place that the batch has, and gives back where it stood. */
export function* moveTo(context: PhaseContext, place: string): Task<void> {
  if (held(context, 'at') === place) return;
  if (isInSlot(context)) yield* leaveSlot(context);
  else yield* unlink(context);
  yield* carry(context, held(context, 'at'), place);
  yield* context.setFact('at', place);
  yield* giveBack(context, 'station');
  yield* giveBack(context, 'slot');
}

/** Brings the cassette to where it may always wait. */
export function* rest(context: PhaseContext): Task<void> {
  yield* moveTo(context, held(context, 'berth'));
}

/**
 * Gets hold of a free cassette and of a place in which nobody else's will stand. With that place the
 * batch can make room wherever it is, so batches never wait for each other in a circle.
 */
export function* takeCassette(context: PhaseContext, cassettes: readonly string[]): Task<void> {
  const { device, restPlaces } = facilityOf(context.plant);
  const options = cassettes.map((id, cost) => ({ resource: `${id}.shell`, cost }));
  const cassette = deviceOf(yield* claimOne(context, options, 'a free cassette'));
  yield* context.setFact('cassette', cassette);
  const { home } = device(cassette);
  const homes = new Set(cassettes.map((id) => device(id).home));
  const berths = restPlaces.includes(home)
    ? [home]
    : restPlaces.filter((place) => !homes.has(place));
  const candidates = berths.map((resource, cost) => ({ resource, cost, regardless: true }));
  yield* context.setFact('berth', yield* claimOne(context, candidates, 'a place to wait'));
  yield* context.setFact('at', yield* readText(cassette, 'location'));
}

/** Gives the cassette back, which must stand at its berth. */
export function* giveCassetteBack(context: PhaseContext): Task<void> {
  const cassette = cassetteOf(context);
  yield* giveBack(context, 'berth');
  yield* release(`${cassette}.shell`);
  yield* context.setFact('cassette', '');
}
