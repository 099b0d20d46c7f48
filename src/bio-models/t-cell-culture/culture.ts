import { ELECTROPORATION_PARAMETERS as E } from '../electroporation/parameters.ts';
import { takeStep, interpolate, type OdeProblem, type OdeStep } from '../solver/dormand-prince.ts';
import {
  AMMONIUM_PER_GLUTAMINE,
  isLiving,
  LACTATE_PER_GLUCOSE,
  S,
  SPECIES_COUNT,
} from '../species.ts';
import { CO2_SOLUBILITY, dissolvedCo2, phOf } from './acid-base.ts';
import { T_CELL_PARAMETERS as P, type DonorTraits } from './parameters.ts';

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

const HOUR = 3600;
const ZERO_CELSIUS = 273.15;
/** Volumetric heat of dilute aqueous solutions [J/(m3 K)], water (CRC Handbook). */
const VOLUMETRIC_HEAT = 4.15e6;
/** Water that stores as much heat as the wall of an almost empty vessel [m3]; assumed. */
const WALL_VOLUME = 20e-6;
/** Oxygen in air-saturated medium at 37 degC [mol/m3]; 6.5 to 6.7 mg/L. */
export const OXYGEN_AT_AIR_SATURATION = 0.205;
const AIR_OXYGEN = 0.2095;
/** Gains of the gas mixer: O2 fraction per fraction of air saturation, CO2 fraction per pH; assumed. */
const OXYGEN_GAIN = 1;
const CO2_GAIN = 0.4;
const CO2_BASE = 0.05;
const CO2_MOST = 0.2;
/** Gas exchange of CO2 relative to oxygen; assumed. */
const CO2_TRANSFER = 0.9;
/** DMSO of a 10 % v/v solution [mol/m3]. */
const DMSO_TEN_PERCENT = 1408;

const TEMPERATURE = SPECIES_COUNT;
const growthMaximum = P.growthMaximum.value / HOUR;
const stimulusDecay = 1 / (P.stimulusDecayTime.value * 24 * HOUR);
const stageRate = 4 / (P.activationLag.value * HOUR);
const densityMaximum = P.densityMaximum.value * 1e6;
const il2Half = P.il2HalfSaturation.value * 1e6;
const il2Loss = Math.LN2 / (P.il2HalfLife.value * 24 * HOUR);
const engagement = P.beadEngagement.value / HOUR;
const unresponsive = 1 - P.responsive.value;
const injury = 1 / (P.cryoInjuryTime.value * HOUR);
const electroInjury = 1 / (E.injuryTime.value * HOUR);
const electroRecovery = 1 / (E.recoveryTime.value * HOUR);
const integrationRate = 1 / (E.integrationTime.value * HOUR);
const expression = 1 / (E.expressionTime.value * HOUR);
const plasmidDecay = Math.LN2 / (E.plasmidHalfLife.value * HOUR);
/** Doubles in ten kelvins; assumed. */
const injurySlope = Math.LN2 / 10;
const lysis = P.lysis.value / HOUR;
const glucosePerCell = 1e-3 / P.cellsPerGlucose.value;
const glutaminePerCell = 1e-3 / P.cellsPerGlutamine.value;
const glucoseMaintenance = (P.glucoseMaintenance.value * 1e-3) / HOUR;
const oxygenActive = P.oxygenUptakeActive.value * 1e-18;
const oxygenResting = P.oxygenUptakeResting.value * 1e-18;
const vectorDecay = Math.LN2 / (P.vectorHalfLife.value * HOUR);
const vectorAdsorption = (P.vectorAdsorption.value * 1e-6) / HOUR;
const dispersion = P.copyDispersion.value;
const dmsoCold = P.dmsoToxicityCold.value / HOUR;
const dmsoSlope = Math.log(P.dmsoToxicityHot.value / P.dmsoToxicityCold.value) / 33;
const holdCold = P.deathHoldCold.value / HOUR;
const holdSlope = Math.log(P.deathHoldWarm.value / P.deathHoldCold.value) / 16;

/**
 * Cardinal temperature model with inflection (Rosso et al. 1993, J. Theor. Biol. 162, 447).
 * @param celsius [degC]; returns 0..1
 */
export function temperatureFactor(celsius: number): number {
  const low = P.temperatureMinimum.value;
  const best = P.temperatureOptimum.value;
  const high = P.temperatureMaximum.value;
  if (celsius <= low || celsius >= high) return 0;
  const above = celsius - low;
  const span = best - low;
  return (
    ((celsius - high) * above * above) /
    (span * (span * (celsius - best) - (best - high) * (best + low - 2 * celsius)))
  );
}

