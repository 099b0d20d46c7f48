import { S } from '../species.ts';
import { createPartlyStiffSolver, type PartlyStiffSolution } from '../solver/partly-stiff.ts';
import {
  createCultureModel,
  expandInto,
  RELATIVE_TOLERANCE,
  type CultureEnvironment,
  type CultureModel,
} from './culture-model.ts';
import { cultureRates, lineariseCulture } from './culture-rates.ts';
import type { DonorTraits } from '../donors.ts';
import { createDryLayer } from './dry-layer.ts';
import { temperatureAt } from './thermal.ts';
import { STIFF_COUNT, UNKNOWN_COUNT, unknownsOf } from './unknowns.ts';

/** Solution of a closed vessel's equations from its start, extended on demand. */
export interface CultureTrajectory {
  /** Amounts `elapsed` seconds after the start, into `out`; returns the temperature [K]. */
  at(elapsed: number, out: Float64Array): number;
  /** Temperature `elapsed` seconds after the start [K], as `at` returns it. */
  temperatureAt(elapsed: number): number;
}

const SOLVER = createPartlyStiffSolver<CultureModel>({
  dimension: UNKNOWN_COUNT,
  stiff: STIFF_COUNT,
  relativeTolerance: RELATIVE_TOLERANCE,
  largestStep: 6 * 3600,
  rates: cultureRates,
  linearise: lineariseCulture,
});

const unknowns = new Float64Array(UNKNOWN_COUNT);

/** Opens the trajectory of a vessel, with liquid or without; the accepted steps depend on its start alone. */
export function beginCulture(
  donor: DonorTraits,
  environment: CultureEnvironment,
  amounts: Float64Array,
  temperature: number,
): CultureTrajectory {
  if ((amounts[S.volume] as number) <= 0) return createDryLayer(environment, amounts, temperature);
  const model = createCultureModel(donor, environment, amounts, temperature);
  let solution: PartlyStiffSolution<CultureModel> | undefined;
  return {
    temperatureAt: (elapsed) => temperatureAt(model, elapsed),
    at: (elapsed, out) => {
      // Time mostly goes forward; a look back begins anew and finds the same steps.
      if (solution === undefined || elapsed < solution.t0) {
        solution = SOLVER.begin(model, unknownsOf(model.start));
      }
      while (solution.t1 < elapsed) SOLVER.advance(solution);
      SOLVER.interpolate(solution, elapsed, unknowns);
      expandInto(out, model, unknowns);
      return temperatureAt(model, elapsed);
    },
  };
}
