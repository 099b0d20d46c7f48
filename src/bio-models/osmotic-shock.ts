import { loseCells } from './populations.ts';
import { concentration } from './readouts.ts';
import { S } from './species.ts';

/** How far cells are from the liquid around them while cryoprotectant is added or washed out. Plain data. */
export interface OsmoticState {
  /** Cryoprotectant inside, per isotonic water of a cell [mol/m3]. */
  readonly inside: number;
  /** Largest and smallest volume so far, relative to the isotonic one. */
  readonly largest: number;
  readonly smallest: number;
}

/** Salts of an isotonic solution [mol/m3]. */
const ISOTONIC = 300;
/** Share of a cell's volume that is no water; assumed, 0.35 to 0.45 for lymphocytes. */
const DRY_SHARE = 0.4;
/**
 * Water of a cell over the permeability of its surface to DMSO [s]: 0.7 um / 0.09 um/s for 7 um cells at
 * room temperature; assumed, permeability 0.01 to 0.3 um/s over mammalian cells.
 */
const PERMEATION_TIME = 8;
/** Volumes, relative to isotonic, between which none and beyond which all burst; assumed. */
const BURSTING = [1.5, 1.8] as const;
/** Volumes at which none and all are lost by shrinking; assumed. */
const SHRINKING = [0.5, 0.35] as const;
/** Steps in which a change of the liquid around is followed. */
const STEPS = 20;

/** Cells at rest in a liquid with DMSO at `outside` [mol/m3]. */
export function atOsmoticRest(outside: number): OsmoticState {
  // Water content is isotonic at rest, as DMSO has the same concentration on both sides.
  return { inside: outside, largest: 1, smallest: 1 };
}

/**
 * Follows cells while the DMSO around them changes straight from `before` to `after` [mol/m3]. Water
 * follows at once, v = (M + n) / (M + c), DMSO by dn/dt = (c - n/v) / tau, which is
 * (c - n) M / (M + n) / tau (two-parameter model of Kedem and Katchalsky 1958, water infinitely fast).
 *
 * @param seconds of the change; 0 for a sudden one
 */
export function followOsmosis(
  state: OsmoticState,
  before: number,
  after: number,
  seconds: number,
): OsmoticState {
  let { inside, largest, smallest } = state;
  const dt = seconds / STEPS;
  for (let i = 1; i <= STEPS; i++) {
    const outside = before + ((after - before) * i) / STEPS;
    const water = (ISOTONIC + inside) / (ISOTONIC + outside);
    const volume = DRY_SHARE + (1 - DRY_SHARE) * water;
    largest = Math.max(largest, volume);
    smallest = Math.min(smallest, volume);
    const rate = ISOTONIC / (ISOTONIC + inside) / PERMEATION_TIME;
    inside += (outside - inside) * (1 - Math.exp(-rate * dt));
  }
  return { inside, largest, smallest };
}

/** Share of the cells that live through what they have been through, 0..1. */
export function osmoticSurvival({ largest, smallest }: OsmoticState): number {
  const beyond = (value: number, [none, all]: readonly [number, number]): number =>
    Math.min(1, Math.max(0, (value - none) / (all - none)));
  return (1 - beyond(largest, BURSTING)) * (1 - beyond(smallest, SHRINKING));
}

/** DMSO around the cells [mol/m3]. */
function dmsoAround(amounts: Float64Array): number {
  return concentration(amounts, S.dmso);
}

/** Osmotic stress of cells as devices that pump apply it. */
export const OSMOTIC_STRESS = {
  begin: (amounts: Float64Array): OsmoticState => atOsmoticRest(dmsoAround(amounts)),
  follow: (state: OsmoticState, before: Float64Array, after: Float64Array, seconds: number) =>
    followOsmosis(state, dmsoAround(before), dmsoAround(after), seconds),
  survival: (from: OsmoticState, to: OsmoticState): number => {
    const before = osmoticSurvival(from);
    return before > 0 ? osmoticSurvival(to) / before : 1;
  },
  /** All that is lost bursts. */
  apply: (amounts: Float64Array, survival: number): void => loseCells(amounts, survival, 1),
} as const;
