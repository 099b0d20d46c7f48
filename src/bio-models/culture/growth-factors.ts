import type { Parameter } from '../parameter.ts';
import type { Conditions } from './conditions.ts';
import { CULTURE_PARAMETERS as P } from './parameters.ts';

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
export function phFactor(ph: number, best: number): number {
  const low = P.phMinimum.value;
  const high = P.phMaximum.value;
  if (ph <= low || ph >= high) return 0;
  const product = (ph - low) * (ph - high);
  return product / (product - (ph - best) ** 2);
}

/** What cells need of their medium, SI; oxygen in % of air saturation. */
export interface MediumNeeds {
  readonly glucoseHalf: number;
  readonly glutamineHalf: number;
  readonly ammoniumInhibition: number;
  readonly lactateInhibition: number;
  readonly oxygenHalf: number;
  readonly oxygenInhibition: number;
  readonly phOptimum: number;
}

/** Needs by the names of their parameters. */
export function mediumNeeds(
  parameters: Readonly<
    Record<
      | 'glucoseHalfSaturation'
      | 'glutamineHalfSaturation'
      | 'ammoniumInhibition'
      | 'lactateInhibition'
      | 'oxygenHalfSaturation'
      | 'oxygenInhibition'
      | 'phOptimum',
      Parameter
    >
  >,
): MediumNeeds {
  return {
    glucoseHalf: parameters.glucoseHalfSaturation.value,
    glutamineHalf: parameters.glutamineHalfSaturation.value,
    ammoniumInhibition: parameters.ammoniumInhibition.value,
    lactateInhibition: parameters.lactateInhibition.value,
    oxygenHalf: parameters.oxygenHalfSaturation.value,
    oxygenInhibition: parameters.oxygenInhibition.value,
    phOptimum: parameters.phOptimum.value,
  };
}

/**
 * Growth that medium, gas and temperature allow, relative to the best, 0..1:
 * f_T f_pH f_O2 Monod(glucose) Monod(glutamine) / inhibitions by ammonium and lactate.
 */
export function mediumGrowth(needs: MediumNeeds, c: Conditions): number {
  const saturation = c.airSaturation;
  const inhibited = saturation / needs.oxygenInhibition;
  const fOxygen = saturation / ((needs.oxygenHalf + saturation) * (1 + inhibited * inhibited));
  return (
    (c.temperatureFactor *
      phFactor(c.ph, needs.phOptimum) *
      fOxygen *
      c.glucose *
      c.glutamine *
      needs.ammoniumInhibition *
      needs.lactateInhibition) /
    ((needs.glucoseHalf + c.glucose) *
      (needs.glutamineHalf + c.glutamine) *
      (needs.ammoniumInhibition + c.ammonium) *
      (needs.lactateInhibition + c.lactate))
  );
}
