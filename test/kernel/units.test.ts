import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allUnits, findUnit, fromSi, parseQuantity, toSi, unitOf } from '../../src/kernel/units.ts';

const SEED = 31_015;

describe('conversion', () => {
  it.each([
    [37, 'Cel', 310.15],
    [-196, 'Cel', 77.15],
    [60, '/min', 2 * Math.PI],
    [180, 'deg', Math.PI],
    [300, '[g]', 2941.995],
    [1, 'K/min', 1 / 60],
    [250, 'mL', 250e-6],
    [200, 'uL', 2e-7],
    [10, 'mL/min', 1e-5 / 60],
    [1, 'L/d', 1e-3 / 86_400],
    [15, 'mbar', 1500],
    [5, 'mmol/L', 5],
    [1, '10*6.{cells}/mL', 1e12],
    [2, '10*6.{cells}', 2e6],
    [100, '[IU]/mL', 1e8],
    [95, '%', 0.95],
    [1, '/d', 1 / 86_400],
    [7.2, '[pH]', 7.2],
  ])('%d %s in SI units is %d', (field, code, si) => {
    // A factor and its product are each rounded once: two ulp.
    expect(Math.abs(toSi(field, code) - si)).toBeLessThanOrEqual(4.5e-16 * Math.abs(si));
  });

  it.each(allUnits().map((unit) => unit.code))('%s goes there and back', (code) => {
    const { offset, factor } = unitOf(code);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (value) => {
        fc.pre(value === 0 || Math.abs(value) > 1e-100);
        // Adding an offset loses what the sum cannot hold; the rest is relative rounding.
        const lost = (2.3e-16 * Math.abs(offset)) / factor;
        const back = fromSi(toSi(value, code), code);
        expect(Math.abs(back - value)).toBeLessThanOrEqual(1e-15 * Math.abs(value) + lost);
      }),
      { seed: SEED },
    );
  });
});

describe('the table of units', () => {
  it('gives every name to one unit only', () => {
    const names = allUnits().flatMap((unit) => [unit.code, ...new Set(unit.aliases)]);
    const extra = names.filter((name, i) => names.indexOf(name) !== i);
    const foreign = extra.filter((name) => findUnit(name)?.code !== name);
    expect(foreign).toEqual([]);
  });

  it('has positive, finite factors', () => {
    for (const { code, factor, offset } of allUnits()) {
      expect(factor > 0 && Number.isFinite(factor) && Number.isFinite(offset), code).toBe(true);
    }
  });

  it('throws at a code that the program invented', () => {
    expect(() => unitOf('furlong')).toThrow(RangeError);
    expect(findUnit('furlong')).toBeUndefined();
  });
});

describe('quantities in text', () => {
  it.each([
    ['37 degC', 'Cel', 310.15],
    ['37Cel', 'K', 310.15],
    ['-20 Cel', 'Cel', 253.15],
    ['1.5 L', 'mL', 1.5e-3],
    ['+2e6 cells/ml', '{cells}/m3', 2e12],
    ['0.4', '1', 0.4],
    ['40 %', '1', 0.4],
  ])('%s as %s', (text, expected, si) => {
    const parsed = parseQuantity(text, expected);
    expect(parsed).toEqual({ value: expect.closeTo(si, 9) });
  });

  it('keeps counted things apart', () => {
    expect(parseQuantity('1e6 cells/ml', '{TU}/mL')).toEqual({
      problem: { kind: 'wrong-dimension', unit: 'cells/ml', expected: 'TU/mL' },
    });
  });

  it.each([
    ['1 stone', { kind: 'unknown-unit', unit: 'stone' }],
    ['1 rpm', { kind: 'wrong-dimension', unit: 'rpm', expected: 'kg' }],
    ['5', { kind: 'wrong-dimension', unit: '1', expected: 'kg' }],
    ['kg', { kind: 'form' }],
    ['1,5 kg', { kind: 'form' }],
    ['1 kg kg', { kind: 'form' }],
    ['NaN kg', { kind: 'form' }],
    ['', { kind: 'form' }],
  ])('"%s" is no mass', (text, problem) => {
    expect(parseQuantity(text, 'kg')).toEqual({ problem });
  });
});
