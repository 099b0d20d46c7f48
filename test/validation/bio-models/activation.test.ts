import { describe, expect, it } from 'vitest';
import { thaw } from '../../../src/bio-models/cryopreservation.ts';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { livingTCells, viability } from '../../../src/bio-models/readouts.ts';
import { S, SPECIES_COUNT } from '../../../src/bio-models/species.ts';
import { beginCulture } from '../../../src/bio-models/culture/culture.ts';
import type { CultureEnvironment } from '../../../src/bio-models/culture/culture-model.ts';
import { MEDIAN_DONOR } from '../../../src/bio-models/donors.ts';
import { T_CELL_PARAMETERS } from '../../../src/bio-models/culture/lymphocyte-parameters.ts';

const HOUR = 3600;
const INCUBATOR: CultureEnvironment = {
  ambientTemperature: 310.15,
  heatTransfer: 1,
  gas: { kLa: 5 / HOUR, oxygenSetpoint: 0.5, phSetpoint: 7.2, pressure: 101_325 },
};
const FRIDGE: CultureEnvironment = { ambientTemperature: 277.15, heatTransfer: 1 };

/** Resting T cells at 1e6/ml in 100 ml with `beads` per cell. */
function resting(beads: number): Float64Array {
  const amounts = liquid('expansion-medium', 100e-6);
  amounts[S.tResting] = 1e8;
  amounts[S.activationBeads] = beads * 1e8;
  return amounts;
}

function after(
  start: Float64Array,
  hours: number,
  environment = INCUBATOR,
  temperature = environment.ambientTemperature,
): Float64Array {
  const out = new Float64Array(SPECIES_COUNT);
  beginCulture(MEDIAN_DONOR, environment, start, temperature).at(hours * HOUR, out);
  return out;
}

const restingShare = (a: Float64Array): number => (a[S.tResting] ?? 0) / livingTCells(a);

describe('activation by beads', () => {
  // P = (1 - exp(-ratio k t)) f with the model's own k = 0.5 per h and f = 0.92; after two hours nobody
  // has divided yet, 2 % is left for the death of resting cells and what follows it.
  it.each([0.5, 1, 3])('%f beads per cell engage cells as the law says', (ratio) => {
    const engaged = 1 - restingShare(after(resting(ratio), 2));
    const expected = 0.92 * (1 - Math.exp(-ratio * 0.5 * 2));
    expect(Math.abs(engaged / expected - 1)).toBeLessThan(0.02);
  });

  it('one cell in twelve never responds; without beads none does', () => {
    const day = after(resting(1), 24);
    const unresponsive = 1 - T_CELL_PARAMETERS.responsive.value;
    expect(Math.abs((day[S.tResting] ?? 0) / 1e8 - unresponsive)).toBeLessThan(0.03);
    expect(restingShare(after(resting(0), 24))).toBe(1);
  });

  it('in the cold beads do not activate', () => {
    expect(restingShare(after(resting(1), 24, FRIDGE))).toBe(1);
  });

  // The lag is an Erlang chain of four stages, mean 24 h from engagement: after 24 h about 43 % of such
  // variables are still above their mean, less the early ones' growth; after three days all divide.
  it('cells divide about a day after engagement', () => {
    const born = (hours: number): number => after(resting(3), hours)[S.cellsBorn] ?? 0;
    expect(born(8) / 1e8).toBeLessThan(0.05);
    expect(born(48) / 1e8).toBeGreaterThan(0.5);
    expect(livingTCells(after(resting(3), 72))).toBeGreaterThan(3e8);
  });
});

describe('a night after the thaw', () => {
  // Viability of thawed PBMC falls from 97.4 +- 0.6 to 94.3 +- 1.4 % overnight; 1.5 points are those
  // two spreads together.
  it('viability falls by 3.1 points in 16 h', () => {
    const amounts = resting(0);
    amounts[S.tDead] = 1e8 * (1 / 0.974 - 1);
    thaw(amounts, 1 / 60, 50 / 60);
    const drop = 100 * (viability(amounts) - viability(after(amounts, 16)));
    expect(Math.abs(drop - 3.1)).toBeLessThan(1.5);
    const unfrozen = resting(0);
    expect(100 * (1 - viability(after(unfrozen, 16)))).toBeLessThan(drop - 1);
  });
});

describe('DMSO', () => {
  // Assumed toxicity at 10 % v/v: 0.02 to 0.05 per h at 4 degC, 0.1 to 0.2 at room temperature, 0.3 to
  // 0.6 at 37 degC; the cells' own death, up to 0.015 per h, comes on top.
  it.each([
    [277.15, 0.02, 0.05],
    [294.15, 0.1, 0.2],
    [310.15, 0.3, 0.6],
  ])('at %f K kills %f to %f per hour', (temperature, least, most) => {
    const amounts = liquid('wash-buffer', 50e-6);
    amounts[S.tResting] = 1e9;
    amounts[S.dmso] = 1408 * 50e-6;
    const environment = { ambientTemperature: temperature, heatTransfer: 1 };
    const left = after(amounts, 1, environment)[S.tResting] ?? 0;
    const rate = -Math.log(left / 1e9);
    expect(rate).toBeGreaterThan(least);
    expect(rate).toBeLessThan(most + 0.015);
  });
});
