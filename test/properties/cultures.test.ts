import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { donorTraits } from '../../src/bio-models/donors.ts';
import { FILL_NAMES, fillWith } from '../../src/bio-models/starting-materials.ts';
import {
  CONSERVED,
  S,
  SPECIES_COUNT,
  SPECIES_NAMES,
  type SpeciesName,
} from '../../src/bio-models/species.ts';
import { beginCulture } from '../../src/bio-models/culture/culture.ts';
import type { CultureEnvironment } from '../../src/bio-models/culture/culture-model.ts';

const HOUR = 3600;
const SEED = 20_260_401;
const RUNS = 60;

const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const gas = fc.record({
  kLa: between(0, 60 / HOUR),
  oxygenSetpoint: between(0, 2),
  phSetpoint: between(6.6, 7.6),
  pressure: between(80_000, 110_000),
});

/** From a deep freezer to a hot block, closed or gassed. */
const environment: fc.Arbitrary<CultureEnvironment> = fc
  .record({
    ambientTemperature: between(190, 315),
    heatTransfer: between(0, 5),
    jacket: fc.option(fc.record({ temperature: between(277, 315), conductance: between(0, 10) }), {
      nil: undefined,
    }),
    gas: fc.option(gas, { nil: undefined }),
    surface: fc.option(between(0.01, 1), { nil: undefined }),
  })
  .map(({ jacket, gas: gassed, surface, ...rest }) => ({
    ...rest,
    ...(surface === undefined ? {} : { surface }),
    ...(jacket === undefined ? {} : { jacket }),
    ...(gassed === undefined ? {} : { gas: gassed }),
  }));

const T_CELLS = ['tResting', 'tLag1', 'tLag2', 'tLag3', 'tLag4', 'tActive', 'tActiveCar'] as const;
const NK_CELLS = ['nkResting', 'nkLag1', 'nkLag2', 'nkActive', 'nkActiveCar'] as const;
const STROMAL_CELLS = ['mscSuspended', 'mscSpreading', 'mscAttached'] as const;
const REST = ['otherLive', 'tDead', 'nkDead', 'mscDead', 'otherDead'] as const;
const POPULATIONS = [...T_CELLS, ...NK_CELLS, ...STROMAL_CELLS, ...REST];

/** Contents from the plant's liquids with populations of any kinds at any stage, up to 50e6/ml. */
const contents = fc
  .record({
    name: fc.constantFrom(...FILL_NAMES),
    volume: between(1e-6, 2e-3),
    densities: fc.array(between(0, 5e12), {
      minLength: POPULATIONS.length,
      maxLength: POPULATIONS.length,
    }),
    kinds: fc.constantFrom(T_CELLS, NK_CELLS, STROMAL_CELLS, POPULATIONS),
    signal: between(0, 1),
    beads: between(0, 5),
    multiplicity: between(0, 10),
    enzyme: between(0, 4e-3),
  })
  .map(({ name, volume, densities, kinds, signal, beads, multiplicity, enzyme }) => {
    const amounts = fillWith(name, volume, 1, 'P-001');
    const present: readonly SpeciesName[] = [...kinds, ...REST];
    POPULATIONS.forEach((population, i) => {
      amounts[S[population]] = present.includes(population) ? (densities[i] ?? 0) * volume : 0;
    });
    const sum = (names: readonly SpeciesName[]): number =>
      names.reduce((all, population) => all + (amounts[S[population]] ?? 0), 0);
    const total = sum(T_CELLS) + sum(NK_CELLS) + sum(STROMAL_CELLS);
    const without = total - sum(['tActiveCar', 'nkActiveCar']);
    amounts[S.stimulus] = signal * sum(T_CELLS.slice(1));
    amounts[S.nkStimulus] = signal * sum(NK_CELLS.slice(1));
    amounts[S.cryoInjured] = 0.02 * total;
    amounts[S.electroInjured] = 0.2 * signal * total;
    amounts[S.electroShocked] = 0.5 * signal * total;
    amounts[S.transposonPending] = 0.3 * signal * without;
    amounts[S.transposonIntegrated] = 0.2 * signal * without;
    amounts[S.activationBeads] = beads * total;
    amounts[S.nkActivationBeads] = beads * total;
    amounts[S.vector] = (amounts[S.vector] ?? 0) + multiplicity * total;
    amounts[S.trypsin] = (amounts[S.trypsin] ?? 0) + enzyme * volume;
    return amounts;
  });

