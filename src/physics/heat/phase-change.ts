/** Specific heat of ice near -20 degC [J/(kg K)], CRC Handbook. */
const ICE_HEAT = 2_030;

/** Specific heat of water [J/(kg K)], CRC Handbook. */
const WATER_HEAT = 4_180;

/** Heat of fusion of water [J/kg], CRC Handbook. */
const FUSION_HEAT = 334_000;

/** Range over which a cell suspension with cryoprotectant melts, -10 to -1 degC [K]; assumed. */
const MELTING = { low: 263.15, high: 272.15 } as const;

/** Enthalpy above liquid at the upper end of melting [J/kg]; piecewise linear in temperature [K]. */
export function specificEnthalpy(temperature: number): number {
  const { low, high } = MELTING;
  if (temperature >= high) return WATER_HEAT * (temperature - high);
  if (temperature >= low) {
    return (temperature - high) * (WATER_HEAT + FUSION_HEAT / (high - low));
  }
  return -FUSION_HEAT - WATER_HEAT * (high - low) - ICE_HEAT * (low - temperature);
}

/** Temperature [K] of a specific enthalpy [J/kg]; inverse of {@link specificEnthalpy}. */
export function temperatureOf(enthalpy: number): number {
  const { low, high } = MELTING;
  if (enthalpy >= 0) return high + enthalpy / WATER_HEAT;
  const frozen = specificEnthalpy(low);
  if (enthalpy >= frozen) return high + enthalpy / (WATER_HEAT + FUSION_HEAT / (high - low));
  return low + (enthalpy - frozen) / ICE_HEAT;
}

/**
 * Temperature [K] of an aqueous suspension after `seconds` in surroundings of `ambient` [K]:
 * m dH/dt = UA (T_ambient - T(H)). Each range of constant heat capacity is solved exactly.
 *
 * @param conductance UA [W/K]
 * @param mass [kg]
 */
export function exchangeHeat(
  temperature: number,
  ambient: number,
  conductance: number,
  mass: number,
  seconds: number,
): number {
  if (mass <= 0 || conductance <= 0) return mass <= 0 ? ambient : temperature;
  let t = temperature;
  let left = seconds;
  // At most three ranges are crossed in one direction.
  for (let range = 0; range < 3 && left > 0; range++) {
    const warming = ambient > t;
    const { capacity, edge } = rangeOf(t, warming);
    const rate = conductance / (mass * capacity);
    const crosses = warming ? ambient > edge : ambient < edge;
    const toEdge = crosses ? Math.log((ambient - t) / (ambient - edge)) / rate : Infinity;
    if (toEdge >= left) return ambient + (t - ambient) * Math.exp(-rate * left);
    t = edge;
    left -= toEdge;
  }
  return t;
}

/** Heat capacity [J/(kg K)] at `t` and the end of its range [K] in the direction of change. */
function rangeOf(t: number, warming: boolean): { capacity: number; edge: number } {
  const { low, high } = MELTING;
  const melting = WATER_HEAT + FUSION_HEAT / (high - low);
  if (warming) {
    if (t < low) return { capacity: ICE_HEAT, edge: low };
    if (t < high) return { capacity: melting, edge: high };
    return { capacity: WATER_HEAT, edge: Infinity };
  }
  if (t > high) return { capacity: WATER_HEAT, edge: high };
  if (t > low) return { capacity: melting, edge: low };
  return { capacity: ICE_HEAT, edge: -Infinity };
}

/** Density times specific heat of dilute aqueous solutions [J/(m3 K)], water (CRC Handbook). */
const VOLUMETRIC_HEAT = 4.15e6;

/**
 * Surroundings that carry a liquid without phase change through the same temperatures in the next
 * `seconds` as a freezing or melting one sees behind `conductance` [W/K]. Vessel contents are modelled
 * as liquid; with this, held for one step, they freeze and thaw at the right pace.
 *
 * @param temperature now [K]
 * @param ambient of the plate or gas [K]
 * @param volume of the contents [m3]
 */
export function exposure(
  temperature: number,
  ambient: number,
  conductance: number,
  volume: number,
  seconds: number,
): { readonly ambientTemperature: number; readonly heatTransfer: number } {
  const heatTransfer = effectiveConductance(temperature, ambient, conductance, volume, seconds);
  return { ambientTemperature: ambient, heatTransfer };
}

function effectiveConductance(
  temperature: number,
  ambient: number,
  conductance: number,
  volume: number,
  seconds: number,
): number {
  const before = ambient - temperature;
  if (Math.abs(before) < 1e-6 || volume <= 0) return conductance;
  const mass = (VOLUMETRIC_HEAT * volume) / WATER_HEAT;
  const after = ambient - exchangeHeat(temperature, ambient, conductance, mass, seconds);
  const ratio = Math.max(before / after, 1);
  // Equilibrium within the step: ten time constants are as good as infinitely many.
  return ((VOLUMETRIC_HEAT * volume) / seconds) * Math.min(Math.log(ratio), 10);
}
