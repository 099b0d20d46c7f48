import { describe, expect, it } from 'vitest';
import { donorTraits } from '../../../src/bio-models/donors.ts';
import { liquid } from '../../../src/bio-models/liquids.ts';
import {
  attachedCells,
  carPositive,
  concentration,
  dissolvedOxygen,
  livingCells,
  livingOf,
  ph,
  viability,
} from '../../../src/bio-models/readouts.ts';
import { S, SPECIES_COUNT } from '../../../src/bio-models/species.ts';
import { beginCulture } from '../../../src/bio-models/culture/culture.ts';
import {
  createCultureModel,
  type CultureEnvironment,
} from '../../../src/bio-models/culture/culture-model.ts';
import { cultureRates, lineariseCulture } from '../../../src/bio-models/culture/culture-rates.ts';
import {
  STIFF_COUNT,
  U,
  UNKNOWN_COUNT,
  unknownsOf,
} from '../../../src/bio-models/culture/unknowns.ts';
import { solveCultureTightly } from './support/reference-culture.ts';

const HOUR = 3600;
const SEED = 7;
const DONOR = donorTraits(SEED, 'P-001');

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

const GAS = { kLa: 20 / HOUR, oxygenSetpoint: 0.5, phSetpoint: 7.15, pressure: 101_325 };

function reactor(transferPerHour: number): CultureEnvironment {
  return {
    ambientTemperature: 294.15,
    heatTransfer: 0.1,
    jacket: { temperature: 310.5, conductance: 5 },
    gas: { ...GAS, kLa: transferPerHour / HOUR },
  };
}

/** Thawed cells with beads and vector: every equation takes part. */
function culture(volume: number, density: number): Float64Array {
  const amounts = liquid('expansion-medium', volume);
  const cells = density * 1e6 * volume;
  amounts[S.tResting] = 0.5 * cells;
  amounts[S.tLag1] = 0.5 * cells;
  amounts[S.stimulus] = 0.5 * cells;
  amounts[S.activationBeads] = cells;
  amounts[S.otherLive] = 0.05 * cells;
  amounts[S.tDead] = 0.03 * cells;
  amounts[S.cryoInjured] = 0.02 * cells;
  amounts[S.vector] = 5 * cells;
  return amounts;
}

/** All kinds of cells side by side on a surface, some on their way to a transposed gene. */
function mixture(volume: number): Float64Array {
  const amounts = culture(volume, 0.3e6);
  const medium = liquid('nk-medium', volume);
  const cells = 0.3e12 * volume;
  for (const s of [S.il2, S.il15]) amounts[s] = medium[s] ?? 0;
  amounts[S.nkResting] = cells;
  amounts[S.nkActive] = 0.5 * cells;
  amounts[S.nkActiveCar] = 0.1 * cells;
  amounts[S.nkStimulus] = 0.5 * cells;
  amounts[S.nkActivationBeads] = cells;
  amounts[S.mscSuspended] = 0.2 * cells;
  amounts[S.mscAttached] = 0.1 * cells;
  amounts[S.electroInjured] = 0.1 * cells;
  amounts[S.electroShocked] = cells;
  amounts[S.transposonPending] = 0.3 * cells;
  amounts[S.transposonIntegrated] = 0.1 * cells;
  amounts[S.plasmid] = 1e-2 * volume;
  return amounts;
}

const VOLUMES_PER_DAY = 3;
const DAYS = 5;

/** Renews a share of the medium with some at 5 degC, as a pulse of exchange does; returns the temperature. */
function exchange(amounts: Float64Array, temperature: number, share: number): number {
  const fresh = liquid('expansion-medium', share * (amounts[S.volume] ?? 0));
  for (const s of DISSOLVED) amounts[s] = (amounts[s] ?? 0) * (1 - share) + (fresh[s] ?? 0);
  return temperature * (1 - share) + 278.15 * share;
}

