import { describe, expect, it } from 'vitest';
import { selectedFractions } from '../../../src/bio-models/magnetic-selection.ts';
import { livingCells, livingOf, purity } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { nkApheresis } from '../../../src/bio-models/starting-materials.ts';

const SELECTION = { labellingTime: 1800, flow: 5e-6 / 60 };

/** Apheresis of a donor after the wash, with labels per NK cell. */
function labelled(seed: number, labels = 8): Float64Array {
  const amounts = nkApheresis(seed, 'D-001', 100e-6);
  amounts[S.cryoInjured] = 0.02 * livingCells(amounts);
  amounts[S.nkSelectionBeads] = labels * (livingOf(amounts, 'nk') + (amounts[S.nkDead] ?? 0));
  return amounts;
}

function selected(amounts: Float64Array): Float64Array {
  const fractions = selectedFractions(amounts, SELECTION);
  return amounts.map((a, s) => a * (fractions[s] ?? 0));
}

const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** Donors; the published spreads below are of 13 products, so means of forty lie well inside. */
const donors = Array.from({ length: 40 }, (_, seed) => labelled(seed + 1));

describe('apheresis of NK donors', () => {
  // doi 10.1111/trf.14564 table 1: 2.0 to 2.4e10 nucleated cells +- 0.8e10, 11 to 12 +- 6 % NK cells.
  it('holds 2.4e10 cells, one in eight an NK cell', () => {
    expect(Math.abs(mean(donors.map(livingCells)) - 2.4e10)).toBeLessThan(0.4e10);
    expect(Math.abs(mean(donors.map((d) => purity(d, 'nk'))) - 0.12)).toBeLessThan(0.03);
  });
});

describe('selection of NK cells', () => {
  const pairs = donors.map((donor) => [donor, selected(donor)] as const);
  const products = pairs.map(([, after]) => after);

  // Same table, CD3 depletion and CD56 enrichment: recovery 19 +- 11 %, purity 90 +- 7 %, T cells
  // depleted by 4.3 +- 0.5 log.
  it('keeps 19 percent of them, 90 percent pure, with 4.3 log fewer T cells', () => {
    const recovery = pairs.map(([before, after]) => livingOf(after, 'nk') / livingOf(before, 'nk'));
    const logs = pairs.map(([before, after]) =>
      Math.log10(livingOf(before, 't') / livingOf(after, 't')),
    );
    expect(Math.abs(mean(recovery) - 0.19)).toBeLessThan(0.05);
    expect(Math.abs(mean(products.map((p) => purity(p, 'nk'))) - 0.9)).toBeLessThan(0.07);
    expect(Math.abs(mean(logs) - 4.3)).toBeLessThan(0.5);
  });

  it('needs its label', () => {
    const bare = labelled(1, 0);
    expect(livingOf(selected(bare), 'nk') / livingOf(bare, 'nk')).toBeLessThan(0.02);
  });

  it('leaves the share of injured cells as it was', () => {
    for (const product of products) {
      expect((product[S.cryoInjured] ?? 0) / livingCells(product)).toBeCloseTo(0.02, 10);
    }
  });
});
