import { describe, expect, it } from 'vitest';
import { donorTraits, MEDIAN_DONOR, type DonorTraits } from '../../../src/bio-models/donors.ts';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { carPositive, livingTCells, viability } from '../../../src/bio-models/readouts.ts';
import { S, SPECIES_COUNT } from '../../../src/bio-models/species.ts';
import { beginCulture } from '../../../src/bio-models/culture/culture.ts';
import type { CultureEnvironment } from '../../../src/bio-models/culture/culture-model.ts';

const HOUR = 3600;
const BODY = 310.15;

function reactor(oxygenSetpoint: number, phSetpoint: number): CultureEnvironment {
  return {
    ambientTemperature: 294.15,
    heatTransfer: 0.1,
    jacket: { temperature: 310.5, conductance: 5 },
    gas: { kLa: 20 / HOUR, oxygenSetpoint, phSetpoint, pressure: 101_325 },
  };
}

const DISSOLVED = [
  S.glucose,
  S.glutamine,
  S.lactate,
  S.ammonium,
  S.strongIons,
  S.inorganicCarbon,
  S.oxygen,
  S.il2,
];

/** Perfusion rate [volumes per day] by density [1e6/ml] (doi 10.1186/s13036-021-00264-7 table 2). */
function exchange(density: number): number {
  if (density < 2) return 0;
  if (density < 10) return 0.5;
  return density < 15 ? 0.75 : 1;
}

/** Eleven days from engaged cells in 100 ml over transduction to perfusion in 1 L. */
function batch(donor: DonorTraits): Float64Array {
  const environment = reactor(0.5, 7.15);
  const grow = (from: Float64Array, hours: number): Float64Array => {
    const out = new Float64Array(SPECIES_COUNT);
    beginCulture(donor, environment, from, BODY).at(hours * HOUR, out);
    return out;
  };
  let amounts = liquid('expansion-medium', 100e-6);
  amounts[S.tLag1] = 2.5e8;
  amounts[S.stimulus] = 2.5e8;
  amounts[S.tDead] = 7.5e6;
  amounts = grow(amounts, 24);
  amounts[S.vector] = 7 * livingTCells(amounts);
  amounts = grow(amounts, 24);
  const medium = liquid('expansion-medium', 900e-6);
  amounts = amounts.map((a, s) => a + (medium[s] ?? 0));
  for (let quarter = 0; quarter < 9 * 4; quarter++) {
    amounts = grow(amounts, 6);
    const share = 1 - Math.exp(-exchange(livingTCells(amounts) / 1e9) / 4);
    const fresh = liquid('expansion-medium', 1e-3 * share);
    for (const s of DISSOLVED) amounts[s] = (amounts[s] ?? 0) * (1 - share) + (fresh[s] ?? 0);
  }
  return amounts;
}

describe('batches of many donors', () => {
  const seeds = Array.from({ length: 16 }, (_, i) => i + 1);
  const results = seeds.map((seed) => batch(donorTraits(seed, 'P-001')));
  const cells = results.map(livingTCells);

  // Ten days of hollow-fibre perfusion give 10.8e9 T cells on average and above 28e9 at best
  // (PMC5866265): half the average to a little over the best.
  it.each(seeds)('seed %i ends with a usable product', (seed) => {
    const amounts = results[seed - 1] as Float64Array;
    expect(livingTCells(amounts)).toBeGreaterThan(5e9);
    expect(livingTCells(amounts)).toBeLessThan(3e10);
    expect(viability(amounts)).toBeGreaterThan(0.85);
    expect(carPositive(amounts)).toBeGreaterThan(0.2);
    expect(carPositive(amounts)).toBeLessThan(0.6);
  });

  // Expansion folds of one process differ by SD/mean 0.38 to 0.71 (PMC8042697 table 6); sixteen donors
  // estimate it to 18 %, so 0.25 is a third below its lower end.
  it('donors spread as published', () => {
    const mean = cells.reduce((a, b) => a + b, 0) / cells.length;
    const variance = cells.reduce((a, b) => a + (b - mean) ** 2, 0) / (cells.length - 1);
    expect(Math.sqrt(variance) / mean).toBeGreaterThan(0.25);
    expect(Math.sqrt(variance) / mean).toBeLessThan(0.85);
  });
});

/** Fold over two weeks of daily dilution to 3e5/ml with fresh medium, re-stimulated each week. */
function accumulatedFold(oxygen: number, ph: number): number {
  const environment = reactor(oxygen, ph);
  let fold = 1;
  let signal = 1;
  for (let day = 0; day < 14; day++) {
    if (day % 7 === 0) signal = 1;
    const start = liquid('expansion-medium', 1e-3);
    start[S.tActive] = 3e8;
    start[S.stimulus] = 3e8 * signal;
    const out = new Float64Array(SPECIES_COUNT);
    beginCulture(MEDIAN_DONOR, environment, start, BODY).at(24 * HOUR, out);
    fold *= livingTCells(out) / 3e8;
    signal = (out[S.stimulus] ?? 0) / livingTCells(out);
  }
  return fold;
}

describe('environment', () => {
  const best = accumulatedFold(0.5, 7.1);

  // Expansion over two to three weeks at pH 7.0 to 7.2 is more than three times that at 7.4 (doi
  // 10.1097/00002371-200011000-00008).
  it('pH 7.0 to 7.2 gives more than three times the cells of pH 7.4', () => {
    const alkaline = accumulatedFold(0.5, 7.4);
    for (const ph of [7, 7.1, 7.2]) {
      expect(accumulatedFold(0.5, ph) / alkaline).toBeGreaterThan(3);
    }
    expect(best / alkaline).toBeLessThan(30);
  });

  // 5 % against 20 % oxygen in the gas: 4.8 times in plasma, 13 times in serum-free medium (doi
  // 10.1080/146532401317248045). 20 % is 95 % of air saturation.
  it('five percent oxygen gives four times or more the cells of twenty percent', () => {
    const ratio = accumulatedFold(0.05 / 0.2095, 7.1) / accumulatedFold(0.2 / 0.2095, 7.1);
    expect(ratio).toBeGreaterThan(4);
    expect(ratio).toBeLessThan(13 * 1.5);
  });
});
