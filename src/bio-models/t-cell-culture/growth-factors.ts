import { T_CELL_PARAMETERS as P } from './parameters.ts';

/**
 * Cardinal temperature model with inflection (Rosso et al. 1993, J. Theor. Biol. 162, 447).
 * @param celsius [degC]; returns 0..1
 */
export function temperatureFactor(celsius: number): number {
  const low = P.temperatureMinimum.value;
  const best = P.temperatureOptimum.value;
  const high = P.temperatureMaximum.value;
  if (celsius <= low || celsius >= high) return 0;
  const above = celsius - low;
  const span = best - low;
  return (
    ((celsius - high) * above * above) /
    (span * (span * (celsius - best) - (best - high) * (best + low - 2 * celsius)))
  );
}

/** Cardinal pH model (Rosso et al. 1995, Appl. Environ. Microbiol. 61, 610); returns 0..1. */
export function phFactor(ph: number): number {
  const low = P.phMinimum.value;
  const best = P.phOptimum.value;
  const high = P.phMaximum.value;
  if (ph <= low || ph >= high) return 0;
  const product = (ph - low) * (ph - high);
  return product / (product - (ph - best) ** 2);
}
