import { describe, expect, it } from 'vitest';
import { donorTraits, MEDIAN_DONOR } from '../../../src/bio-models/donors.ts';
import { liquid } from '../../../src/bio-models/liquids.ts';
import {
  carPositive,
  dissolvedOxygen,
  livingTCells,
  ph,
  viability,
} from '../../../src/bio-models/readouts.ts';
import { S, SPECIES_COUNT } from '../../../src/bio-models/species.ts';
import { equilibriumCarbon, phOf } from '../../../src/bio-models/culture/acid-base.ts';
import { beginCulture } from '../../../src/bio-models/culture/culture.ts';
import type { CultureEnvironment } from '../../../src/bio-models/culture/culture-model.ts';
import { T_CELL_PARAMETERS } from '../../../src/bio-models/culture/lymphocyte-parameters.ts';
import { expectConserved } from './support/conserved.ts';

const HOUR = 3600;
const REACTOR: CultureEnvironment = {
  ambientTemperature: 294.15,
  heatTransfer: 0.1,
  jacket: { temperature: 310.5, conductance: 5 },
  gas: { kLa: 10 / HOUR, oxygenSetpoint: 0.5, phSetpoint: 7.15, pressure: 101_325 },
};

/** Medium with active T cells at `density` [1/ml] that were stimulated `days` ago. */
function culture(volume: number, density: number, days = 0): Float64Array {
  const amounts = liquid('expansion-medium', volume);
  const cells = density * 1e6 * volume;
  amounts[S.tActive] = cells;
  amounts[S.stimulus] = cells * Math.exp(-days / T_CELL_PARAMETERS.stimulusDecayTime.value);
  return amounts;
}

function run(
  start: Float64Array,
  hours: number,
  environment = REACTOR,
  temperature = 310.15,
): Float64Array {
  const out = new Float64Array(SPECIES_COUNT);
  beginCulture(MEDIAN_DONOR, environment, start, temperature).at(hours * HOUR, out);
  return out;
}

describe('temperature', () => {
  it.each([
    ['with liquid', 1e-4],
    ['without', 0],
  ])('%s is found by itself as with the amounts', (_, volume) => {
    const start = new Float64Array(SPECIES_COUNT);
    start[S.volume] = volume;
    const course = beginCulture(MEDIAN_DONOR, REACTOR, start, 290);
    const found = course.at(600, new Float64Array(SPECIES_COUNT));
    expect(found).toBeGreaterThan(290);
    expect(course.temperatureAt(600)).toBe(found);
  });
});

describe('acid and base', () => {
  // Henderson-Hasselbalch by hand; 0.01 allows for carbonate, which the hand calculation leaves out.
  it.each([
    [24, 7.441],
    [14, 7.207],
    [4, 6.663],
  ])('strong ions %f mM under 35.6 mmHg CO2: pH %f', (sid, expected) => {
    const carbon = equilibriumCarbon(sid, 35.6 * 133.322);
    expect(Math.abs(phOf(sid, carbon) - expected)).toBeLessThan(0.01);
  });
});

describe('growth', () => {
  // Mean growth rates of cells seeded 0, 2 and 5 days after the first stimulation, doi
  // 10.1186/s13036-019-0167-2; 15 % is the target's own tolerance (its spread is up to 14 %). The window
  // is what the source's own end densities take at its rates, 62 to 67 h from 0.3e6/ml.
  it.each([
    [0, 0.053],
    [2, 0.029],
    [5, 0.007],
  ])('cells seeded %i days after stimulation grow at %f per hour over 64 h', (days, expected) => {
    const start = culture(0.8e-3, 0.3e6, days);
    const rate = Math.log(livingTCells(run(start, 64)) / livingTCells(start)) / 64;
    expect(Math.abs(rate / expected - 1)).toBeLessThan(0.15);
  });

  // Same source: 6.40 +- 0.46 e6/ml in an 800 ml bioreactor, 8.33 in a spinner, four days of which the
  // first goes by in the lag; viability 93 to 94 +- 1.4 %. 15 % beyond the two is the target's tolerance.
  it('a batch culture reaches the published density within four days', () => {
    const start = culture(0.8e-3, 0.3e6);
    start[S.tDead] = 0.05 * (start[S.tActive] ?? 0);
    const density = livingTCells(run(start, 72)) / 0.8e-3 / 1e12;
    expect(density).toBeGreaterThan(6.4 * 0.85);
    expect(density).toBeLessThan(8.33 * 1.15);
  });

  it('without gas, growth stops for want of oxygen and in acid', () => {
    const controlled = run(culture(1e-3, 1e6), 48);
    const { gas, ...closed } = REACTOR;
    const uncontrolled = run(culture(1e-3, 1e6), 48, closed);
    expect(gas).toBeDefined();
    expect(ph(controlled)).toBeGreaterThan(ph(uncontrolled));
    expect(livingTCells(controlled)).toBeGreaterThan(2 * livingTCells(uncontrolled));
  });
});

