import type { RandomStream } from '../kernel/random.ts';
import { deadCells, livingCells } from './readouts.ts';
import { S } from './species.ts';

/** How a count is made. */
export interface CountConditions {
  /** Volume whose cells are seen, undiluted [m3]. */
  readonly analysedVolume: number;
  /** Coefficient of variation of pipetting and dilution. */
  readonly dilutionCv: number;
  /** Coefficient of variation of the instrument. */
  readonly instrumentCv: number;
  /** Share of the cells in that volume that the optics show; all when absent. */
  readonly visible?: number;
  /** Specks that are taken for dead cells, per analysed volume [1/m3]; none when absent. */
  readonly specks?: number;
}

/**
 * Automated image cytometer: 5 to 8 % in all (assumed), a few thousand cells seen at 1e6/ml.
 */
export const IMAGE_CYTOMETER: CountConditions = {
  analysedVolume: 2e-9,
  dilutionCv: 0.04,
  instrumentCv: 0.04,
};

/** What a counter shows. */
export interface CellCount {
  /** Living cells [1/m3]. */
  readonly livingDensity: number;
  /** 0..1; 1 when no cell was seen. */
  readonly viability: number;
  readonly cellsSeen: number;
}

/** Above this mean, a rounded normal stands for a Poisson variable: skewness below 0.13. */
const LARGE_MEAN = 60;

/** Poisson variable; advances the stream by two. */
export function poisson(mean: number, stream: RandomStream): number {
  const first = stream.index;
  let value: number;
  if (mean > LARGE_MEAN) {
    value = Math.max(0, Math.round(mean + Math.sqrt(mean) * stream.normal()));
  } else {
    // Inverse of the distribution function.
    const u = stream.uniform();
    let term = Math.exp(-mean);
    let sum = term;
    value = 0;
    while (u > sum && term > 0) {
      value++;
      term *= mean / value;
      sum += term;
    }
  }
  stream.index = first + 2;
  return value;
}

/**
 * Counts the cells of a mixed vessel. Living and dead cells seen are Poisson, so the viability is
 * binomial; CV^2 = 1/N + CV_dilution^2 + CV_instrument^2. Advances the stream by eight.
 */
export function countCells(
  amounts: Float64Array,
  conditions: CountConditions,
  stream: RandomStream,
): CellCount {
  const { analysedVolume, dilutionCv, instrumentCv, visible = 1, specks = 0 } = conditions;
  const volume = amounts[S.volume] as number;
  const seenShare = volume > 0 ? (visible * analysedVolume) / volume : 0;
  const factor = stream.logNormal(1, dilutionCv) * stream.logNormal(1, instrumentCv);
  const livingSeen = poisson(livingCells(amounts) * seenShare * factor, stream);
  const dead = deadCells(amounts) * seenShare * factor + specks * analysedVolume;
  const deadSeen = poisson(dead, stream);
  const cellsSeen = livingSeen + deadSeen;
  return {
    livingDensity: livingSeen / analysedVolume,
    viability: cellsSeen > 0 ? livingSeen / cellsSeen : 1,
    cellsSeen,
  };
}
