import { LONGEST_WANT, RETRY_PAUSE } from './patience.ts';
import { type Micros } from '../../../kernel/time.ts';
import type { PhaseContext } from '../../phase.ts';
import {
  type Candidate,
  now,
  PhaseFailure,
  perform,
  read,
  readNumber,
  readText,
  type Task,
  waitForChange,
  write,
} from '../../task.ts';
import { claimOne, claimSoon, giveBack } from './claiming.ts';
import { deviceOf } from '../../places.ts';
import { facilityOf } from './facility.ts';
import { cassetteOf, held, rounded, verify } from './holding.ts';
import { link, tellFailure } from './linking.ts';
import { atIncubator, isInSlot, slotNumber } from './slots.ts';
import { moveTo, PATIENCE, rest, suitable } from './stations.ts';

/** What a culture is kept at. */
export interface Culture {
  /** [Cel] */
  readonly temperature: number;
  /** Oxygen [% of air saturation]. */
  readonly oxygen: number;
}

/** Oxygen in air [%], by which saturation becomes a share of the gas. */
const AIR_OXYGEN = 0.2095;
/** Rocking of a cassette in its slot [rpm]. */
const AGITATION = 10;
const ATTEMPTS = 6;
/** A chamber that other cultures keep at something else counts as this far away [m]. */
const OTHER_CLIMATE = 100;

/** Puts the cassette into a slot, unless it is in one, joins it and starts its culture. */
export function* incubate(
  context: PhaseContext,
  culture: Culture,
  tried: Set<string> = new Set(),
): Task<void> {
  const incubators = yield* suitable(context, 'incubator');
  for (let attempt = 1; ; attempt++) {
    try {
      if (!isInSlot(context)) yield* enterSlot(context, culture, tried);
      const place = held(context, 'slot');
      const incubator = deviceOf(place);
      yield* setClimate(context, incubator, culture);
      const slot = slotNumber(place);
      yield* link(context, incubator, ['perfusion'], slot);
      yield* atIncubator(context, incubator, () =>
        perform(incubator, 'incubate', { slot, agitation: AGITATION }),
      );
      return;
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      yield* tellFailure(context, error, attempt >= ATTEMPTS ? 'fail' : 'elsewhere');
      if (attempt >= ATTEMPTS) throw error;
      if (isInSlot(context)) tried.add(deviceOf(held(context, 'slot')));
      if (incubators.every((id) => tried.has(id))) {
        tried.clear();
        yield* waitForChange(incubators, (yield* now()) + 2 * RETRY_PAUSE);
      }
      if (isInSlot(context)) yield* rest(context);
    }
  }
}

/**
 * Lets the culture go on until a time. When its incubator fails, the cassette is brought to another,
 * and the wait ends early: perfusion has to be decided on anew.
 */
export function* cultivate(context: PhaseContext, culture: Culture, until: Micros): Task<void> {
  for (let time = yield* now(); time < until; time = yield* now()) {
    const incubator = deviceOf(held(context, 'slot'));
    if (!(yield* isWorking(incubator))) return yield* moveOn(context, culture);
    yield* waitForChange([incubator], until);
  }
}

/** Does something with the culture, such as feeding; it may have to go elsewhere for that. */
export function* withCulture<T>(
  context: PhaseContext,
  culture: Culture,
  work: (incubator: string, slot: number) => Task<T>,
): Task<T> {
  const begin = yield* now();
  for (let attempt = 1; ; attempt++) {
    const place = held(context, 'slot');
    const incubator = deviceOf(place);
    try {
      return yield* atIncubator(context, incubator, () => work(incubator, slotNumber(place)));
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      const time = yield* now();
      const isLast = time - begin >= LONGEST_WANT;
      yield* tellFailure(context, error, isLast ? 'fail' : 'retry');
      if (isLast) throw error;
      // A culture can do without for a while; then another incubator may have what this one lacks.
      if (attempt % ATTEMPTS === 0 || !(yield* isWorking(incubator))) {
        yield* moveOn(context, culture);
      } else yield* waitForChange([incubator], time + RETRY_PAUSE);
    }
  }
}

function* moveOn(context: PhaseContext, culture: Culture): Task<void> {
  const incubator = deviceOf(held(context, 'slot'));
  yield* context.note(`the culture leaves ${incubator}, which does not do what is wanted`);
  const tried = new Set([incubator]);
  yield* enterSlot(context, culture, tried);
  yield* incubate(context, culture, tried);
}

