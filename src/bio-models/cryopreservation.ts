import { loseCells } from './populations.ts';
import { livingCells } from './readouts.ts';
import { S } from './species.ts';

/** One kelvin per minute [K/s]. */
const PER_MINUTE = 1 / 60;

/** Survival of cells frozen at an ideal rate; with the solution effect, 0.827 at 1 K/min. */
const BEST_SURVIVAL = 0.869;
/** Cooling rate [K/s] below which long exposure to concentrated solution kills; assumed. */
const SOLUTION_EFFECT_RATE = 0.05 * PER_MINUTE;
/** Cooling rate [K/s] at which 63 % of cells hold ice that slow warming lets grow; assumed. */
const INNER_ICE_RATE = 10 * PER_MINUTE;
const INNER_ICE_STEEPNESS = 3;
/** Cooling rate [K/s] at which inner ice kills however fast the warming; assumed. */
const LETHAL_ICE_RATE = 60 * PER_MINUTE;
/** Warming rate [K/s] above which inner ice melts before it grows; assumed between 6.2 and 45 K/min. */
const RECRYSTALLISATION_RATE = 15 * PER_MINUTE;

/**
 * Share of lost cells that burst; the others are seen as dead. From recovery 82.7 % of cells at
 * viability 97.4 %: 0.827/0.974 - 0.827 = 0.022 of the cells stay as dead, 0.151 are gone (PBMC;
 * values quoted in a study of storage hoods).
 */
const LYSED_SHARE = 0.87;

/**
 * Share of thawed cells that look alive and die within a day: viability falls from 97.4 to 94.3 %
 * overnight (same study), of which the culture's own death takes a part.
 */
const INJURED_SHARE = 0.02;

function innerIce(coolingRate: number): number {
  return 1 - Math.exp(-((coolingRate / INNER_ICE_RATE) ** INNER_ICE_STEEPNESS));
}

/**
 * Survival of controlled-rate freezing in 10 % DMSO, as an ideal thaw would show it. Two factors
 * (Mazur 1972): S = S0 exp(-k/B) exp(-(B/B_ice)^2), best between 1 and 10 K/min.
 *
 * @param coolingRate B, mean over the freezing range [K/s]
 */
export function freezingSurvival(coolingRate: number): number {
  const solution = Math.exp(-SOLUTION_EFFECT_RATE / coolingRate);
  return BEST_SURVIVAL * solution * Math.exp(-((coolingRate / LETHAL_ICE_RATE) ** 2));
}

/**
 * Survival of thawing: ice inside cells that were cooled fast grows when warming is slow. Made to the
 * rule of PMC6399228: cooled at 1 K/min or slower, warming at 1.6 to 113 K/min has no effect; cooled at
 * 10 K/min, cells are lost at 1.6 and 6.2 K/min and none at 45 and 113 K/min.
 *
 * @param coolingRate with which the cells were frozen [K/s]
 * @param warmingRate mean between -50 and -5 degC [K/s]
 */
export function thawingSurvival(coolingRate: number, warmingRate: number): number {
  const growth = Math.exp(-((warmingRate / RECRYSTALLISATION_RATE) ** 2));
  return 1 - innerIce(coolingRate) * growth;
}

/** Freezes contents: what an ideal thaw would find. */
export function freeze(amounts: Float64Array, coolingRate: number): void {
  loseCells(amounts, freezingSurvival(coolingRate), LYSED_SHARE);
}

/** Thaws contents: the loss that the warming adds, and cells that will die within a day. */
export function thaw(amounts: Float64Array, coolingRate: number, warmingRate: number): void {
  loseCells(amounts, thawingSurvival(coolingRate, warmingRate), LYSED_SHARE);
  amounts[S.cryoInjured] = INJURED_SHARE * livingCells(amounts);
}