describe(`trajectories against the reference, seed ${SEED}`, () => {
  // Five days over which errors add up. Bounds are below what instruments tell: a count 5 %, a pH probe
  // 0.03, dissolved oxygen 0.3 % of air saturation, an analyser of glucose 0.2 mM.
  it.each([
    { volume: 0.1e-3, hours: 2, transfer: 30, density: 0.5e6 },
    { volume: 0.3e-3, hours: 4, transfer: 10, density: 0.3e6 },
    { volume: 0.5e-3, hours: 6, transfer: 20, density: 1e6 },
    { volume: 1e-3, hours: 0.5, transfer: 10, density: 1e6 },
  ])(
    '$volume m3 at $density per ml, medium exchanged every $hours h',
    ({ volume, hours, transfer, density }) => {
      const environment = reactor(transfer);
      const share = 1 - Math.exp((-VOLUMES_PER_DAY * hours) / 24);
      const ours = culture(volume, density);
      const theirs = ours.slice();
      let [ourKelvin, theirKelvin, buffered] = [310.15, 310.15, 0];
      for (let pulse = 0; pulse < (24 * DAYS) / hours; pulse++) {
        const end = hours * HOUR;
        ourKelvin = beginCulture(DONOR, environment, ours, ourKelvin).at(end, ours);
        theirKelvin = solveCultureTightly(DONOR, environment, theirs, theirKelvin, end, theirs);
        expect(Math.abs(livingCells(ours) / livingCells(theirs) - 1)).toBeLessThan(1e-3);
        expect(Math.abs(viability(ours) - viability(theirs))).toBeLessThan(5e-4);
        expect(Math.abs(carPositive(ours) - carPositive(theirs))).toBeLessThan(2e-4);
        // Without buffer, pH multiplies every error of lactate.
        if (concentration(theirs, S.inorganicCarbon) > 5) {
          expect(Math.abs(ph(ours) - ph(theirs))).toBeLessThan(0.02);
          buffered += 1;
        }
        expect(Math.abs(dissolvedOxygen(ours) - dissolvedOxygen(theirs))).toBeLessThan(1e-3);
        const glucose = concentration(ours, S.glucose) - concentration(theirs, S.glucose);
        expect(Math.abs(glucose)).toBeLessThan(0.02);
        expect(Math.abs(ourKelvin - theirKelvin)).toBeLessThan(1e-9);
        ourKelvin = exchange(ours, ourKelvin, share);
        theirKelvin = exchange(theirs, theirKelvin, share);
      }
      expect(buffered).toBeGreaterThan((24 * 2) / hours);
      // The culture has grown as one does, so the comparison was not among the dead.
      expect(livingCells(ours)).toBeGreaterThan(5 * density * 1e6 * volume);
    },
  );

  // Three days in one piece; a count tells 5 %.
  it.each([0, 2e-3])('all kinds of cells together, with %f mol/m3 of trypsin', (enzyme) => {
    const volume = 0.5e-3;
    const environment = { ...reactor(10), surface: 0.1 };
    const start = mixture(volume);
    start[S.trypsin] = enzyme * volume;
    const [ours, theirs] = [new Float64Array(SPECIES_COUNT), new Float64Array(SPECIES_COUNT)];
    const trajectory = beginCulture(DONOR, environment, start, 310.15);
    for (const hours of [0.2, 6, 24, 72]) {
      trajectory.at(hours * HOUR, ours);
      solveCultureTightly(DONOR, environment, start, 310.15, hours * HOUR, theirs);
      for (const lineage of ['t', 'nk', 'msc'] as const) {
        // Of a kind that is dying out, a hundredth of all cells counts.
        const cells = Math.max(livingOf(theirs, lineage), 0.01 * livingCells(theirs));
        const error = Math.abs(livingOf(ours, lineage) - livingOf(theirs, lineage)) / cells;
        expect(error, `${lineage} after ${hours} h`).toBeLessThan(1e-3);
      }
      const attached = Math.abs(attachedCells(ours) - attachedCells(theirs));
      expect(attached / livingCells(theirs)).toBeLessThan(1e-3);
      expect(Math.abs(carPositive(ours) - carPositive(theirs))).toBeLessThan(2e-4);
      expect(Math.abs(dissolvedOxygen(ours) - dissolvedOxygen(theirs))).toBeLessThan(1e-3);
    }
  });

  it('follows oxygen and pH through the minutes after an exchange', () => {
    const start = culture(0.3e-3, 3e6);
    const settled = new Float64Array(SPECIES_COUNT);
    let kelvin = beginCulture(DONOR, reactor(20), start, 310.15).at(6 * HOUR, settled);
    kelvin = exchange(settled, kelvin, 0.4);
    const open = beginCulture(DONOR, reactor(20), settled, kelvin);
    const ours = new Float64Array(SPECIES_COUNT);
    const theirs = new Float64Array(SPECIES_COUNT);
    for (const seconds of [1, 5, 15, 40, 60, 90, 150, 300, 600, 1200, 3600]) {
      open.at(seconds, ours);
      solveCultureTightly(DONOR, reactor(20), settled, kelvin, seconds, theirs);
      // A tenth of a percent of air saturation per step, and as much again within steps.
      const oxygen = dissolvedOxygen(ours) - dissolvedOxygen(theirs);
      expect(Math.abs(oxygen), `${seconds} s`).toBeLessThan(2e-3);
      expect(Math.abs(ph(ours) - ph(theirs)), `${seconds} s`).toBeLessThan(2e-3);
    }
  });
});

describe('the Jacobian of the stiff unknowns', () => {
  // The mixer's own control, its limits (set-points of 0 and 2), and a closed vessel.
  it.each([
    { name: 'under control', gas: GAS },
    { name: 'mixer at its limits', gas: { ...GAS, oxygenSetpoint: 2, phSetpoint: 8 } },
    {
      name: 'gas of fixed composition',
      gas: { kLa: 20 / HOUR, oxygenFraction: 0.2, co2Fraction: 0.05, pressure: 101_325 },
    },
    { name: 'closed', gas: undefined },
  ])('agrees with differences: $name', ({ gas }) => {
    const { ambientTemperature, heatTransfer } = reactor(20);
    const closed = { ambientTemperature, heatTransfer };
    const environment = gas === undefined ? closed : { ...closed, gas };
    const model = createCultureModel(DONOR, environment, mixture(1e-3), 310);
    const y = unknownsOf(model.start);
    const rates = new Float64Array(UNKNOWN_COUNT);
    const rows = new Float64Array(STIFF_COUNT * UNKNOWN_COUNT);
    lineariseCulture(model, 0, y, rates, rows);
    const [more, less] = [new Float64Array(UNKNOWN_COUNT), new Float64Array(UNKNOWN_COUNT)];
    for (const [name, i] of Object.entries(U)) {
      // Wide enough for what is left of a difference of large rates, narrow for their curvature.
      const change = (i < U.tResting ? 1 : 1000) * (model.tolerance[i] ?? 0);
      const shifted = (by: number): Float64Array =>
        y.map((value, k) => (k === i ? value + by : value));
      cultureRates(model, 0, shifted(change), more);
      cultureRates(model, 0, shifted(-change), less);
      for (let row = 0; row < STIFF_COUNT; row++) {
        const expected = ((more[row] ?? 0) - (less[row] ?? 0)) / (2 * change);
        const found = rows[row * UNKNOWN_COUNT + i] ?? 0;
        expect(Math.abs(found - expected), `row ${row} by ${name}`).toBeLessThan(
          1e-4 * Math.abs(expected) + 1e-20,
        );
      }
    }
  });
});
