import { ELECTROPORATION_PARAMETERS as E } from '../electroporation/parameters.ts';
import { AMMONIUM_PER_GLUTAMINE, LACTATE_PER_GLUCOSE } from '../species.ts';
import { hydrogenOf } from './acid-base.ts';
import type { CultureModel } from './culture-model.ts';
import { addGasSlopes, addGasTransfer, CARBON_ROW } from './gas-transfer.ts';
import { temperatureFactor } from './growth-factors.ts';
import { addLymphocytes, NK_CELLS, OXYGEN_RESTING, T_CELLS } from './lymphocyte-rates.ts';
import { CULTURE_PARAMETERS as P, OXYGEN_AT_AIR_SATURATION } from './parameters.ts';
import { addStromalCells, OXYGEN_STROMAL } from './stromal-rates.ts';
import { temperatureAt } from './thermal.ts';
import { LIVING_UNKNOWNS, U, UNKNOWN_COUNT } from './unknowns.ts';

const HOUR = 3600;
const ZERO_CELSIUS = 273.15;
/** DMSO of a 10 % v/v solution [mol/m3]. */
const DMSO_TEN_PERCENT = 1408;
/** Half-saturation of respiration [mol/m3]; assumed. */
const RESPIRATION_HALF = 0.005;
/** Slope of delayed death: doubles in ten kelvins; assumed. */
const DELAY_SLOPE = Math.LN2 / 10;

const uptakeHalf = P.uptakeHalfSaturation.value;
const il2Loss = Math.LN2 / (P.il2HalfLife.value * 24 * HOUR);
const il15Loss = Math.LN2 / (P.il15HalfLife.value * 24 * HOUR);
const injury = 1 / (P.cryoInjuryTime.value * HOUR);
const electroInjury = 1 / (E.injuryTime.value * HOUR);
const electroRecovery = 1 / (E.recoveryTime.value * HOUR);
const integrationRate = 1 / (E.integrationTime.value * HOUR);
const expression = 1 / (E.expressionTime.value * HOUR);
const plasmidDecay = Math.LN2 / (E.plasmidHalfLife.value * HOUR);
const lysis = P.lysis.value / HOUR;
const deathCulture = P.deathCulture.value / HOUR;
const deathStarved = P.deathStarved.value / HOUR;
const deathAcid = P.deathAcid.value / HOUR;
const starvation = P.starvationGlucose.value;
const glucoseMaintenance = (P.glucoseMaintenance.value * 1e-3) / HOUR;
const vectorDecay = Math.LN2 / (P.vectorHalfLife.value * HOUR);
const vectorSlope = Math.log(P.vectorDecayQ10.value) / 10;
const vectorAdsorption = (P.vectorAdsorption.value * 1e-6) / HOUR;
const dmsoCold = P.dmsoToxicityCold.value / HOUR;
const dmsoSlope = Math.log(P.dmsoToxicityHot.value / P.dmsoToxicityCold.value) / 33;
const holdCold = P.deathHoldCold.value / HOUR;
const holdSlope = Math.log(P.deathHoldWarm.value / P.deathHoldCold.value) / 16;

/** Oxygen that each cell takes up when there is plenty [mol/s], by unknown; 0 of what is no living cell. */
const OXYGEN_UPTAKE = new Float64Array(UNKNOWN_COUNT);
for (const kind of [T_CELLS, NK_CELLS]) {
  OXYGEN_UPTAKE[kind.resting] = OXYGEN_RESTING;
  for (const i of [...kind.lag, kind.naive, kind.car]) OXYGEN_UPTAKE[i] = kind.oxygenUptake;
}
for (const i of [U.mscSuspended, U.mscSpreading, U.mscAttached]) OXYGEN_UPTAKE[i] = OXYGEN_STROMAL;
OXYGEN_UPTAKE[U.otherLive] = OXYGEN_RESTING;

