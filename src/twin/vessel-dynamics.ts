import type { Micros } from '../kernel/time.ts';
import type { VesselEnvironment } from '../device-emulators/definition/plant-port.ts';

/**
 * How the contents of an undisturbed vessel evolve. Implemented by the cell-culture model; a
 * trajectory is a pure function of its start, so it can be recomputed at any time.
 */
export interface VesselDynamics {
  readonly speciesCount: number;
  /** Whether a vessel with these amounts changes by itself, apart from its temperature. */
  isActive(amounts: Float64Array, environment: VesselEnvironment): boolean;
  /** Opens the trajectory from `amounts` and `temperature` [K] of cells that came from lot `donor`. */
  begin(
    amounts: Float64Array,
    temperature: number,
    environment: VesselEnvironment,
    donor: string,
  ): VesselTrajectory;
}

/** Solution of a vessel's equations on [0, infinity) seconds after its start, extended on demand. */
export interface VesselTrajectory {
  /** Amounts and temperature after `elapsed` seconds, into `out`; returns the temperature [K]. */
  at(elapsed: number, out: Float64Array): number;
  /** Temperature after `elapsed` seconds [K], as `at` returns it. */
  temperatureAt(elapsed: number): number;
}

/** Density times specific heat of dilute aqueous solutions at 37 degC [J/(m3 K)], water (CRC Handbook). */
export const VOLUMETRIC_HEAT = 4.15e6;

/** Temperature [K] after relaxing for `elapsed` ticks towards the environment's equilibrium. */
export function relaxedTemperature(
  start: number,
  volume: number,
  environment: VesselEnvironment,
  elapsed: Micros,
): number {
  const jacket = environment.jacket;
  const conductance = environment.heatTransfer + (jacket?.conductance ?? 0);
  if (conductance <= 0) return start;
  const pull =
    environment.heatTransfer * environment.ambientTemperature +
    (jacket === undefined ? 0 : jacket.conductance * jacket.temperature);
  const equilibrium = pull / conductance;
  if (volume <= 0) return equilibrium;
  const rate = conductance / (VOLUMETRIC_HEAT * volume);
  return equilibrium + (start - equilibrium) * Math.exp((-rate * elapsed) / 1e6);
}
