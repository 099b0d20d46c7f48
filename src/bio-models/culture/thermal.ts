import type { CultureEnvironment } from './culture-model.ts';

/** Volumetric heat of dilute aqueous solutions [J/(m3 K)], water (CRC Handbook). */
const VOLUMETRIC_HEAT = 4.15e6;
/** Water that stores as much heat as the wall of an almost empty vessel [m3]; assumed. */
const WALL_VOLUME = 20e-6;

/** How a vessel's temperature relaxes. */
export interface Thermal {
  /** Temperature to which the vessel tends and what it is off at the start [K], and the rate [1/s]. */
  readonly settledTemperature: number;
  readonly temperatureOffset: number;
  readonly temperatureRate: number;
}

/** Relaxation of a vessel with `volume` [m3] from `temperature` [K] in constant surroundings. */
export function thermalOf(
  { ambientTemperature, heatTransfer, jacket }: CultureEnvironment,
  volume: number,
  temperature: number,
): Thermal {
  const conductance = heatTransfer + (jacket?.conductance ?? 0);
  const pull =
    heatTransfer * ambientTemperature +
    (jacket === undefined ? 0 : jacket.conductance * jacket.temperature);
  const settledTemperature = conductance > 0 ? pull / conductance : temperature;
  return {
    settledTemperature,
    temperatureOffset: temperature - settledTemperature,
    temperatureRate: conductance / (VOLUMETRIC_HEAT * Math.max(volume, WALL_VOLUME)),
  };
}

/** Temperature [K] `t` seconds after the start: it relaxes exponentially. */
export function temperatureAt(thermal: Thermal, t: number): number {
  const { settledTemperature, temperatureOffset, temperatureRate } = thermal;
  return temperatureOffset === 0
    ? settledTemperature
    : settledTemperature + temperatureOffset * Math.exp(-temperatureRate * t);
}
