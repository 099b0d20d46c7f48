import { attachedCells, carCells, concentration, livingCells, livingOf } from './readouts.ts';
import { S } from './species.ts';

/** A state in which cells wait, and how long they keep in it. */
export interface HoldingState {
  readonly name: string;
  /** Shelf life [s] up to 8 degC and above. */
  readonly cold: number;
  readonly warm: number;
}

const HOUR = 3600;

/**
 * Shelf lives of intermediates. All assumed: upper ends of the ranges in common use (post-thaw before
 * the wash 1 to 2 h; after wash or selection 2 to 4 h at room temperature, 24 h at 4 degC; product in
 * DMSO at room temperature 0.5 to 1 h). Stromal cells keep less long off their surface; in DMSO a bank
 * and a product of them look alike, so the shorter time holds.
 */
const THAWED: HoldingState = { name: 'thawed cells in DMSO', cold: 2 * HOUR, warm: 2 * HOUR };
const FORMULATED: HoldingState = { name: 'product in DMSO', cold: 2 * HOUR, warm: HOUR };
const STROMAL_IN_DMSO: HoldingState = {
  name: 'stromal cells in DMSO',
  cold: 2 * HOUR,
  warm: HOUR,
};
const STROMAL_AFLOAT: HoldingState = {
  name: 'stromal cells in suspension',
  cold: 12 * HOUR,
  warm: 2 * HOUR,
};
const WAITING: HoldingState = { name: 'cells out of culture', cold: 24 * HOUR, warm: 4 * HOUR };

/** DMSO from which cells suffer [mol/m3]: 1 % v/v. */
const HARMFUL_DMSO = 140;

const FREEZING = 273.15;
/** Lowest temperature of a culture [K]; cells below it wait. Assumed. */
const CULTURE = 303.15;

/** Highest temperature [K] of cold storage. */
export const COLD = 281.15;

/** Whether gassed cells are in culture at any temperature above freezing: not in DMSO. */
export function isCulture(amounts: Float64Array): boolean {
  return concentration(amounts, S.dmso) <= HARMFUL_DMSO;
}

/**
 * In which state the cells of a vessel wait; undefined when there are none, or when they are frozen or
 * in culture, where no shelf life runs.
 *
 * @param temperature [K]
 * @param gassed whether the vessel is supplied with gas as a culture is
 */
export function holdingState(
  amounts: Float64Array,
  temperature: number,
  gassed: boolean,
): HoldingState | undefined {
  const living = livingCells(amounts);
  if (living < 1 || temperature < FREEZING) return undefined;
  const isStromal = livingOf(amounts, 'msc') > living / 2;
  if (!isCulture(amounts)) {
    if (isStromal) return STROMAL_IN_DMSO;
    return carCells(amounts) > 0 ? FORMULATED : THAWED;
  }
  if (gassed || temperature > CULTURE) return undefined;
  return isStromal && attachedCells(amounts) < living / 2 ? STROMAL_AFLOAT : WAITING;
}