describe('control', () => {
  it('holds oxygen, pH and temperature near their set-points', () => {
    const out = new Float64Array(SPECIES_COUNT);
    const temperature = beginCulture(MEDIAN_DONOR, REACTOR, culture(1e-3, 2e6), 294).at(
      12 * HOUR,
      out,
    );
    expect(temperature).toBeCloseTo(310, 0);
    expect(Math.abs(dissolvedOxygen(out) - 0.5)).toBeLessThan(0.1);
    expect(Math.abs(ph(out) - 7.15)).toBeLessThan(0.15);
  });
});

describe('gene transfer', () => {
  it('half of the vector is gone after 35 h without cells', () => {
    const start = liquid('vector', 50e-6);
    const after = run(start, 24);
    // exp(-ln 2 * 24/35) = 0.622
    expect((after[S.vector] ?? 0) / (start[S.vector] ?? 1)).toBeCloseTo(0.622, 2);
  });

  it('vector keeps for days in the cold', () => {
    const start = liquid('vector', 50e-6);
    const cold = { ambientTemperature: 277.15, heatTransfer: 5 };
    const left = (run(start, 24, cold, 277.15)[S.vector] ?? 0) / (start[S.vector] ?? 1);
    // Half-life of 35 h times 1.5 to the power of 3.3.
    expect(left).toBeCloseTo(2 ** (-24 / (35 * 1.5 ** 3.3)), 3);
  });

  // Mean 37 % CAR+ at nominal MOI 5 to 10 (PMID 29287970); 8 points are the target's tolerance.
  it.each([5, 7, 10])('MOI %f gives 29 to 45 percent CAR+ after a day', (moi) => {
    const start = culture(100e-6, 2.5e6);
    start[S.vector] = moi * (start[S.tActive] ?? 0);
    expect(Math.abs(carPositive(run(start, 24)) - 0.37)).toBeLessThan(0.08);
  });
});

describe('invariants', () => {
  it('no conserved combination moves by more than rounding in twelve days', () => {
    const start = culture(1e-3, 0.5e6);
    start[S.vector] = 1e9;
    start[S.tDead] = 1e6;
    const after = run(start, 288);
    expectConserved(start, after, 1e-11);
    for (const amount of after) expect(amount).toBeGreaterThan(-1e3);
  });

  it('reading in between changes nothing', () => {
    const start = culture(1e-3, 0.5e6);
    const out = new Float64Array(SPECIES_COUNT);
    const read = beginCulture(MEDIAN_DONOR, REACTOR, start, 310.15);
    for (let h = 0; h < 100; h += 0.37) read.at(h * HOUR, out);
    read.at(100 * HOUR, out);
    expect(out).toEqual(run(start, 100));
  });
});

describe('a batch', () => {
  it('expands 12- to 60-fold in eleven days of perfusion, viable and CAR+', () => {
    // Cells that were engaged a day ago, about to divide for the first time.
    let amounts = culture(100e-6, 3e6);
    const seeded = livingTCells(amounts);
    amounts[S.vector] = 7 * seeded;
    amounts = run(amounts, 24);
    const medium = liquid('expansion-medium', 900e-6);
    amounts = amounts.map((a, s) => a + (medium[s] ?? 0));
    for (let day = 0; day < 10; day++) {
      amounts = run(amounts, 24);
      // Half of the medium is exchanged; cells stay.
      const fresh = liquid('expansion-medium', 0.5e-3);
      for (const s of [
        S.glucose,
        S.glutamine,
        S.lactate,
        S.ammonium,
        S.strongIons,
        S.inorganicCarbon,
        S.oxygen,
        S.il2,
      ]) {
        amounts[s] = (amounts[s] ?? 0) * 0.5 + (fresh[s] ?? 0);
      }
    }
    const fold = livingTCells(amounts) / seeded;
    // Published folds: 30 in 11 days (PMID 29287970), donors spread by a factor of two (PMC8042697).
    expect(fold).toBeGreaterThan(12);
    expect(fold).toBeLessThan(60);
    expect(viability(amounts)).toBeGreaterThan(0.8);
    expect(carPositive(amounts)).toBeGreaterThan(0.2);
    expect(carPositive(amounts)).toBeLessThan(0.6);
  });

  it('donors differ by seed, and a donor stays the same', () => {
    expect(donorTraits(1, 'P-001')).toEqual(donorTraits(1, 'P-001'));
    expect(donorTraits(2, 'P-001')).not.toEqual(donorTraits(1, 'P-001'));
  });
});
