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
  // Newton's method on x = ln h, kept inside a bracket; the excess falls with x.
  let low = Math.log(1e-9);
  let high = Math.log(10);
  const guess = (inorganicCarbon - strongIonDifference) / Math.max(1e-9, strongIonDifference);
  let x = guess > 1e-4 ? Math.log(K1 * guess) : (low + high) / 2;
  for (let i = 0; i < 80; i++) {
    if (!(x > low && x < high)) x = (low + high) / 2;
    const h = Math.exp(x);
    const value = excess(h, strongIonDifference, inorganicCarbon);
    if (value > 0) low = x;
    else high = x;
    const step = value / slope(h, inorganicCarbon);
    x -= step;
    if (Math.abs(step) < 1e-10) break;
  }
  return 3 - x / Math.LN10;
}

/** Derivative of the excess by ln h. */
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

/** Dissolved CO2 [mol/m3] at a pH. */
export function dissolvedCo2(ph: number, inorganicCarbon: number): number {
  const h = 1000 * 10 ** -ph;
  return (inorganicCarbon * h * h) / (h * h + K1 * h + K1 * K2);
}

/** TIC [mol/m3] of a solution with this SID in equilibrium with a CO2 pressure [Pa]. */
export function equilibriumCarbon(strongIonDifference: number, co2Pressure: number): number {
  const co2 = CO2_SOLUBILITY * co2Pressure;
  let low = 0;
  let high = co2 + Math.max(0, strongIonDifference) + 100;
  for (let i = 0; i < 80; i++) {
    const mid = (low + high) / 2;
    if (dissolvedCo2(phOf(strongIonDifference, mid), mid) < co2) low = mid;
    else high = mid;
  }
  return (low + high) / 2;
}
