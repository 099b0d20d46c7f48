import { ELECTROPORATION_PARAMETERS as E } from '../electroporation/parameters.ts';
import type { DonorTraits, GrowingLineage } from '../donors.ts';
import type { SolutionModel } from '../solver/partly-stiff.ts';
import { AMMONIUM_PER_GLUTAMINE, DEAD, LACTATE_PER_GLUCOSE, LIVING, S } from '../species.ts';
import { LINEAGES, sumOf } from '../populations.ts';
import { createConditions, type Conditions } from './conditions.ts';
import { NK_CELL_PARAMETERS as N, T_CELL_PARAMETERS as P } from './lymphocyte-parameters.ts';
import { OXYGEN_AT_AIR_SATURATION } from './parameters.ts';
import { thermalOf, type Thermal } from './thermal.ts';
import { neutralise } from './trypsin.ts';
import { presentUnknowns, SPECIES_OF, U, UNKNOWN_COUNT, unknownsOf } from './unknowns.ts';

/** Conditions around a culture, constant over a trajectory. SI. */
export interface CultureEnvironment {
  readonly ambientTemperature: number;
  readonly heatTransfer: number;
  readonly jacket?: { readonly temperature: number; readonly conductance: number };
  readonly gas?: GasExchange;
  /** For adherent cells [m2]. */
  readonly surface?: number;
}

/** Gas about a culture: mixed to hold set-points of the liquid, or of fixed composition. SI. */
export type GasExchange = { readonly kLa: number; readonly pressure: number } & (
  | {
      readonly oxygenSetpoint: number;
      readonly phSetpoint: number;
      readonly oxygenFraction?: never;
      readonly co2Fraction?: never;
    }
  | {
      readonly oxygenFraction: number;
      readonly co2Fraction: number;
      readonly oxygenSetpoint?: never;
      readonly phSetpoint?: never;
    }
);

/** What is constant along a culture's trajectory. */
export interface CultureModel extends SolutionModel, Thermal {
  readonly donor: DonorTraits;
  readonly environment: CultureEnvironment;
  /** All species at the start, after trypsin has met its inhibitors. */
  readonly start: Float64Array;
  /** Which kinds of cells take part. */
  readonly has: Readonly<Record<GrowingLineage, boolean>>;
  readonly volume: number;
  /** Share of the genes on their way that stay, 0..1. */
  readonly genesKept: number;
  /** Active trypsin [mol]. */
  readonly trypsin: number;
  /** DMSO [mol/m3]. */
  readonly dmso: number;
  /** Lactate that there is when all glucose is used up [mol]; ammonium likewise. */
  readonly mostLactate: number;
  readonly mostAmmonium: number;
  /** Net strong ions of other origin [mol/m3]. */
  readonly strongIons: number;
  /** Of the latest evaluation of the rates. */
  readonly conditions: Conditions;
}

/** Sets up the equations of a closed vessel. */
export function createCultureModel(
  donor: DonorTraits,
  environment: CultureEnvironment,
  amounts: Float64Array,
  temperature: number,
): CultureModel {
  const start = amounts.slice();
  neutralise(start);
  const of = (species: number): number => start[species] as number;
  const volume = of(S.volume);
  const mostLactate = of(S.lactate) + LACTATE_PER_GLUCOSE * of(S.glucose);
  const mostAmmonium = of(S.ammonium) + AMMONIUM_PER_GLUTAMINE * of(S.glutamine);
  const present = presentUnknowns(unknownsOf(start));
  return {
    donor,
    environment,
    start,
    has: {
      t: present.includes(U.tResting),
      nk: present.includes(U.nkResting),
      msc: present.includes(U.mscSuspended),
    },
    volume,
    genesKept: Math.min(1, E.integration.value * transferOf(donor, start)),
    trypsin: of(S.trypsin),
    dmso: of(S.dmso) / volume,
    mostLactate,
    mostAmmonium,
    strongIons: of(S.strongIons) / volume,
    ...thermalOf(environment, volume, temperature),
    present,
    tolerance: tolerancesOf(start),
    floor: FLOOR,
    conditions: createConditions(),
  };
}