function* isWorking(incubator: string): Task<boolean> {
  const [state, location] = yield* read(`${incubator}.state`, `${incubator}.location`);
  return state?.value !== 'broken' && location?.value !== '';
}

/** Gets hold of a slot and has the cassette stored in it. */
function* enterSlot(
  context: PhaseContext,
  culture: Culture,
  tried: ReadonlySet<string>,
): Task<void> {
  const options = yield* slotOptions(context, culture, tried);
  let slot = '';
  if (held(context, 'station') !== '') {
    slot = yield* claimSoon(context, options, PATIENCE);
    if (slot === '') yield* rest(context);
  }
  if (slot === '') slot = yield* claimOne(context, options, 'a slot to incubate in');
  yield* context.setFact('nextSlot', slot);
  const incubator = deviceOf(slot);
  const station = `${incubator}.transfer`;
  const claimed = yield* claimOne(context, [{ resource: station, cost: 0 }], station);
  yield* context.setFact('reserved', claimed);
  try {
    yield* moveTo(context, station);
    yield* context.setFact('station', station);
    yield* context.setFact('reserved', '');
    yield* verify(context, incubator);
    yield* store(context, incubator, slot);
  } catch (error) {
    yield* giveBack(context, 'nextSlot');
    yield* giveBack(context, 'reserved');
    throw error;
  }
  yield* context.setFact('at', slot);
  yield* context.setFact('slot', slot);
  yield* context.setFact('nextSlot', '');
  yield* giveBack(context, 'station');
}

/** Has the cassette stored; one that stays in the lift is taken out by hand. */
function* store(context: PhaseContext, incubator: string, place: string): Task<void> {
  const slot = slotNumber(place);
  try {
    yield* atIncubator(context, incubator, () => perform(incubator, 'store', { slot }));
  } catch (error) {
    if (!(error instanceof PhaseFailure)) throw error;
    const location = yield* readText(cassetteOf(context), 'location');
    if (location === place) return;
    if (location !== `${incubator}.transfer`) {
      yield* atIncubator(context, incubator, () => perform(incubator, 'releaseManually', { slot }));
    }
    throw error;
  }
}

/** Slots by nearness; chambers in which others keep another climate come last. */
function* slotOptions(
  context: PhaseContext,
  culture: Culture,
  tried: ReadonlySet<string>,
): Task<readonly Candidate[]> {
  const { device, distance } = facilityOf(context.plant);
  const all = yield* suitable(context, 'incubator');
  const untried = all.filter((id) => !tried.has(id));
  const incubators = untried.length > 0 ? untried : all;
  const wanted = climateOf(culture);
  const from = held(context, 'at');
  const options: Candidate[] = [];
  for (const id of incubators) {
    const isFit = yield* hasClimate(id, wanted);
    const far = distance(from, id) + (isFit || (yield* isEmpty(id)) ? 0 : OTHER_CLIMATE);
    for (const { name } of device(id).places) {
      if (name.startsWith('slot')) options.push({ resource: `${id}.${name}`, cost: far });
    }
  }
  return options;
}

type Climate = Readonly<Record<'temperatureSetpoint' | 'oxygenSetpoint', number>>;

function climateOf({ temperature, oxygen }: Culture): Climate {
  return {
    temperatureSetpoint: temperature,
    oxygenSetpoint: rounded(AIR_OXYGEN * oxygen, 1),
  };
}

function* hasClimate(incubator: string, wanted: Climate): Task<boolean> {
  for (const [name, value] of Object.entries(wanted)) {
    if (Math.abs((yield* readNumber(incubator, name)) - value) > 0.05) return false;
  }
  return true;
}

function* isEmpty(incubator: string): Task<boolean> {
  return (yield* readText(incubator, 'slots')).replaceAll(',', '') === '';
}

/** Sets the chamber to what the culture wants, unless others are in it. */
function* setClimate(context: PhaseContext, incubator: string, culture: Culture): Task<void> {
  const wanted = climateOf(culture);
  if (yield* hasClimate(incubator, wanted)) return;
  const slots = (yield* readText(incubator, 'slots')).split(',').filter((id) => id !== '');
  if (slots.some((id) => !id.startsWith(`${cassetteOf(context)}.`))) {
    return yield* context.note(`${incubator} keeps another climate for other cultures`);
  }
  for (const [name, value] of Object.entries(wanted)) yield* write(incubator, name, value);
}