/** Cardinal pH model (Rosso et al. 1995, Appl. Environ. Microbiol. 61, 610); returns 0..1. */
export function phFactor(ph: number): number {
  const low = P.phMinimum.value;
  const best = P.phOptimum.value;
  const high = P.phMaximum.value;
  if (ph <= low || ph >= high) return 0;
  const product = (ph - low) * (ph - high);
  return product / (product - (ph - best) ** 2);
}

/** Strong-ion difference with lactate and ammonium counted [mol/m3]. */
export function netStrongIons(y: Float64Array): number {
  return (at(y, S.strongIons) - at(y, S.lactate) + at(y, S.ammonium)) / at(y, S.volume);
}

function at(y: Float64Array, species: number): number {
  return y[species] as number;
}

/**
 * Rates of change of a closed vessel: species amounts, then temperature [K]. Time in seconds.
 * State and parameters as in `parameters.ts`; growth is
 * mu = mu_max S/(K_S+S) f_T f_pH f_O2 f_IL2 f_density Monod(glucose) Monod(glutamine) / inhibitions.
 */
export function cultureRates(
  donor: DonorTraits,
  environment: CultureEnvironment,
): (t: number, y: Float64Array, out: Float64Array) => void {
  const { jacket, gas } = environment;
  const stage = stageRate / donor.lag;
  const kept = Math.min(1, E.integration.value * donor.transfer);

  return (_t, y, out) => {
    out.fill(0);
    const volume = at(y, S.volume);
    const kelvin = y[TEMPERATURE] as number;
    const celsius = kelvin - ZERO_CELSIUS;
    const heat =
      environment.heatTransfer * (environment.ambientTemperature - kelvin) +
      (jacket === undefined ? 0 : jacket.conductance * (jacket.temperature - kelvin));
    out[TEMPERATURE] = heat / (VOLUMETRIC_HEAT * Math.max(volume, WALL_VOLUME));

    const lag1 = at(y, S.tLag1);
    const lag2 = at(y, S.tLag2);
    const lag3 = at(y, S.tLag3);
    const lag4 = at(y, S.tLag4);
    const naive = at(y, S.tActive);
    const car = at(y, S.tActiveCar);
    const resting = at(y, S.tResting);
    const active = naive + car;
    const lagging = lag1 + lag2 + lag3 + lag4;
    const stimulated = lagging + active;
    const living = resting + stimulated + at(y, S.otherLive);

    const glucose = Math.max(0, at(y, S.glucose) / volume);
    const glutamine = Math.max(0, at(y, S.glutamine) / volume);
    const lactate = Math.max(0, at(y, S.lactate) / volume);
    const ammonium = Math.max(0, at(y, S.ammonium) / volume);
    const il2 = Math.max(0, at(y, S.il2) / volume);
    const carbon = Math.max(0, at(y, S.inorganicCarbon) / volume);
    const oxygen = Math.max(0, at(y, S.oxygen) / volume);
    const saturation = (100 * oxygen) / OXYGEN_AT_AIR_SATURATION;
    const ph = phOf(netStrongIons(y), carbon);

    const fGlucose = glucose / (P.glucoseHalfSaturation.value + glucose);
    const fGlutamine = glutamine / (P.glutamineHalfSaturation.value + glutamine);
    const fTemperature = temperatureFactor(celsius);
    const fOxygen =
      saturation /
      (P.oxygenHalfSaturation.value + saturation) /
      (1 + (saturation / P.oxygenInhibition.value) ** 2);
    const crowd = stimulated / volume / (densityMaximum * donor.density);
    const fDensity = Math.max(0, 1 - crowd * crowd);
    const signal = stimulated > 0 ? at(y, S.stimulus) / stimulated : 0;
    const shocked = at(y, S.electroShocked);
    // Of pulsed cells, those divide that have made two independent repairs.
    const able = living > 0 ? Math.max(0, 1 - shocked / living) ** 2 : 1;
    const mu =
      (growthMaximum *
        donor.growth *
        able *
        signal *
        fTemperature *
        phFactor(ph) *
        fOxygen *
        fGlucose *
        fGlutamine *
        fDensity *
        (il2 / (il2Half + il2)) *
        (P.ammoniumInhibition.value / (P.ammoniumInhibition.value + ammonium)) *
        (P.lactateInhibition.value / (P.lactateInhibition.value + lactate))) /
      (P.stimulusHalfSaturation.value + signal);

    const warm = fTemperature / (fTemperature + 0.01);
    const hold = holdCold * Math.exp(holdSlope * (Math.min(celsius, 25) - 4));
    const dmso = at(y, S.dmso) / volume / DMSO_TEN_PERCENT;
    const starved = 1 / (1 + Math.exp(30 * 0.18 * (glucose - P.starvationGlucose.value)));
    const acid = 1 / (1 + Math.exp(12 * (ph - 6.4)));
    const ownDeath =
      warm *
        (P.deathCulture.value / HOUR +
          (P.deathStarved.value / HOUR) * starved +
          (P.deathAcid.value / HOUR) * acid) +
      (1 - warm) * hold +
      dmsoCold * Math.exp(dmsoSlope * (celsius - 4)) * dmso * dmso;
    const delayed = Math.exp(injurySlope * (celsius - 37));
    const thawed = at(y, S.cryoInjured);
    const thawedDeath = injury * delayed * thawed;
    const pulsed = at(y, S.electroInjured);
    const pulsedDeath = electroInjury * delayed * pulsed;
    const death = ownDeath + (living > 0 ? (thawedDeath + pulsedDeath) / living : 0);
    out[S.cryoInjured] = -ownDeath * thawed - thawedDeath;
    out[S.electroInjured] = -ownDeath * pulsed - pulsedDeath;
    out[S.electroShocked] = -(death + electroRecovery * warm) * shocked;

    const step = stage * warm * able;
    // Beads engage resting cells, as long as some are left that can respond.
    const tCells = resting + stimulated;
    const receptive = Math.max(0, resting - unresponsive * tCells);
    const engaged =
      tCells > 0 ? (engagement * warm * at(y, S.activationBeads) * receptive) / tCells : 0;
    out[S.tResting] = -engaged - death * resting;
    out[S.tLag1] = engaged - (step + death) * lag1;
    out[S.tLag2] = step * lag1 - (step + death) * lag2;
    out[S.tLag3] = step * lag2 - (step + death) * lag3;
    out[S.tLag4] = step * lag3 - (step + death) * lag4;
    out[S.otherLive] = -death * at(y, S.otherLive);

    const vector = at(y, S.vector);
    const adsorbed = vectorAdsorption * (living / volume) * vector * warm;
    const hits =
      living > 0 ? (P.vectorEfficiency.value * donor.transfer * adsorbed * active) / living : 0;
    const copies = active > 0 ? at(y, S.vectorHits) / active : 0;
    const converted = active > 0 ? (1 + copies / dispersion) ** (-dispersion - 1) * hits : 0;
    // Genes on their way sit in cells without the receptor; dividing cells come to show it.
    const pending = at(y, S.transposonPending);
    const integrated = at(y, S.transposonIntegrated);
    const without = living - car;
    const integrating = integrationRate * warm * pending;
    const dividingShare = without > 0 ? naive / without : 0;
    const shown = expression * warm * integrated * dividingShare;
    const copying = mu * dividingShare - death;
    out[S.transposonPending] = copying * pending - integrating;
    out[S.transposonIntegrated] = copying * integrated + kept * integrating - shown;
    out[S.plasmid] = -plasmidDecay * warm * at(y, S.plasmid);
    out[S.plasmidGone] = -(out[S.plasmid] as number);
    out[S.tActive] = (mu - death) * naive + step * lag4 - converted - shown;
    out[S.tActiveCar] = (mu - death) * car + converted + shown;
    out[S.vectorHits] = hits + (mu - death) * at(y, S.vectorHits);
    out[S.vector] = -adsorbed - vectorDecay * vector;
    out[S.vectorGone] = adsorbed + vectorDecay * vector;

    const born = mu * active;
    // The signal fades in dividing cells; those in their lag keep it.
    const dividing = stimulated > 0 ? active / stimulated : 0;
    out[S.stimulus] =
      engaged +
      at(y, S.stimulus) *
        ((stimulated > 0 ? born / stimulated : 0) - death - stimulusDecay * warm * dividing);
    const tDead = at(y, S.tDead);
    const otherDead = at(y, S.otherDead);
    out[S.tDead] = death * (resting + stimulated) - lysis * tDead;
    out[S.otherDead] = death * at(y, S.otherLive) - lysis * otherDead;
    out[S.cellsLysed] = lysis * (tDead + otherDead);
    out[S.cellsBorn] = born;

    // Glycolysis stops in acid.
    const metabolism = (warm * fGlucose) / (1 + Math.exp(20 * (6.45 - ph)));
    const glucoseUse = glucosePerCell * born + glucoseMaintenance * living * metabolism;
    const glutamineUse = glutaminePerCell * born;
    out[S.glucose] = -glucoseUse;
    out[S.glucoseUsed] = glucoseUse;
    out[S.lactate] = LACTATE_PER_GLUCOSE * glucoseUse;
    out[S.glutamine] = -glutamineUse;
    out[S.glutamineUsed] = glutamineUse;
    out[S.ammonium] = AMMONIUM_PER_GLUTAMINE * glutamineUse;
    out[S.il2] = -il2Loss * warm * at(y, S.il2);
    out[S.il2Used] = -(out[S.il2] as number);

    const respiration =
      (oxygenActive * stimulated + oxygenResting * (living - stimulated)) *
      warm *
      (oxygen / (0.005 + oxygen));
    out[S.oxygen] = -respiration;
    out[S.inorganicCarbon] = respiration;
    if (gas !== undefined) {
      const wanted =
        AIR_OXYGEN * gas.oxygenSetpoint + OXYGEN_GAIN * (gas.oxygenSetpoint - saturation / 100);
      const oxygenFraction = Math.min(1, Math.max(0, wanted));
      const equilibrium = (OXYGEN_AT_AIR_SATURATION * oxygenFraction) / AIR_OXYGEN;
      out[S.oxygen] = (out[S.oxygen] as number) + gas.kLa * volume * (equilibrium - oxygen);
      const co2Wanted = CO2_BASE + CO2_GAIN * (ph - gas.phSetpoint);
      const co2Fraction = Math.min(CO2_MOST, Math.max(0, co2Wanted));
      const co2 = CO2_SOLUBILITY * co2Fraction * gas.pressure;
      out[S.inorganicCarbon] =
        (out[S.inorganicCarbon] as number) +
        CO2_TRANSFER * gas.kLa * volume * (co2 - dissolvedCo2(ph, carbon));
    }
  };
}

