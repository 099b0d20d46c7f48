import type { CultureModel } from './culture-model.ts';
import { mediumGrowth, mediumNeeds } from './growth-factors.ts';
import { CULTURE_PARAMETERS } from './parameters.ts';
import { CONFLUENT_DENSITY, STROMAL_PARAMETERS as P } from './stromal-parameters.ts';
import { U } from './unknowns.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const needs = mediumNeeds(P);
const growthMaximum = P.growthMaximum.value / HOUR;
const attachment = P.attachment.value / HOUR;
const spreading = 1 / (P.spreadingTime.value * HOUR);
const suspendedDeath = P.suspendedDeath.value / HOUR;
const detachment = P.detachment.value / HOUR;
const trypsinDeath = P.trypsinDeath.value / HOUR;
const trypsinHalf = P.trypsinHalfSaturation.value * 1e-3;
const glucoseUptake = (P.glucoseUptake.value * 1e-12) / DAY;
const glutaminePerCell = 1e-3 / P.cellsPerGlutamine.value;
const lysis = CULTURE_PARAMETERS.lysis.value / HOUR;

/** Oxygen that each stromal cell takes up when there is plenty [mol/s]. */
export const OXYGEN_STROMAL = (P.oxygenUptake.value * 1e-15) / HOUR;

/** Slope of the enzyme's activity: doubles in ten kelvins; assumed. */
const ENZYME_SLOPE = Math.LN2 / 10;
const BODY = 310.15;

/**
 * Rates of stromal cells, at the latest conditions. Suspended cells attach where the surface is free,
 * spread, and divide with mu = mu_max f_medium (1 - X/C) up to the surface's capacity C; trypsin
 * detaches and harms them. Active trypsin is constant along a trajectory.
 */
export function addStromalCells(model: CultureModel, y: Float64Array, out: Float64Array): void {
  const { volume, conditions } = model;
  const { warm, able, death, temperature } = conditions;
  const traits = model.donor.msc;
  const suspended = y[U.mscSuspended] as number;
  const lagging = y[U.mscSpreading] as number;
  const attached = y[U.mscAttached] as number;

  const capacity = (model.environment.surface ?? 0) * CONFLUENT_DENSITY * traits.density;
  const free = capacity > 0 ? Math.max(0, 1 - (lagging + attached) / capacity) : 0;
  const enzyme = model.trypsin / volume;
  const cut =
    enzyme > 0
      ? (enzyme / (trypsinHalf + enzyme)) * Math.exp(ENZYME_SLOPE * (temperature - BODY))
      : 0;
  const attaching = attachment * warm * free * (trypsinHalf / (trypsinHalf + enzyme)) * suspended;
  const detaching = detachment * cut;
  const maturing = (spreading / traits.lag) * warm * able;
  const mu = growthMaximum * traits.growth * able * free * mediumGrowth(needs, conditions);
  const born = mu * attached;
  const adrift = suspendedDeath * warm + trypsinDeath * cut;

  out[U.mscSuspended] = detaching * (lagging + attached) - attaching - (death + adrift) * suspended;
  out[U.mscSpreading] = attaching - (maturing + detaching + death) * lagging;
  out[U.mscAttached] = maturing * lagging + (mu - detaching - death) * attached;
  const dead = y[U.mscDead] as number;
  const cells = suspended + lagging + attached;
  out[U.mscDead] = death * cells + adrift * suspended - lysis * dead;

  conditions.born += born;
  conditions.lysed += lysis * dead;
  conditions.lost += adrift * suspended;
  conditions.glucoseUse += glucoseUptake * cells * conditions.glycolysis;
  conditions.glutamineUse += glutaminePerCell * born;
}
