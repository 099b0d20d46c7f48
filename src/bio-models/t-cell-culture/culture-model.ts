import { ELECTROPORATION_PARAMETERS as E } from '../electroporation/parameters.ts';
import type { SolutionModel } from '../solver/partly-stiff.ts';
import { AMMONIUM_PER_GLUTAMINE, DEAD, LACTATE_PER_GLUCOSE, LIVING, S } from '../species.ts';
import { sumOf } from '../populations.ts';
import { createConditions, type Conditions } from './conditions.ts';
import {
  OXYGEN_AT_AIR_SATURATION,
  T_CELL_PARAMETERS as P,
  type DonorTraits,
} from './parameters.ts';
import { presentUnknowns, SPECIES_OF, U, UNKNOWN_COUNT, unknownsOf } from './unknowns.ts';

/** Conditions around a culture, constant over a trajectory. SI. */
export interface CultureEnvironment {
  readonly ambientTemperature: number;
  readonly heatTransfer: number;
  readonly jacket?: { readonly temperature: number; readonly conductance: number };
  readonly gas?: {
    readonly kLa: number;
    readonly oxygenSetpoint: number;
    readonly phSetpoint: number;
    readonly pressure: number;
  };
}

/** Volumetric heat of dilute aqueous solutions [J/(m3 K)], water (CRC Handbook). */
const VOLUMETRIC_HEAT = 4.15e6;
/** Water that stores as much heat as the wall of an almost empty vessel [m3]; assumed. */
const WALL_VOLUME = 20e-6;

/** What is constant along a culture's trajectory. */
export interface CultureModel extends SolutionModel {
  readonly donor: DonorTraits;
  readonly environment: CultureEnvironment;
  /** All species at the start. */
  readonly start: Float64Array;
  readonly volume: number;
  /** Share of the genes on their way that stay, 0..1. */
  readonly genesKept: number;
  /** Activation beads. */
  readonly beads: number;
  /** DMSO [mol/m3]. */
  readonly dmso: number;
  /** Lactate that there is when all glucose is used up [mol]; ammonium likewise. */
  readonly mostLactate: number;
  readonly mostAmmonium: number;
  /** Net strong ions of other origin [mol/m3]. */
  readonly strongIons: number;
  /** Temperature to which the vessel tends and what it is off at the start [K], and the rate [1/s]. */
  readonly settledTemperature: number;
  readonly temperatureOffset: number;
  readonly temperatureRate: number;
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
  const of = (species: number): number => amounts[species] as number;
  const volume = of(S.volume);
  const mostLactate = of(S.lactate) + LACTATE_PER_GLUCOSE * of(S.glucose);
  const mostAmmonium = of(S.ammonium) + AMMONIUM_PER_GLUTAMINE * of(S.glutamine);
  const { ambientTemperature, heatTransfer, jacket } = environment;
  const conductance = heatTransfer + (jacket?.conductance ?? 0);
  const pull =
    heatTransfer * ambientTemperature +
    (jacket === undefined ? 0 : jacket.conductance * jacket.temperature);
  const settledTemperature = conductance > 0 ? pull / conductance : temperature;
  return {
    donor,
    environment,
    start: amounts.slice(),
    volume,
    genesKept: Math.min(1, E.integration.value * donor.transfer),
    beads: of(S.activationBeads),
    dmso: of(S.dmso) / volume,
    mostLactate,
    mostAmmonium,
    strongIons: of(S.strongIons) / volume,
    settledTemperature,
    temperatureOffset: temperature - settledTemperature,
    temperatureRate: conductance / (VOLUMETRIC_HEAT * Math.max(volume, WALL_VOLUME)),
    present: presentUnknowns(unknownsOf(amounts)),
    tolerance: tolerancesOf(amounts),
    floor: FLOOR,
    conditions: createConditions(),
  };
}

/** Temperature [K] of the vessel `t` seconds after the start: it relaxes exponentially. */
export function temperatureAt(model: CultureModel, t: number): number {
  const { settledTemperature, temperatureOffset, temperatureRate } = model;
  return temperatureOffset === 0
    ? settledTemperature
    : settledTemperature + temperatureOffset * Math.exp(-temperatureRate * t);
}

/** What the disappearance of a species adds to others. */
const PRODUCTS = [
  { from: S.glucose, to: S.glucoseUsed, yield: 1 },
  { from: S.glucose, to: S.lactate, yield: LACTATE_PER_GLUCOSE },
  { from: S.glutamine, to: S.glutamineUsed, yield: 1 },
  { from: S.glutamine, to: S.ammonium, yield: AMMONIUM_PER_GLUTAMINE },
  { from: S.il2, to: S.il2Used, yield: 1 },
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
  tolerance[U.vector] = 1e-3 * cells + share * of(S.vector) + LEAST_COUNT;
  tolerance[U.vectorHits] = 1e-4 * cells + LEAST_COUNT;
  tolerance[U.plasmid] = 1e-3 * E.dnaHalfSaturation.value * 1e-3 * volume;
  return tolerance;
}

/** Count of cells, IU or TU that is as good as none. */
const LEAST_COUNT = 1;

/** How far below zero amounts may fall: next to nothing [mol, kg], or less than one cell, IU or TU. */
const FLOOR = new Float64Array(UNKNOWN_COUNT).fill(1);
for (const i of [U.oxygen, U.inorganicCarbon, U.glucose, U.glutamine]) FLOOR[i] = 1e-10;
FLOOR[U.plasmid] = 1e-14;