/** Rates of change of the unknowns of a closed vessel [1/s]; of those that are absent, anything. */
export function cultureRates(
  model: CultureModel,
  t: number,
  y: Float64Array,
  out: Float64Array,
): void {
  const { conditions, has } = model;
  const kelvin = temperatureAt(model, t);
  if (kelvin !== conditions.temperature) followTemperature(model, kelvin);
  followMedium(model, y);
  followCells(model, y, out);
  if (has.t) addLymphocytes(T_CELLS, model, y, out);
  if (has.nk) addLymphocytes(NK_CELLS, model, y, out);
  if (has.msc) addStromalCells(model, y, out);

  const { warm, living, death, oxygen, oxygenDemand } = conditions;
  const otherLive = y[U.otherLive] as number;
  const otherDead = y[U.otherDead] as number;
  out[U.otherLive] = -death * otherLive;
  out[U.otherDead] = death * otherLive - lysis * otherDead;
  out[U.cellsBorn] = conditions.born;
  out[U.cellsLysed] = conditions.lysed + lysis * otherDead;
  addGenes(model, y, out);
  if (conditions.lost > 0) {
    const rate = conditions.lost / living;
    for (const i of CARRIED_BY_ALL) out[i] = (out[i] as number) - rate * (y[i] as number);
  }

  const upkeep = glucoseMaintenance * otherLive * conditions.glycolysis;
  out[U.glucose] = -conditions.glucoseUse - upkeep;
  out[U.glutamine] = -conditions.glutamineUse;
  out[U.il2] = -il2Loss * warm * (y[U.il2] as number);
  out[U.il15] = -il15Loss * warm * (y[U.il15] as number);
  const vector = y[U.vector] as number;
  out[U.vector] = -conditions.vectorPerCell * living - conditions.vectorDecay * vector;
  out[U.plasmid] = -plasmidDecay * warm * (y[U.plasmid] as number);

  const respired = warm * oxygenDemand * (oxygen / (RESPIRATION_HALF + oxygen));
  out[U.oxygen] = -respired;
  out[U.inorganicCarbon] = respired;
  addGasTransfer(model, out);
}

/** Unknowns that cells of every kind carry. */
const CARRIED_BY_ALL = [
  U.cryoInjured,
  U.electroInjured,
  U.electroShocked,
  U.transposonPending,
  U.transposonIntegrated,
];

/** Genes on their way sit in cells without the receptor; dividing cells come to show it. */
function addGenes(model: CultureModel, y: Float64Array, out: Float64Array): void {
  const { warm, death, without, copied, shown } = model.conditions;
  const pending = y[U.transposonPending] as number;
  const integrating = integrationRate * warm * pending;
  const copying = (without > 0 ? copied / without : 0) - death;
  out[U.transposonPending] = copying * pending - integrating;
  out[U.transposonIntegrated] =
    copying * (y[U.transposonIntegrated] as number) + model.genesKept * integrating - shown;
}

/** Factors of the temperature alone. */
function followTemperature({ conditions, dmso }: CultureModel, kelvin: number): void {
  const celsius = kelvin - ZERO_CELSIUS;
  const factor = temperatureFactor(celsius);
  const warm = factor / (factor + 0.01);
  const tenths = dmso / DMSO_TEN_PERCENT;
  conditions.temperature = kelvin;
  conditions.temperatureFactor = factor;
  conditions.warm = warm;
  conditions.holdDeath = (1 - warm) * holdCold * Math.exp(holdSlope * (Math.min(celsius, 25) - 4));
  conditions.dmsoDeath = dmsoCold * Math.exp(dmsoSlope * (celsius - 4)) * tenths * tenths;
  conditions.delayed = Math.exp(DELAY_SLOPE * (celsius - 37));
  conditions.vectorDecay = vectorDecay * Math.exp(vectorSlope * (celsius - 37));
}

