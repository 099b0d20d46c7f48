import { CARRIED_BY_ALL, sumOf } from '../populations.ts';
import { ATTACHED, LIVING, S } from '../species.ts';
import type { CultureTrajectory } from './culture.ts';
import type { CultureEnvironment } from './culture-model.ts';
import { STROMAL_PARAMETERS } from './stromal-parameters.ts';
import { temperatureAt, thermalOf } from './thermal.ts';

const dryingRate = 1 / (STROMAL_PARAMETERS.drying.value * 60);

/**
 * What becomes of attached cells in a vessel without liquid: they dry up and die, exponentially; all else
 * stays.
 * Amounts `elapsed` seconds after the start go into `out`; returns the temperature [K].
 */
export function createDryLayer(
  environment: CultureEnvironment,
  amounts: Float64Array,
  temperature: number,
): CultureTrajectory {
  const start = amounts.slice();
  const thermal = thermalOf(environment, 0, temperature);
  const attached = sumOf(start, ATTACHED);
  const share = attached / sumOf(start, LIVING);
  return {
    temperatureAt: (elapsed) => temperatureAt(thermal, elapsed),
    at: (elapsed, out) => {
      const gone = 1 - Math.exp(-dryingRate * elapsed);
      out.set(start);
      for (const species of ATTACHED) out[species] = (start[species] as number) * (1 - gone);
      for (const species of CARRIED_BY_ALL) {
        out[species] = (start[species] as number) * (1 - share * gone);
      }
      out[S.mscDead] = (start[S.mscDead] as number) + attached * gone;
      return temperatureAt(thermal, elapsed);
    },
  };
}
