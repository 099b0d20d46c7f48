import { lotOf } from '../kernel/batch-label.ts';
import { openStream } from '../kernel/random.ts';
import type { LineageName } from './populations.ts';

/** How a donor's cells of one lineage differ from the median. */
export interface CellTraits {
  /** Factors of maximum growth rate, lag, maximum density and gene transfer. */
  readonly growth: number;
  readonly lag: number;
  readonly density: number;
  readonly transfer: number;
}

/** Lineages that grow. */
export type GrowingLineage = Exclude<LineageName, 'other'>;

/** How a donor's cells differ from the median, by lineage. */
export type DonorTraits = Readonly<Record<GrowingLineage, CellTraits>>;

const MEDIAN: CellTraits = { growth: 1, lag: 1, density: 1, transfer: 1 };

export const MEDIAN_DONOR: DonorTraits = { t: MEDIAN, nk: MEDIAN, msc: MEDIAN };

/**
 * Coefficients of variation among donors; assumed. Growth of NK cells varies little: folds of 268 differ
 * by a quarter (doi 10.1038/cmi.2013.10). Doubling times of cord-tissue cells differ by a fifth (doi
 * 10.1155/2013/246134).
 */
const SPREAD: DonorTraits = {
  t: { growth: 0.15, lag: 0.25, density: 0.4, transfer: 0.2 },
  nk: { growth: 0.07, lag: 0.25, density: 0.3, transfer: 0.3 },
  msc: { growth: 0.2, lag: 0.25, density: 0.15, transfer: 0.2 },
};

/** Stream of each lineage's traits. */
const STREAMS: Readonly<Record<GrowingLineage, string>> = {
  t: 'donor',
  nk: 'donor-nk',
  msc: 'donor-msc',
};

function traitsOf(seed: number, donor: string, lineage: GrowingLineage): CellTraits {
  const stream = openStream(seed, donor, STREAMS[lineage]);
  const spread = SPREAD[lineage];
  return {
    growth: stream.logNormal(1, spread.growth),
    lag: stream.logNormal(1, spread.lag),
    density: stream.logNormal(1, spread.density),
    transfer: stream.logNormal(1, spread.transfer),
  };
}

/** Traits of a donor's cells: log-normal about the median, and the same for all sublots of a lot. */
export function donorTraits(seed: number, batch: string): DonorTraits {
  const donor = lotOf(batch);
  return {
    t: traitsOf(seed, donor, 't'),
    nk: traitsOf(seed, donor, 'nk'),
    msc: traitsOf(seed, donor, 'msc'),
  };
}
