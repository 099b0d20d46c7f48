import { expect } from 'vitest';
import { CONSERVED } from '../../../../src/bio-models/species.ts';

/** Demands that every conserved combination moved by less than `tolerance` of what went into it. */
export function expectConserved(
  before: Float64Array,
  after: Float64Array,
  tolerance: number,
): void {
  for (const { name, weights } of CONSERVED) {
    const rows = Object.entries(weights);
    const weigh = (of: Float64Array): number =>
      rows.reduce((sum, [s, weight]) => sum + weight * (of[Number(s)] ?? 0), 0);
    const size = rows.reduce((sum, [s]) => sum + Math.abs(before[Number(s)] ?? 0), 1e-12);
    expect(Math.abs(weigh(after) - weigh(before)) / size, name).toBeLessThan(tolerance);
  }
}
