import { ELECTROPORATION_PARAMETERS as E } from '../electroporation/parameters.ts';
import { AMMONIUM_PER_GLUTAMINE, LACTATE_PER_GLUCOSE } from '../species.ts';
import { hydrogenOf } from './acid-base.ts';
import { temperatureAt, type CultureModel } from './culture-model.ts';
import { addGasSlopes, addGasTransfer, CARBON_ROW } from './gas-transfer.ts';
import { phFactor, temperatureFactor } from './growth-factors.ts';
import { OXYGEN_AT_AIR_SATURATION, T_CELL_PARAMETERS as P } from './parameters.ts';
import { addTCells, OXYGEN_RESTING, OXYGEN_STIMULATED } from './t-cell-rates.ts';
import { U } from './unknowns.ts';

const HOUR = 3600;
const ZERO_CELSIUS = 273.15;
/** DMSO of a 10 % v/v solution [mol/m3]. */
const DMSO_TEN_PERCENT = 1408;
/** Half-saturation of respiration [mol/m3]; assumed. */
const RESPIRATION_HALF = 0.005;
/** Slope of delayed death: doubles in ten kelvins; assumed. */
const DELAY_SLOPE = Math.LN2 / 10;

const glucoseHalf = P.glucoseHalfSaturation.value;
const glutamineHalf = P.glutamineHalfSaturation.value;
const ammoniumInhibition = P.ammoniumInhibition.value;
const lactateInhibition = P.lactateInhibition.value;
const oxygenHalf = P.oxygenHalfSaturation.value;
const oxygenInhibition = P.oxygenInhibition.value;
const il2Loss = Math.LN2 / (P.il2HalfLife.value * 24 * HOUR);
const injury = 1 / (P.cryoInjuryTime.value * HOUR);
const electroInjury = 1 / (E.injuryTime.value * HOUR);
const electroRecovery = 1 / (E.recoveryTime.value * HOUR);
const plasmidDecay = Math.LN2 / (E.plasmidHalfLife.value * HOUR);
const lysis = P.lysis.value / HOUR;
const deathCulture = P.deathCulture.value / HOUR;
const deathStarved = P.deathStarved.value / HOUR;
const deathAcid = P.deathAcid.value / HOUR;
const starvation = P.starvationGlucose.value;
const glucosePerCell = 1e-3 / P.cellsPerGlucose.value;
const glutaminePerCell = 1e-3 / P.cellsPerGlutamine.value;
const glucoseMaintenance = (P.glucoseMaintenance.value * 1e-3) / HOUR;
const vectorDecay = Math.LN2 / (P.vectorHalfLife.value * HOUR);
const vectorSlope = Math.log(P.vectorDecayQ10.value) / 10;
const vectorAdsorption = (P.vectorAdsorption.value * 1e-6) / HOUR;
const dmsoCold = P.dmsoToxicityCold.value / HOUR;
const dmsoSlope = Math.log(P.dmsoToxicityHot.value / P.dmsoToxicityCold.value) / 33;
const holdCold = P.deathHoldCold.value / HOUR;
const holdSlope = Math.log(P.deathHoldWarm.value / P.deathHoldCold.value) / 16;

