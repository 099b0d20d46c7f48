import { describe, expect, it } from 'vitest';
import { openStream } from '../../../src/kernel/random.ts';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { FLOW_CYTOMETER, phenotype } from '../../../src/bio-models/phenotyping.ts';
import { LINEAGE_NAMES } from '../../../src/bio-models/populations.ts';
import { S, SPECIES_COUNT } from '../../../src/bio-models/species.ts';

const DRAWS = 4000;

/** 0.2 ml of mostly T cells, 40 % of them with the receptor. */
function sample(cells: number): Float64Array {
  const amounts = liquid('wash-buffer', 0.2e-6);
  amounts[S.tActive] = 0.54 * cells;
  amounts[S.tActiveCar] = 0.36 * cells;
  amounts[S.otherLive] = 0.1 * cells;
  return amounts;
}

function statistics(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const square = values.reduce((a, b) => a + (b - mean) ** 2, 0) / (values.length - 1);
  return { mean, deviation: Math.sqrt(square) };
}

describe('flow cytometry', () => {
  // Standard errors over 4000 draws: 1/sqrt(2 n) = 1.1 % of a deviation, 5 % is over four of those.
  it('shares spread as counts do, the receptor with the gate too', () => {
    const stream = openStream(1, 'cytometer-1', 'phenotype');
    const amounts = sample(1e6);
    const found = Array.from({ length: DRAWS }, () => phenotype(amounts, FLOW_CYTOMETER, stream));
    const tCells = statistics(found.map(({ shares }) => shares.t));
    expect(Math.abs(tCells.mean - 0.9)).toBeLessThan(0.001);
    expect(Math.abs(tCells.deviation / Math.sqrt((0.9 * 0.1) / 2e4) - 1)).toBeLessThan(0.05);
    const car = statistics(found.map(({ carPositive }) => carPositive));
    expect(Math.abs(car.mean - 0.4)).toBeLessThan(0.002);
    const expected = Math.sqrt((0.4 * 0.6) / (0.9 * 2e4) + FLOW_CYTOMETER.gatingDeviation ** 2);
    expect(Math.abs(car.deviation / expected - 1)).toBeLessThan(0.05);
  });

  it('takes the same number of draws whatever it sees, and sees nothing in nothing', () => {
    const stream = openStream(2, 'cytometer-1', 'phenotype');
    phenotype(sample(1e6), FLOW_CYTOMETER, stream);
    const draws = stream.index;
    expect(draws).toBe(2 * LINEAGE_NAMES.length + 6);
    const { carPositive, shares } = phenotype(
      new Float64Array(SPECIES_COUNT),
      FLOW_CYTOMETER,
      stream,
    );
    expect(stream.index).toBe(2 * draws);
    expect(carPositive).toBe(0);
    for (const share of Object.values(shares)) expect(share).toBe(0);
  });

  it('a few cells make a coarse picture, within bounds', () => {
    const stream = openStream(3, 'cytometer-1', 'phenotype');
    for (let i = 0; i < 200; i++) {
      const { carPositive, shares } = phenotype(sample(30), FLOW_CYTOMETER, stream);
      expect(carPositive).toBeGreaterThanOrEqual(0);
      expect(carPositive).toBeLessThanOrEqual(1);
      const sum = Object.values(shares).reduce((a, b) => a + b, 0);
      expect(sum === 0 || Math.abs(sum - 1) < 1e-12).toBe(true);
    }
  });
});
