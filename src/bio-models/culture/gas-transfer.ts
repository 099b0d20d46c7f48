import { AMMONIUM_PER_GLUTAMINE, LACTATE_PER_GLUCOSE } from '../species.ts';
import {
  carbonateSlopes,
  CO2_SOLUBILITY,
  dissolvedCo2,
  type CarbonateSlopes,
} from './acid-base.ts';
import type { CultureModel } from './culture-model.ts';
import { OXYGEN_AT_AIR_SATURATION } from './parameters.ts';
import { U, UNKNOWN_COUNT } from './unknowns.ts';

const AIR_OXYGEN = 0.2095;
/** Gains of the gas mixer: O2 fraction per fraction of air saturation, CO2 fraction per pH; assumed. */
const OXYGEN_GAIN = 1;
const CO2_GAIN = 0.4;
const CO2_BASE = 0.05;
const CO2_MOST = 0.2;
/** Gas exchange of CO2 relative to oxygen; assumed. */
const CO2_TRANSFER = 0.9;

/** Adds what the gas brings in and takes away to the rates of oxygen and inorganic carbon. */
export function addGasTransfer(
  { environment: { gas }, volume, conditions }: CultureModel,
  out: Float64Array,
): void {
  if (gas === undefined) return;
  const { oxygen, carbon, hydrogen, ph } = conditions;
  const fraction =
    gas.oxygenFraction ?? Math.min(1, Math.max(0, wantedOxygen(gas.oxygenSetpoint, oxygen)));
  const equilibrium = (OXYGEN_AT_AIR_SATURATION * fraction) / AIR_OXYGEN;
  const co2Fraction =
    gas.co2Fraction ?? Math.min(CO2_MOST, Math.max(0, wantedCo2(gas.phSetpoint, ph)));
  const co2 = CO2_SOLUBILITY * co2Fraction * gas.pressure;
  const transfer = gas.kLa * volume;
  out[U.oxygen] = (out[U.oxygen] as number) + transfer * (equilibrium - oxygen);
  out[U.inorganicCarbon] =
    (out[U.inorganicCarbon] as number) +
    CO2_TRANSFER * transfer * (co2 - dissolvedCo2(hydrogen, carbon));
}

/** Fractions of the gas that the mixer would set if it could. */
function wantedOxygen(setpoint: number, oxygen: number): number {
  return AIR_OXYGEN * setpoint + OXYGEN_GAIN * (setpoint - oxygen / OXYGEN_AT_AIR_SATURATION);
}

function wantedCo2(setpoint: number, ph: number): number {
  return CO2_BASE + CO2_GAIN * (ph - setpoint);
}

/** Where the row of inorganic carbon begins in the Jacobian; that of oxygen begins at 0. */
export const CARBON_ROW = UNKNOWN_COUNT;

const slopes: CarbonateSlopes = { hydrogenBySid: 0, hydrogenByTic: 0, co2BySid: 0, co2ByTic: 0 };

/** Adds the gas to the Jacobian's rows of oxygen and inorganic carbon, at the latest conditions. */
export function addGasSlopes(
  { environment: { gas }, conditions }: CultureModel,
  rows: Float64Array,
): void {
  if (gas === undefined) return;
  const { oxygen, carbon, hydrogen, ph } = conditions;
  const wanted =
    gas.oxygenSetpoint === undefined ? undefined : wantedOxygen(gas.oxygenSetpoint, oxygen);
  const isMixing = wanted !== undefined && wanted > 0 && wanted < 1;
  const oxygenControl = isMixing ? OXYGEN_GAIN / AIR_OXYGEN : 0;
  rows[U.oxygen] = (rows[U.oxygen] as number) - gas.kLa * (1 + oxygenControl);

  carbonateSlopes(hydrogen, carbon, slopes);
  const co2 = gas.phSetpoint === undefined ? 0 : wantedCo2(gas.phSetpoint, ph);
  // pH falls by 1 / ln 10 per ln h.
  const byHydrogen =
    co2 > 0 && co2 < CO2_MOST ? (-CO2_SOLUBILITY * CO2_GAIN * gas.pressure) / Math.LN10 : 0;
  const transfer = CO2_TRANSFER * gas.kLa;
  const bySid = transfer * (byHydrogen * slopes.hydrogenBySid - slopes.co2BySid);
  const byTic = transfer * (byHydrogen * slopes.hydrogenByTic - slopes.co2ByTic);
  rows[CARBON_ROW + U.inorganicCarbon] = byTic;
  // Each glucose that is left is that much lactate less, each glutamine that much ammonium.
  rows[CARBON_ROW + U.glucose] = bySid * LACTATE_PER_GLUCOSE;
  rows[CARBON_ROW + U.glutamine] = -bySid * AMMONIUM_PER_GLUTAMINE;
}
