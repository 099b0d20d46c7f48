import type { Micros } from '../kernel/time.ts';
import { freeze, thaw } from './cryopreservation.ts';

/** A frozen or freezing suspension as it was last looked at. Plain data. */
export interface Passage {
  /** [K] */
  readonly temperature: number;
  readonly since: Micros;
  /** When it came into the range that decides on survival, and when it left it; -1 before. */
  readonly entered: Micros;
  readonly left: Micros;
  /** Where it came in [K]: inside the range when it was there at the first look. */
  readonly start: number;
}

/** Temperatures [K] between which the rate of a change decides on survival, in its direction. */
interface CriticalRange {
  readonly first: number;
  readonly last: number;
}

/** Cooling from -5 to -40 degC. */
const FREEZING: CriticalRange = { first: 268.15, last: 233.15 };
/** Warming from -50 to -5 degC. */
const THAWING: CriticalRange = { first: 223.15, last: 268.15 };

/** Begins to watch a suspension. */
export function beginPassage(temperature: number, now: Micros): Passage {
  return { temperature, since: now, entered: -1, left: -1, start: temperature };
}

/** Looks again: straight between two looks. */
function look(
  passage: Passage,
  temperature: number,
  now: Micros,
  { first, last }: CriticalRange,
): Passage {
  const { temperature: before, since } = passage;
  const direction = Math.sign(last - first);
  const passed = (edge: number): Micros | undefined => {
    const crosses = direction * (edge - before) > 0 && direction * (temperature - edge) >= 0;
    if (!crosses) return undefined;
    const share = (temperature - edge) / (temperature - before);
    return Math.round(now - (now - since) * share);
  };
  const inside = direction * (before - first) > 0 && direction * (last - before) > 0;
  const entry = passed(first);
  const { entered, start } =
    entry !== undefined
      ? { entered: entry, start: first }
      : passage.entered < 0 && inside
        ? { entered: since, start: before }
        : passage;
  const left = passed(last);
  return {
    temperature,
    since: now,
    entered,
    left: left !== undefined && entered >= 0 ? left : passage.left,
    start,
  };
}

/** Mean rate [K/s] within the range; 0 when it has not been passed. */
function rateWithin({ entered, left, start }: Passage, { last }: CriticalRange): number {
  if (entered < 0 || left <= entered) return 0;
  return Math.abs(last - start) / ((left - entered) / 1e6);
}

/** Mean cooling rate from -5 to -40 degC [K/s]; 0 before. */
export function coolingRate(passage: Passage): number {
  return rateWithin(passage, FREEZING);
}

/** Mean warming rate from -50 to -5 degC [K/s]; 0 when it was not passed. */
export function warmingRate(passage: Passage): number {
  return rateWithin(passage, THAWING);
}

/** What a look finds: the passage so far, and what happens to the cells when its range has been left. */
export interface Look {
  readonly passage: Passage;
  /** Present once, at the end of the range. */
  readonly fate: ((amounts: Float64Array) => void) | undefined;
}

/** Looks at a suspension that is being frozen; cells meet their fate at -40 degC. */
export function lookAtFreezing(passage: Passage, temperature: number, now: Micros): Look {
  const next = look(passage, temperature, now, FREEZING);
  const rate = coolingRate(next);
  const done = next.left !== passage.left && rate > 0;
  return { passage: next, fate: done ? (amounts) => freeze(amounts, rate) : undefined };
}

/**
 * Looks at a suspension that is being thawed; cells meet their fate at -5 degC.
 *
 * @param frozenAt cooling rate with which it was frozen [K/s]
 */
export function lookAtThawing(
  passage: Passage,
  temperature: number,
  now: Micros,
  frozenAt: number,
): Look {
  const next = look(passage, temperature, now, THAWING);
  const rate = warmingRate(next);
  const done = next.left !== passage.left && rate > 0;
  return { passage: next, fate: done ? (amounts) => thaw(amounts, frozenAt, rate) : undefined };
}

/** Cooling rates [K/s] that preserve lymphocytes in 10 % DMSO: 0.3 to 3 K/min; assumed. */
const GOOD_RATES = [0.3 / 60, 3 / 60] as const;

/** Whether cells frozen at this rate [K/s] keep well. */
export function isGoodCoolingRate(rate: number): boolean {
  return rate >= GOOD_RATES[0] && rate <= GOOD_RATES[1];
}