const start = fc.record({
  environment,
  contents,
  temperature: between(200, 314),
  hours: between(0.01, 48),
  donor: fc.integer({ min: 1, max: 1000 }),
});

type Start = typeof start extends fc.Arbitrary<infer T> ? T : never;

function run({ environment, contents, temperature, hours, donor }: Start): {
  readonly amounts: Float64Array;
  readonly temperature: number;
} {
  const amounts = new Float64Array(SPECIES_COUNT);
  const culture = beginCulture(donorTraits(donor, 'P-001'), environment, contents, temperature);
  return { temperature: culture.at(hours * HOUR, amounts), amounts };
}

describe(`cultures under any conditions (seed ${SEED})`, () => {
  // The plant demands 1e-9 over fourteen days; a day or two of explicit steps stay at rounding.
  it('keep every conserved combination', () => {
    fc.assert(
      fc.property(start, (from) => {
        const { amounts } = run(from);
        for (const { name, weights } of CONSERVED) {
          const weigh = (of: Float64Array): number =>
            Object.entries(weights).reduce((sum, [s, w]) => sum + w * (of[Number(s)] ?? 0), 0);
          const before = weigh(from.contents);
          const size = Math.max(Math.abs(before), 1e-12);
          expect(Math.abs(weigh(amounts) - before) / size, name).toBeLessThan(1e-11);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('stay finite and not negative, and within reach of the temperatures around', () => {
    fc.assert(
      fc.property(start, (from) => {
        const { amounts, temperature } = run(from);
        for (let s = 0; s < SPECIES_COUNT; s++) {
          const amount = amounts[s] as number;
          expect(Number.isFinite(amount), SPECIES_NAMES[s]).toBe(true);
          // Below zero by no more than the solver's absolute tolerance allows.
          const floor = s === S.strongIons ? -Infinity : -2e-9 * Math.max(1, size(s));
          expect(amount, SPECIES_NAMES[s]).toBeGreaterThan(floor);
        }
        const { ambientTemperature, jacket } = from.environment;
        const around = [
          ambientTemperature,
          from.temperature,
          jacket?.temperature ?? from.temperature,
        ];
        expect(temperature).toBeGreaterThan(Math.min(...around) - 0.1);
        expect(temperature).toBeLessThan(Math.max(...around) + 0.1);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it('come out the same twice, and however often they are looked at', () => {
    fc.assert(
      fc.property(start, fc.array(between(0, 1), { maxLength: 5 }), (from, looks) => {
        const { amounts: expected } = run(from);
        expect(run(from).amounts).toEqual(expected);
        const out = new Float64Array(SPECIES_COUNT);
        const { environment: around, contents: inside, temperature, hours, donor } = from;
        const culture = beginCulture(donorTraits(donor, 'P-001'), around, inside, temperature);
        for (const look of looks) culture.at(look * hours * HOUR, out);
        culture.at(hours * HOUR, out);
        expect(out).toEqual(expected);
      }),
      { seed: SEED, numRuns: RUNS / 2 },
    );
  });

  // Solver and equations share scratch memory among all cultures.
  it('do not depend on the cultures that are solved in between', () => {
    fc.assert(
      fc.property(
        start,
        start,
        fc.array(between(0, 1), { minLength: 1, maxLength: 4 }),
        (a, b, looks) => {
          const expected = run(a).amounts;
          const [ours, others] = [a, b].map(({ environment: around, contents: inside, ...rest }) =>
            beginCulture(donorTraits(rest.donor, 'P-001'), around, inside, rest.temperature),
          );
          const out = new Float64Array(SPECIES_COUNT);
          for (const look of [...looks].sort()) {
            ours?.at(look * a.hours * HOUR, out);
            others?.at(look * b.hours * HOUR, out);
          }
          ours?.at(a.hours * HOUR, out);
          expect(out).toEqual(expected);
        },
      ),
      { seed: SEED, numRuns: RUNS / 2 },
    );
  });
});

/** Scale of the solver's absolute tolerance: counts in the thousands, amounts in nanomoles. */
function size(species: number): number {
  const counted = ![
    'glucose',
    'glutamine',
    'lactate',
    'ammonium',
    'dmso',
    'inorganicCarbon',
  ].includes(SPECIES_NAMES[species] ?? '');
  return counted && species !== S.oxygen && species !== S.volume ? 1e12 : 1;
}