/** What the medium offers. */
function followMedium(model: CultureModel, y: Float64Array): void {
  const { volume, conditions } = model;
  const glucoseAmount = y[U.glucose] as number;
  const glutamineAmount = y[U.glutamine] as number;
  const netLactate = (model.mostLactate - LACTATE_PER_GLUCOSE * glucoseAmount) / volume;
  const netAmmonium = (model.mostAmmonium - AMMONIUM_PER_GLUTAMINE * glutamineAmount) / volume;
  const glucose = Math.max(0, glucoseAmount / volume);
  const carbon = Math.max(0, (y[U.inorganicCarbon] as number) / volume);
  const oxygen = Math.max(0, (y[U.oxygen] as number) / volume);
  const hydrogen = hydrogenOf(model.strongIons - netLactate + netAmmonium, carbon);
  const ph = 3 - Math.log10(hydrogen);
  conditions.oxygen = oxygen;
  conditions.airSaturation = (100 * oxygen) / OXYGEN_AT_AIR_SATURATION;
  conditions.carbon = carbon;
  conditions.hydrogen = hydrogen;
  conditions.ph = ph;
  conditions.glucose = glucose;
  conditions.glutamine = Math.max(0, glutamineAmount / volume);
  conditions.lactate = Math.max(0, netLactate);
  conditions.ammonium = Math.max(0, netAmmonium);
  conditions.il2 = Math.max(0, (y[U.il2] as number) / volume);
  conditions.il15 = Math.max(0, (y[U.il15] as number) / volume);
  // Glycolysis stops in acid.
  conditions.glycolysis =
    (conditions.warm * glucose) / (uptakeHalf + glucose) / (1 + Math.exp(20 * (6.45 - ph)));
}

/** What all living cells have in common: death, injuries, and the vector that they take up. */
function followCells(model: CultureModel, y: Float64Array, out: Float64Array): void {
  const { volume, conditions } = model;
  const { warm, delayed, glucose, ph } = conditions;
  let living = 0;
  let oxygenDemand = 0;
  for (const i of LIVING_UNKNOWNS) {
    const cells = y[i] as number;
    living += cells;
    oxygenDemand += cells * (OXYGEN_UPTAKE[i] as number);
  }
  const starved = 1 / (1 + Math.exp(30 * 0.18 * (glucose - starvation)));
  const acid = 1 / (1 + Math.exp(12 * (ph - 6.4)));
  const ownDeath =
    warm * (deathCulture + deathStarved * starved + deathAcid * acid) +
    conditions.holdDeath +
    conditions.dmsoDeath;
  const thawed = y[U.cryoInjured] as number;
  const pulsed = y[U.electroInjured] as number;
  const shocked = y[U.electroShocked] as number;
  const thawedDeath = injury * delayed * thawed;
  const pulsedDeath = electroInjury * delayed * pulsed;
  const death = ownDeath + (living > 0 ? (thawedDeath + pulsedDeath) / living : 0);
  out[U.cryoInjured] = -ownDeath * thawed - thawedDeath;
  out[U.electroInjured] = -ownDeath * pulsed - pulsedDeath;
  out[U.electroShocked] = -(death + electroRecovery * warm) * shocked;

  // Of pulsed cells, those divide that have made two independent repairs.
  const repaired = living > 0 ? Math.max(0, 1 - shocked / living) : 1;
  conditions.living = living;
  conditions.able = repaired * repaired;
  conditions.ownDeath = ownDeath;
  conditions.death = death;
  conditions.vectorPerCell = (vectorAdsorption / volume) * (y[U.vector] as number) * warm;
  conditions.oxygenDemand = oxygenDemand;
  const without = living - (y[U.tActiveCar] as number) - (y[U.nkActiveCar] as number);
  conditions.without = without;
  conditions.shownPerCell =
    without > 0 ? (expression * warm * (y[U.transposonIntegrated] as number)) / without : 0;
  conditions.born = 0;
  conditions.lysed = 0;
  conditions.lost = 0;
  conditions.copied = 0;
  conditions.shown = 0;
  conditions.glucoseUse = 0;
  conditions.glutamineUse = 0;
}

/** Rates, and the Jacobian's rows of dissolved oxygen and inorganic carbon. */
export function lineariseCulture(
  model: CultureModel,
  t: number,
  y: Float64Array,
  out: Float64Array,
  rows: Float64Array,
): void {
  cultureRates(model, t, y, out);
  rows.fill(0);
  const { volume, conditions } = model;
  const { warm, oxygen, oxygenDemand } = conditions;
  const above = RESPIRATION_HALF + oxygen;
  const set = (i: number, slope: number): void => {
    rows[i] = -slope;
    rows[CARBON_ROW + i] = slope;
  };
  const byOxygen = (warm * oxygenDemand * RESPIRATION_HALF) / (above * above * volume);
  set(U.oxygen, oxygen > 0 ? byOxygen : 0);
  const limited = warm * (oxygen / above);
  for (const i of LIVING_UNKNOWNS) set(i, limited * (OXYGEN_UPTAKE[i] as number));
  addGasSlopes(model, rows);
}
