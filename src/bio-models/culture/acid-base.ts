/**
 * Carbonate chemistry at 37 degC by charge balance. SID is the strong-ion difference with lactate
 * and ammonium counted [mol/m3]; TIC total inorganic carbon [mol/m3].
 * SID + [H+] = [HCO3-] + 2 [CO3--] + [OH-]. Constants as in blood-gas practice: pK1' 6.1, pK2 10.2,
 * alpha 0.0307 mM/mmHg; pKw 13.6 at 37 degC.
 */
const K1 = 1000 * 10 ** -6.1;
const K2 = 1000 * 10 ** -10.2;
const KW = 1e6 * 10 ** -13.6;

/** Solubility of CO2 [mol/(m3 Pa)], 0.0307 mM/mmHg. */
export const CO2_SOLUBILITY = 0.0307 / 133.322;

/** pH between 2 and 12 of a solution with the given SID and TIC [mol/m3]. */
export function phOf(strongIonDifference: number, inorganicCarbon: number): number {
  return 3 - Math.log10(hydrogenOf(strongIonDifference, inorganicCarbon));
}

const LEAST = 1e-9;
const MOST = 10;

/** Hydrogen ions [mol/m3], 1e-9 to 10, of a solution with the given SID and TIC [mol/m3]. */
export function hydrogenOf(sid: number, tic: number): number {
  // Newton's method on ln h, kept inside a bracket; the excess falls with h.
  let low = LEAST;
  let high = MOST;
  let h = withoutWater(sid, tic);
  for (let i = 0; i < 80; i++) {
    if (!(h > low && h < high)) h = Math.sqrt(low * high);
    const value = excess(h, sid, tic);
    if (value > 0) low = h;
    else high = h;
    const step = value / slope(h, tic);
    h *= Math.exp(-step);
    if (Math.abs(step) < 1e-9) break;
  }
  return h;
}

/** Root of the charge balance without the ions of water, which is quadratic; NaN where there is none. */
function withoutWater(sid: number, tic: number): number {
  const b = K1 * (sid - tic);
  const c = K1 * K2 * (sid - 2 * tic);
  const root = Math.sqrt(b * b - 4 * sid * c);
  return b < 0 ? (root - b) / (2 * sid) : (-2 * c) / (root + b);
}

/** Derivative of the excess by ln h; negative. */
function slope(h: number, tic: number): number {
  const denominator = h * h + K1 * h + K1 * K2;
  const numerator = K1 * h + 2 * K1 * K2;
  const carbon =
    (tic * (K1 * denominator - numerator * (2 * h + K1))) / (denominator * denominator);
  return h * carbon - KW / h - h;
}

/** Anions less cations at hydrogen ion concentration `h` [mol/m3]; falls with h. */
function excess(h: number, sid: number, tic: number): number {
  const denominator = h * h + K1 * h + K1 * K2;
  return (tic * (K1 * h + 2 * K1 * K2)) / denominator + KW / h - h - sid;
}

/** Dissolved CO2 [mol/m3] among `tic`. */
export function dissolvedCo2(h: number, tic: number): number {
  return (tic * h * h) / (h * h + K1 * h + K1 * K2);
}

/** Derivatives of ln h and of dissolved CO2 at equilibrium. */
export interface CarbonateSlopes {
  hydrogenBySid: number;
  hydrogenByTic: number;
  co2BySid: number;
  co2ByTic: number;
}

/** Writes how ln h and dissolved CO2 follow SID and TIC at the balanced `h`, into `out`. */
export function carbonateSlopes(h: number, tic: number, out: CarbonateSlopes): void {
  const denominator = h * h + K1 * h + K1 * K2;
  const charge = (K1 * h + 2 * K1 * K2) / denominator;
  const free = (h * h) / denominator;
  const bySid = 1 / slope(h, tic);
  const byTic = -charge * bySid;
  out.hydrogenBySid = bySid;
  out.hydrogenByTic = byTic;
  // d free / d ln h = free * charge
  out.co2BySid = tic * free * charge * bySid;
  out.co2ByTic = free + tic * free * charge * byTic;
}

/** TIC [mol/m3] of a solution with this SID in equilibrium with a CO2 pressure [Pa]. */
export function equilibriumCarbon(strongIonDifference: number, co2Pressure: number): number {
  const co2 = CO2_SOLUBILITY * co2Pressure;
  let low = 0;
  let high = co2 + Math.max(0, strongIonDifference) + 100;
  for (let i = 0; i < 80; i++) {
    const mid = (low + high) / 2;
    if (dissolvedCo2(hydrogenOf(strongIonDifference, mid), mid) < co2) low = mid;
    else high = mid;
  }
  return (low + high) / 2;
}
