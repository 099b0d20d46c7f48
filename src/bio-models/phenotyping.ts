import type { RandomStream } from '../kernel/random.ts';
import { poisson } from './counting.ts';
import { LINEAGE_NAMES, type LineageName } from './populations.ts';
import { carPositive, livingCells, purity } from './readouts.ts';

/** How cells are phenotyped. */
export interface PhenotypeConditions {
  /** Living cells looked at, fewer when the sample holds fewer. */
  readonly events: number;
  /** Standard deviation of where the gate for the receptor is set, as a share of the cells. */
  readonly gatingDeviation: number;
}

/** Flow cytometer: 1e4 to 1e5 events, gating 1 to 3 points; assumed. */
export const FLOW_CYTOMETER: PhenotypeConditions = { events: 2e4, gatingDeviation: 0.015 };

/** What a cytometer says of a sample's living cells. */
export interface Phenotype {
  /** Share of T and NK cells with the receptor, 0..1. */
  readonly carPositive: number;
  /** Share of each lineage, 0..1; all 0 when no cell was seen. */
  readonly shares: Readonly<Record<LineageName, number>>;
}

/**
 * Phenotypes a mixed sample. Cells seen of each kind are Poisson, so shares are multinomial; the share
 * with the receptor moves with the gate too, within 0..1. Advances the stream by two per lineage and
 * six.
 */
export function phenotype(
  amounts: Float64Array,
  { events, gatingDeviation }: PhenotypeConditions,
  stream: RandomStream,
): Phenotype {
  const looked = Math.min(events, livingCells(amounts));
  const seen = LINEAGE_NAMES.map(
    (name) => [name, poisson(looked * purity(amounts, name), stream)] as const,
  );
  const all = seen.reduce((sum, [, count]) => sum + count, 0);
  const shares = seen.map(([name, count]) => [name, all > 0 ? count / all : 0]);

  const receptive = looked * (purity(amounts, 't') + purity(amounts, 'nk'));
  const share = carPositive(amounts);
  const withReceptor = poisson(receptive * share, stream);
  const without = poisson(receptive * (1 - share), stream);
  const gate = gatingDeviation * stream.normal();
  const found = withReceptor + without > 0 ? withReceptor / (withReceptor + without) : 0;
  return {
    carPositive: receptive > 0 ? Math.min(1, Math.max(0, found + gate)) : 0,
    shares: Object.fromEntries(shares) as Record<LineageName, number>,
  };
}
