import { meanDiameter } from '../cell-size.ts';
import { CAR, LINEAGES, loseCells, RESTING, sumOf } from '../populations.ts';
import { livingCells } from '../readouts.ts';
import { S } from '../species.ts';
import { ELECTROPORATION_PARAMETERS as P } from './parameters.ts';

/** Square pulses as a cell in the cuvette sees them. */
export interface Pulse {
  /** Voltage over gap [V/m]. */
  readonly field: number;
  /** Of one pulse [s]. */
  readonly duration: number;
  readonly count: number;
}

/** What a pulse does to cells of one size. */
export interface PulseOutcome {
  /** Share of the cells whose membrane opens, 0..1. */
  readonly opened: number;
  /** Share of the cells that die at once, 0..1. */
  readonly killed: number;
}

/**
 * Opening and killing of cells by field strength. A sphere in a field E has 1.5 r E over its membrane
 * (Schwan); half of the cells open at E50 = V / (1.5 r) (1 + c / t) with the total time t under voltage
 * (Weiss-Lapicque), and E/E50 acts through Hill curves.
 *
 * @param diameter of the cells [m]; nothing opens at 0
 */
export function pulseOutcome(pulse: Pulse, diameter: number): PulseOutcome {
  const time = pulse.duration * pulse.count;
  if (time <= 0 || diameter <= 0) return { opened: 0, killed: 0 };
  const rheobase = P.membraneThreshold.value / (0.75 * diameter);
  const reached = pulse.field / (rheobase * (1 + (P.chronaxie.value * 1e-3) / time));
  return {
    opened: hill(reached, P.openingSteepness.value),
    killed: hill(reached / P.lethalRatio.value, P.lethalSteepness.value),
  };
}

function hill(x: number, steepness: number): number {
  const power = Math.max(0, x) ** steepness;
  return Number.isFinite(power) ? power / (1 + power) : 1;
}

/**
 * Pulses a suspension: some cells die at once, others within a day; survivors pause, and those that
 * took up DNA from the liquid may carry the gene after days of culture. Keeps every conserved
 * combination. Transient expression before integration is not part of the model.
 *
 * @param share of the suspension that the pulses reach, 0..1
 */
export function electroporate(amounts: Float64Array, pulse: Pulse, share = 1): void {
  const outcome = pulseOutcome(pulse, meanDiameter(amounts));
  const [opened, killed] = [share * outcome.opened, share * outcome.killed];
  const dna = amounts[S.plasmid] as number;
  const half = P.dnaHalfSaturation.value * 1e-3 * (amounts[S.volume] as number);
  const loaded = dna > 0 ? (opened * dna) / (half + dna) : 0;
  loseCells(amounts, 1 - killed, P.lysedShare.value);

  const living = livingCells(amounts);
  const at = (species: number): number => amounts[species] as number;
  // Of those that are not yet so, whatever earlier pulses did.
  const later = 1 - (1 - P.delayedLoss.value * killed) * (1 - P.dnaToxicity.value * loaded);
  amounts[S.electroInjured] = at(S.electroInjured) + later * (living - at(S.electroInjured));
  amounts[S.electroShocked] = at(S.electroShocked) + opened * (living - at(S.electroShocked));
  const without =
    living - sumOf(amounts, CAR) - at(S.transposonPending) - at(S.transposonIntegrated);
  const pending = loaded * uptake(amounts) * Math.max(0, without);
  amounts[S.transposonPending] = at(S.transposonPending) + pending;

  const taken = Math.min(at(S.plasmid), loaded * living * P.dnaPerCell.value * 1e-15);
  amounts[S.plasmid] = at(S.plasmid) - taken;
  amounts[S.plasmidGone] = at(S.plasmidGone) + taken;
}

/** Mean uptake of T and NK cells relative to stimulated ones. */
function uptake(amounts: Float64Array): number {
  const cells = sumOf(amounts, LINEAGES.t.living) + sumOf(amounts, LINEAGES.nk.living);
  const resting = cells > 0 ? sumOf(amounts, RESTING) / cells : 1;
  return 1 - (1 - P.restingUptake.value) * resting;
}