/** Gene transfer of the kind that most of the cells are. */
function transferOf(donor: DonorTraits, amounts: Float64Array): number {
  const nk = sumOf(amounts, LINEAGES.nk.living);
  return nk > sumOf(amounts, LINEAGES.t.living) ? donor.nk.transfer : donor.t.transfer;
}

/** What the disappearance of a species adds to others. */
const PRODUCTS = [
  { from: S.glucose, to: S.glucoseUsed, yield: 1 },
  { from: S.glucose, to: S.lactate, yield: LACTATE_PER_GLUCOSE },
  { from: S.glutamine, to: S.glutamineUsed, yield: 1 },
  { from: S.glutamine, to: S.ammonium, yield: AMMONIUM_PER_GLUTAMINE },
  { from: S.il2, to: S.il2Used, yield: 1 },
  { from: S.il15, to: S.il15Used, yield: 1 },
  { from: S.vector, to: S.vectorGone, yield: 1 },
  { from: S.plasmid, to: S.plasmidGone, yield: 1 },
];

/** All species that belong to the unknowns `y`, into `out`; keeps every conserved combination. */
export function expandInto(out: Float64Array, { start }: CultureModel, y: Float64Array): void {
  out.set(start);
  for (let i = 0; i < UNKNOWN_COUNT; i++) out[SPECIES_OF[i] as number] = y[i] as number;
  for (const { from, to, yield: share } of PRODUCTS) {
    const gone = (start[from] as number) - (out[from] as number);
    out[to] = (start[to] as number) + share * gone;
  }
}

/** Relative error that a step may make; a cell count tells a hundredth at best. */
export const RELATIVE_TOLERANCE = 3e-5;

/** Populations are as exact as if they were at least this share of all cells. */
const SMALLEST_SHARE = 0.1;

/**
 * Error that a step may make beside the relative one. Of dissolved matter, a thousandth of what matters:
 * air saturation and half-saturations; of inorganic carbon, what moves pH by 0.001. Of vector, a
 * thousandth per cell.
 */
function tolerancesOf(amounts: Float64Array): Float64Array {
  const of = (species: number): number => amounts[species] as number;
  const volume = of(S.volume);
  const cells = sumOf(amounts, LIVING) + sumOf(amounts, DEAD);
  const share = RELATIVE_TOLERANCE * SMALLEST_SHARE;
  const tolerance = new Float64Array(UNKNOWN_COUNT).fill(share * cells + LEAST_COUNT);
  tolerance[U.oxygen] = 1e-3 * OXYGEN_AT_AIR_SATURATION * volume;
  tolerance[U.inorganicCarbon] = 2e-3 * volume;
  tolerance[U.glucose] = 1e-3 * P.glucoseHalfSaturation.value * volume;
  tolerance[U.glutamine] = 1e-3 * P.glutamineHalfSaturation.value * volume;
  tolerance[U.il2] = 1e-3 * P.il2HalfSaturation.value * 1e6 * volume;
  tolerance[U.il15] = 1e-3 * N.il15HalfSaturation.value * 1e-6 * volume;
  tolerance[U.vector] = 1e-3 * cells + share * of(S.vector) + LEAST_COUNT;
  tolerance[U.vectorHits] = 1e-4 * cells + LEAST_COUNT;
  tolerance[U.nkVectorHits] = 1e-4 * cells + LEAST_COUNT;
  tolerance[U.plasmid] = 1e-3 * E.dnaHalfSaturation.value * 1e-3 * volume;
  return tolerance;
}

/** Count of cells, IU or TU that is as good as none. */
const LEAST_COUNT = 1;

/** How far below zero amounts may fall: next to nothing [mol, kg], or less than one cell, IU or TU. */
const FLOOR = new Float64Array(UNKNOWN_COUNT).fill(1);
for (const i of [U.oxygen, U.inorganicCarbon, U.glucose, U.glutamine]) FLOOR[i] = 1e-10;
FLOOR[U.plasmid] = 1e-14;
FLOOR[U.il15] = 1e-16;
