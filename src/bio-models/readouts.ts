import { CAR, LINEAGES, sumOf, type LineageName } from './populations.ts';
import { CONFLUENT_DENSITY } from './culture/stromal-parameters.ts';
import { ATTACHED, DEAD, LIVING, S } from './species.ts';
import { CO2_SOLUBILITY, dissolvedCo2, hydrogenOf, phOf } from './culture/acid-base.ts';
import { OXYGEN_AT_AIR_SATURATION } from './culture/parameters.ts';

/** Living nucleated cells. */
export function livingCells(amounts: Float64Array): number {
  return sumOf(amounts, LIVING);
}

/** Dead nucleated cells that have not burst. */
export function deadCells(amounts: Float64Array): number {
  return sumOf(amounts, DEAD);
}

/** Living cells that are attached to the vessel. */
export function attachedCells(amounts: Float64Array): number {
  return sumOf(amounts, ATTACHED);
}

/**
 * Share of a surface that attached cells cover, 0..1; 0 without a surface.
 *
 * @param surface for adherent cells [m2]
 */
export function confluence(amounts: Float64Array, surface: number): number {
  return surface > 0 ? attachedCells(amounts) / (surface * CONFLUENT_DENSITY) : 0;
}

/** Living cells of one lineage. */
export function livingOf(amounts: Float64Array, lineage: LineageName): number {
  return sumOf(amounts, LINEAGES[lineage].living);
}

/** Living T cells. */
export function livingTCells(amounts: Float64Array): number {
  return livingOf(amounts, 't');
}

/** Share of a lineage among the living cells, 0..1; 0 when there are none. */
export function purity(amounts: Float64Array, lineage: LineageName): number {
  const living = livingCells(amounts);
  return living > 0 ? livingOf(amounts, lineage) / living : 0;
}

/** Living over all nucleated cells, 0..1; 1 when there are none. */
export function viability(amounts: Float64Array): number {
  const living = livingCells(amounts);
  const dead = deadCells(amounts);
  return living + dead > 0 ? living / (living + dead) : 1;
}

/** Living cells that carry the receptor. */
export function carCells(amounts: Float64Array): number {
  return sumOf(amounts, CAR);
}

/** Share of living T and NK cells that carry the receptor, 0..1. */
export function carPositive(amounts: Float64Array): number {
  const receptive = livingOf(amounts, 't') + livingOf(amounts, 'nk');
  return receptive > 0 ? carCells(amounts) / receptive : 0;
}

function suspendedCells(amounts: Float64Array): number {
  return livingCells(amounts) - attachedCells(amounts);
}

/** Amount per volume, SI; 0 in an empty vessel. */
export function concentration(amounts: Float64Array, species: number): number {
  const volume = amounts[S.volume] ?? 0;
  return volume > 0 ? (amounts[species] ?? 0) / volume : 0;
}

/** Living suspended cells per volume [1/m3]. */
export function livingDensity(amounts: Float64Array): number {
  const volume = amounts[S.volume] ?? 0;
  return volume > 0 ? suspendedCells(amounts) / volume : 0;
}

/** pH of a vessel's contents by charge balance; 7 when empty. */
export function ph(amounts: Float64Array): number {
  if ((amounts[S.volume] ?? 0) <= 0) return 7;
  return phOf(netStrongIons(amounts), concentration(amounts, S.inorganicCarbon));
}

/** Strong-ion difference with lactate and ammonium counted [mol/m3]. */
function netStrongIons(amounts: Float64Array): number {
  return (
    concentration(amounts, S.strongIons) -
    concentration(amounts, S.lactate) +
    concentration(amounts, S.ammonium)
  );
}

/** CO2 fraction of a gas at normal pressure that keeps a vessel's contents as they are, 0 when empty. */
export function equilibriumCo2(amounts: Float64Array): number {
  if ((amounts[S.volume] ?? 0) <= 0) return 0;
  const carbon = concentration(amounts, S.inorganicCarbon);
  const dissolved = dissolvedCo2(hydrogenOf(netStrongIons(amounts), carbon), carbon);
  return dissolved / (CO2_SOLUBILITY * 101_325);
}

/** Dissolved oxygen as a fraction of air saturation at 37 degC. */
export function dissolvedOxygen(amounts: Float64Array): number {
  return concentration(amounts, S.oxygen) / OXYGEN_AT_AIR_SATURATION;
}

/** Cloudiness for views, 0 clear to 1: saturates around 20e6 cells/ml; erythrocytes count a tenth. */
export function turbidity(amounts: Float64Array): number {
  const volume = amounts[S.volume] ?? 0;
  if (volume <= 0) return 0;
  const cells = suspendedCells(amounts) + deadCells(amounts) + 0.1 * (amounts[S.erythrocytes] ?? 0);
  return 1 - Math.exp(-cells / volume / 8e12);
}
