import { createIntegrator, solveTo } from '../../../../src/bio-models/solver/integrator.ts';
import {
  createCultureModel,
  expandInto,
  type CultureEnvironment,
} from '../../../../src/bio-models/culture/culture-model.ts';
import { cultureRates } from '../../../../src/bio-models/culture/culture-rates.ts';
import { temperatureAt } from '../../../../src/bio-models/culture/thermal.ts';
import type { DonorTraits } from '../../../../src/bio-models/donors.ts';
import { UNKNOWN_COUNT, unknownsOf } from '../../../../src/bio-models/culture/unknowns.ts';

/**
 * A culture's equations solved by the explicit method of order 5 with a tolerance at which its error does
 * not count: amounts after `elapsed` seconds, into `out`; returns the temperature [K].
 */
export function solveCultureTightly(
  donor: DonorTraits,
  environment: CultureEnvironment,
  amounts: Float64Array,
  temperature: number,
  elapsed: number,
  out: Float64Array,
): number {
  const model = createCultureModel(donor, environment, amounts, temperature);
  const integrator = createIntegrator(
    {
      dimension: UNKNOWN_COUNT,
      rates: (t, y, rates) => cultureRates(model, t, y, rates),
      relativeTolerance: 1e-9,
      absoluteTolerance: model.tolerance.map((tolerance) => tolerance * 1e-4),
      firstStep: 1,
      largestStep: 3600,
    },
    'explicit',
  );
  const start = integrator.begin(0, unknownsOf(amounts));
  expandInto(out, model, solveTo(integrator, start, elapsed));
  return temperatureAt(model, elapsed);
}
