import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addParcel,
  applyTotals,
  emptyContents,
  isPresent,
  takeFractions,
  takeVolume,
  totalInto,
  volumeOf,
  type Contents,
  type LiquidParcel,
} from '../../src/physics/fluids/contents.ts';
import { drain, emptyTubing, push, wetVolume } from '../../src/physics/fluids/tubing.ts';

const SPECIES = 4;
const amount = fc.double({ min: 0, max: 1e9, noNaN: true });
const volume = fc.double({ min: 1e-9, max: 1e-3, noNaN: true });
const lot = fc.constantFrom('P-001', 'P-002', 'medium');

const parcel: fc.Arbitrary<LiquidParcel> = fc.record({
  portions: fc.uniqueArray(
    fc.record({
      lot,
      amounts: fc.tuple(volume, amount, amount, amount).map((values) => Float64Array.from(values)),
    }),
    { minLength: 1, maxLength: 3, selector: (p) => p.lot },
  ),
  temperature: fc.double({ min: 273, max: 315, noNaN: true }),
});

function contentsOf(...parcels: LiquidParcel[]): Contents {
  const contents = emptyContents(294);
  for (const p of parcels) addParcel(contents, p);
  return contents;
}

function total(parts: Contents['lots'] | LiquidParcel['portions']): Float64Array {
  return totalInto(new Float64Array(SPECIES), parts);
}

/** Relative difference; sums of a few doubles agree to some units in the last place. */
function expectSame(actual: Float64Array, expected: Float64Array): void {
  actual.forEach((value, s) => {
    const scale = Math.max(Math.abs(expected[s] ?? 0), 1e-300);
    expect(Math.abs(value - (expected[s] ?? 0)) / scale).toBeLessThan(1e-12);
  });
}

function sum(...parts: Float64Array[]): Float64Array {
  const out = new Float64Array(SPECIES);
  for (const part of parts) part.forEach((value, s) => (out[s] = (out[s] ?? 0) + value));
  return out;
}

describe('contents are conserved', () => {
  it('by taking any volume of any layer and giving it back', () => {
    fc.assert(
      fc.property(
        parcel,
        parcel,
        fc.double({ min: 0, max: 2e-3, noNaN: true }),
        fc.constantFrom('mixed', 'supernatant'),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (a, b, taken, layer, pellet) => {
          const contents = contentsOf(a, b);
          contents.pellet = Float64Array.of(0, 0, pellet, pellet);
          const before = total(contents.lots);
          const out = takeVolume(contents, taken, layer, SPECIES);
          expectSame(sum(total(contents.lots), total(out.portions)), before);
          for (const value of total(contents.lots)) expect(value).toBeGreaterThanOrEqual(0);
          addParcel(contents, out);
          expectSame(total(contents.lots), before);
        },
      ),
    );
  });

  it('by splitting species by different fractions', () => {
    const fraction = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(parcel, fc.tuple(fraction, fraction, fraction, fraction), (p, fractions) => {
        const contents = contentsOf(p);
        const before = total(contents.lots);
        const out = takeFractions(contents, Float64Array.from(fractions));
        expectSame(sum(total(contents.lots), total(out.portions)), before);
      }),
    );
  });

  it('a supernatant leaves what lies in the pellet', () => {
    const contents = contentsOf({
      portions: [{ lot: 'P-001', amounts: Float64Array.of(100e-6, 10, 1e8, 0) }],
      temperature: 294,
    });
    contents.pellet = Float64Array.of(0, 0, 1, 0);
    const out = takeVolume(contents, 90e-6, 'supernatant', SPECIES);
    expect(total(out.portions)[2]).toBe(0);
    expect(total(contents.lots)[2]).toBe(1e8);
    expect(total(contents.lots)[1]).toBeCloseTo(1, 12);
  });

  it('what does not move stays, however much is taken of whatever layer', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(
        parcel,
        fc.double({ min: 0, max: 2e-3, noNaN: true }),
        fc.constantFrom('mixed', 'supernatant'),
        fc.tuple(share, share),
        (p, taken, layer, [mobile, pellet]) => {
          const contents = contentsOf(p);
          contents.pellet = Float64Array.of(0, 0, pellet, pellet);
          const before = total(contents.lots);
          const out = takeVolume(contents, taken, layer, SPECIES, Float64Array.of(1, 1, 0, mobile));
          expect(total(out.portions)[2]).toBe(0);
          expect(total(contents.lots)[2]).toBe(before[2]);
          expect(total(out.portions)[3]).toBeLessThanOrEqual(mobile * (before[3] ?? 0));
          expectSame(sum(total(contents.lots), total(out.portions)), before);
        },
      ),
    );
  });

  it('a lot is there as long as anything of it is', () => {
    const lotOf = (...amounts: number[]) => ({ lot: 'P-001', amounts: Float64Array.from(amounts) });
    expect(isPresent(lotOf(1e-6, 0, 0, 0))).toBe(true);
    expect(isPresent(lotOf(0, 0, 1e6, 0))).toBe(true);
    expect(isPresent(lotOf(0, 0, 0, 0))).toBe(false);
  });

  it('heat mixes by volume', () => {
    const portion = (v: number) => [{ lot: 'x', amounts: Float64Array.of(v, 0, 0, 0) }];
    const contents = contentsOf({ portions: portion(3e-4), temperature: 310 });
    addParcel(contents, { portions: portion(1e-4), temperature: 278 });
    expect(contents.temperature).toBeCloseTo(302, 9);
  });
});

describe('lots stay apart', () => {
  it('what grows belongs to the lot whose cells make it', () => {
    const contents = contentsOf({
      portions: [
        { lot: 'P-001', amounts: Float64Array.of(50e-6, 0, 3e6, 0) },
        { lot: 'medium', amounts: Float64Array.of(50e-6, 1, 0, 0) },
      ],
      temperature: 310,
    });
    const before = total(contents.lots);
    const after = before.slice();
    after[2] = 6e6;
    after[1] = 0.5;
    after[3] = 0.5;
    applyTotals(contents, before, after, (s) => s === 2);
    expectSame(total(contents.lots), after);
    expect(contents.lots.find((l) => l.lot === 'P-001')?.amounts).toEqual(
      Float64Array.of(50e-6, 0, 6e6, 0.5),
    );
  });
});

describe('tubing', () => {
  it('gives out exactly what is pushed in less what it holds, in any order of pushes', () => {
    const step = fc.record({ parcel, air: fc.boolean(), backwards: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const tubing = emptyTubing(20e-6);
        let inside: Float64Array = new Float64Array(SPECIES);
        for (const { parcel: p, air, backwards } of steps) {
          const out = air
            ? push(tubing, { kind: 'air', volume: volumeOf(p.portions) }, backwards)
            : push(tubing, { kind: 'liquid', parcel: p }, backwards);
          if (!air) inside = sum(inside, total(p.portions));
          for (const part of out) {
            inside = sum(
              inside,
              total(part.portions).map((x) => -x),
            );
          }
          expect(wetVolume(tubing)).toBeLessThanOrEqual(20e-6 * (1 + 1e-9));
        }
        const rest = sum(...drain(tubing).map((p) => total(p.portions)));
        rest.forEach((value, s) => {
          // The difference of large sums: relative to what went through.
          const through = steps.reduce(
            (m, { parcel: p }) => m + (total(p.portions)[s] ?? 0),
            1e-300,
          );
          expect(Math.abs(value - (inside[s] ?? 0)) / through).toBeLessThan(1e-9);
        });
      }),
    );
  });
});
