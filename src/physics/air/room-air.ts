/** Density of air at 20 degC and 1013 hPa [kg/m3]. */
const AIR_DENSITY = 1.204;

/** Discharge coefficient of a gap around a door; 0.65 for sharp edges. */
const DISCHARGE = 0.65;

/**
 * Flow through an opening [m3/s]: Q = Cd A sqrt(2 dP / rho), signed like the pressure difference.
 *
 * @param area of the gap [m2]
 * @param pressureDifference [Pa]
 */
export function openingFlow(area: number, pressureDifference: number): number {
  const speed = Math.sqrt((2 * Math.abs(pressureDifference)) / AIR_DENSITY);
  return Math.sign(pressureDifference) * DISCHARGE * area * speed;
}

/** Air of a well-mixed room: particles brought in per second and cleaned away. */
export interface RoomSource {
  /** Air changes [1/s], filtered supply and clean. */
  readonly airChanges: number;
  /** Released in the room [1/s]. */
  readonly emission: number;
  /** [m3] */
  readonly volume: number;
}

/**
 * Particle concentration [1/m3] `seconds` after it was `start`: V dC/dt = G - n V C, so
 * C = G/(nV) + (C0 - G/(nV)) exp(-n t).
 */
export function particlesAfter(start: number, source: RoomSource, seconds: number): number {
  const { airChanges, emission, volume } = source;
  if (airChanges <= 0) return start + (emission * seconds) / volume;
  const steady = emission / (airChanges * volume);
  return steady + (start - steady) * Math.exp(-airChanges * seconds);
}

/** Time [s] in which a disturbance falls to 1/`factor`: ln(factor)/n. */
export function recoveryTime(airChanges: number, factor = 100): number {
  return Math.log(factor) / airChanges;
}