/** Rates of change of the unknowns of a closed vessel [1/s]. */
export function cultureRates(
  model: CultureModel,
  t: number,
  y: Float64Array,
  out: Float64Array,
): void {
  const { conditions } = model;
  const kelvin = temperatureAt(model, t);
  if (kelvin !== conditions.temperature) followTemperature(model, kelvin);
  followMedium(model, y);
  followCells(model, y, out);
  addTCells(model, y, out);

  const { warm, living, death, born, oxygen, oxygenDemand, ph } = conditions;
  const otherLive = y[U.otherLive] as number;
  const otherDead = y[U.otherDead] as number;
  out[U.otherLive] = -death * otherLive;
  out[U.otherDead] = death * otherLive - lysis * otherDead;
  out[U.cellsBorn] = born;
  out[U.cellsLysed] = lysis * ((y[U.tDead] as number) + otherDead);

  // Glycolysis stops in acid.
  const metabolism = (warm * conditions.glucoseFactor) / (1 + Math.exp(20 * (6.45 - ph)));
  out[U.glucose] = -glucosePerCell * born - glucoseMaintenance * living * metabolism;
  out[U.glutamine] = -glutaminePerCell * born;
  out[U.il2] = -il2Loss * warm * (y[U.il2] as number);
  const vector = y[U.vector] as number;
  out[U.vector] = -conditions.vectorPerCell * living - conditions.vectorDecay * vector;
  out[U.plasmid] = -plasmidDecay * warm * (y[U.plasmid] as number);

  const respired =
    (oxygenDemand + warm * OXYGEN_RESTING * otherLive) * (oxygen / (RESPIRATION_HALF + oxygen));
  out[U.oxygen] = -respired;
  out[U.inorganicCarbon] = respired;
  addGasTransfer(model, out);
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

/** What the medium offers: growth is f_T f_pH f_O2 Monod(glucose) Monod(glutamine) / inhibitions. */
function followMedium(model: CultureModel, y: Float64Array): void {
  const { volume, conditions } = model;
  const glucoseAmount = y[U.glucose] as number;
  const glutamineAmount = y[U.glutamine] as number;
  const netLactate = (model.mostLactate - LACTATE_PER_GLUCOSE * glucoseAmount) / volume;
  const netAmmonium = (model.mostAmmonium - AMMONIUM_PER_GLUTAMINE * glutamineAmount) / volume;
  const glucose = Math.max(0, glucoseAmount / volume);
  const glutamine = Math.max(0, glutamineAmount / volume);
  const carbon = Math.max(0, (y[U.inorganicCarbon] as number) / volume);
  const oxygen = Math.max(0, (y[U.oxygen] as number) / volume);
  const hydrogen = hydrogenOf(model.strongIons - netLactate + netAmmonium, carbon);
  const ph = 3 - Math.log10(hydrogen);

  const saturation = (100 * oxygen) / OXYGEN_AT_AIR_SATURATION;
  const inhibited = saturation / oxygenInhibition;
  const fOxygen = saturation / ((oxygenHalf + saturation) * (1 + inhibited * inhibited));
  const fGlucose = glucose / (glucoseHalf + glucose);
  conditions.oxygen = oxygen;
  conditions.carbon = carbon;
  conditions.hydrogen = hydrogen;
  conditions.ph = ph;
  conditions.glucose = glucose;
  conditions.il2 = Math.max(0, (y[U.il2] as number) / volume);
  conditions.glucoseFactor = fGlucose;
  conditions.growth =
    (conditions.temperatureFactor *
      phFactor(ph) *
      fOxygen *
      fGlucose *
      glutamine *
      ammoniumInhibition *
      lactateInhibition) /
    ((glutamineHalf + glutamine) *
      (ammoniumInhibition + Math.max(0, netAmmonium)) *
      (lactateInhibition + Math.max(0, netLactate)));
}

/** What all living cells have in common: death, injuries, and the vector that they take up. */
function followCells(model: CultureModel, y: Float64Array, out: Float64Array): void {
  const { volume, conditions } = model;
  const { warm, delayed, glucose, ph } = conditions;
  const living = livingAmong(y);
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
  conditions.born = 0;
  conditions.oxygenDemand = 0;
}

function livingAmong(y: Float64Array): number {
  let living = y[U.otherLive] as number;
  for (let i = U.tResting; i <= U.tActiveCar; i++) living += y[i] as number;
  return living;
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
  const demand = oxygenDemand + warm * OXYGEN_RESTING * (y[U.otherLive] as number);
  set(U.oxygen, oxygen > 0 ? (demand * RESPIRATION_HALF) / (above * above * volume) : 0);
  const limited = warm * (oxygen / above);
  set(U.tResting, limited * OXYGEN_RESTING);
  set(U.otherLive, limited * OXYGEN_RESTING);
  for (let i = U.tLag1; i <= U.tActiveCar; i++) set(i, limited * OXYGEN_STIMULATED);
  addGasSlopes(model, rows);
}