/** Absolute tolerance per species: a thousandth of what matters in a vessel, in its unit. */
const TOLERANCE = tolerances();

function tolerances(): Float64Array {
  const tolerance = new Float64Array(SPECIES_COUNT + 1);
  for (let s = 0; s < SPECIES_COUNT; s++) tolerance[s] = isLiving(s) ? 10 : 1e3;
  for (const s of [S.glucose, S.glutamine, S.lactate, S.ammonium, S.glucoseUsed, S.glutamineUsed]) {
    tolerance[s] = 1e-9;
  }
  for (const s of [S.inorganicCarbon, S.strongIons, S.dmso]) tolerance[s] = 1e-9;
  tolerance[S.oxygen] = 1e-10;
  tolerance[S.volume] = 1e-12;
  tolerance[S.protein] = 1e-9;
  tolerance[S.plasmid] = 1e-13;
  tolerance[S.plasmidGone] = 1e-13;
  tolerance[TEMPERATURE] = 1e-3;
  return tolerance;
}

/** Solution of a closed vessel's equations from its start, extended on demand. */
export interface CultureTrajectory {
  /** Amounts `elapsed` seconds after the start, into `out`; returns the temperature [K]. */
  at(elapsed: number, out: Float64Array): number;
}

/** Opens the trajectory of a vessel; the accepted steps depend on its start alone. */
export function beginCulture(
  donor: DonorTraits,
  environment: CultureEnvironment,
  amounts: Float64Array,
  temperature: number,
): CultureTrajectory {
  const problem: OdeProblem = {
    dimension: SPECIES_COUNT + 1,
    rates: cultureRates(donor, environment),
    relativeTolerance: 1e-6,
    absoluteTolerance: TOLERANCE,
    isPositive: (i) => i < SPECIES_COUNT && i !== S.strongIons,
    firstStep: 10,
    largestStep: 6 * HOUR,
  };
  const start = new Float64Array(SPECIES_COUNT + 1);
  start.set(amounts);
  start[TEMPERATURE] = temperature;
  let step: OdeStep | undefined;
  const scratch = new Float64Array(SPECIES_COUNT + 1);
  return {
    at: (elapsed, out) => {
      // Time mostly goes forward; a look back begins anew and finds the same steps.
      if (step === undefined || elapsed < step.t0) {
        step = takeStep(problem, 0, start, problem.firstStep);
      }
      while (step.t1 < elapsed) step = takeStep(problem, step.t1, step.y1, step.next);
      interpolate(step, elapsed, scratch);
      out.set(scratch.subarray(0, SPECIES_COUNT));
      return scratch[TEMPERATURE] as number;
    },
  };
}
