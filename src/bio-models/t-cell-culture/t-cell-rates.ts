import { ELECTROPORATION_PARAMETERS as E } from '../electroporation/parameters.ts';
import type { CultureModel } from './culture-model.ts';
import { T_CELL_PARAMETERS as P } from './parameters.ts';
import { U } from './unknowns.ts';

const HOUR = 3600;
const growthMaximum = P.growthMaximum.value / HOUR;
const stimulusHalf = P.stimulusHalfSaturation.value;
const stimulusDecay = 1 / (P.stimulusDecayTime.value * 24 * HOUR);
const stageRate = 4 / (P.activationLag.value * HOUR);
const densityMaximum = P.densityMaximum.value * 1e6;
const il2Half = P.il2HalfSaturation.value * 1e6;
const engagement = P.beadEngagement.value / HOUR;
const unresponsive = 1 - P.responsive.value;
const lysis = P.lysis.value / HOUR;
const vectorEfficiency = P.vectorEfficiency.value;
const dispersion = P.copyDispersion.value;
const expression = 1 / (E.expressionTime.value * HOUR);
const integrationRate = 1 / (E.integrationTime.value * HOUR);

/** Oxygen that each T cell takes up when there is plenty, stimulated and at rest [mol/s]. */
export const OXYGEN_STIMULATED = P.oxygenUptakeActive.value * 1e-18;
export const OXYGEN_RESTING = P.oxygenUptakeResting.value * 1e-18;

/**
 * Rates of the T cells, at the latest conditions; growth is mu = mu_max S/(K_S+S) f_IL2 f_density times
 * what all cells share.
 */
export function addTCells(model: CultureModel, y: Float64Array, out: Float64Array): void {
  const { volume, donor, conditions } = model;
  const { warm, able, death, il2, living } = conditions;
  const resting = y[U.tResting] as number;
  const lag1 = y[U.tLag1] as number;
  const lag2 = y[U.tLag2] as number;
  const lag3 = y[U.tLag3] as number;
  const lag4 = y[U.tLag4] as number;
  const naive = y[U.tActive] as number;
  const car = y[U.tActiveCar] as number;
  const tDead = y[U.tDead] as number;
  const stimulus = y[U.stimulus] as number;
  const active = naive + car;
  const stimulated = lag1 + lag2 + lag3 + lag4 + active;
  const tCells = resting + stimulated;

  const crowd = stimulated / volume / (densityMaximum * donor.density);
  const signal = stimulated > 0 ? stimulus / stimulated : 0;
  const mu =
    (growthMaximum *
      donor.growth *
      able *
      conditions.growth *
      Math.max(0, 1 - crowd * crowd) *
      signal *
      il2) /
    ((stimulusHalf + signal) * (il2Half + il2));
  const born = mu * active;

  // Beads engage resting cells, as long as some are left that can respond.
  const receptive = Math.max(0, resting - unresponsive * tCells);
  const engaged = tCells > 0 ? (engagement * warm * model.beads * receptive) / tCells : 0;
  const step = (stageRate / donor.lag) * warm * able;
  out[U.tResting] = -engaged - death * resting;
  out[U.tLag1] = engaged - (step + death) * lag1;
  out[U.tLag2] = step * lag1 - (step + death) * lag2;
  out[U.tLag3] = step * lag2 - (step + death) * lag3;
  out[U.tLag4] = step * lag3 - (step + death) * lag4;

  // Cells differ in how easily they are hit: those left without a copy are the hard ones.
  const hitRate = vectorEfficiency * donor.transfer * conditions.vectorPerCell;
  const vectorHits = y[U.vectorHits] as number;
  const copies = active > 0 ? Math.max(0, vectorHits / active) : 0;
  const converted = (naive * hitRate) / (1 + copies / dispersion);
  out[U.vectorHits] = hitRate * active + (mu - death) * vectorHits;

  // Genes on their way sit in cells without the receptor; dividing cells come to show it.
  const pending = y[U.transposonPending] as number;
  const integrated = y[U.transposonIntegrated] as number;
  const without = living - car;
  const dividingShare = without > 0 ? naive / without : 0;
  const integrating = integrationRate * warm * pending;
  const shown = expression * warm * integrated * dividingShare;
  const copying = mu * dividingShare - death;
  out[U.transposonPending] = copying * pending - integrating;
  out[U.transposonIntegrated] = copying * integrated + model.genesKept * integrating - shown;

  out[U.tActive] = (mu - death) * naive + step * lag4 - converted - shown;
  out[U.tActiveCar] = (mu - death) * car + converted + shown;
  out[U.tDead] = death * tCells - lysis * tDead;

  // The signal fades in dividing cells; those in their lag keep it.
  const dividing = stimulated > 0 ? active / stimulated : 0;
  out[U.stimulus] = engaged + stimulus * (mu * dividing - death - stimulusDecay * warm * dividing);

  conditions.born += born;
  conditions.oxygenDemand += warm * (OXYGEN_STIMULATED * stimulated + OXYGEN_RESTING * resting);
}
