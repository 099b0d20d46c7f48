import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { mobility } from '../../../src/bio-models/populations.ts';
import { confluence, livingDensity, viability } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { cordTissueCells } from '../../../src/bio-models/starting-materials.ts';
import { CONFLUENT_DENSITY } from '../../../src/bio-models/stromal-cells/parameters.ts';

/** Surface of a litre of multilayer vessel [m2]. */
const SURFACE = 0.5;

describe('attached cells', () => {
  it('stay with their part of what cells carry when liquid moves', () => {
    const amounts = liquid('msc-medium', 1e-3);
    amounts[S.mscSuspended] = 1e6;
    amounts[S.mscAttached] = 2e6;
    amounts[S.mscSpreading] = 1e6;
    amounts[S.cryoInjured] = 4e4;
    const shares = mobility(amounts);
    expect(shares?.[S.mscAttached]).toBe(0);
    expect(shares?.[S.mscSpreading]).toBe(0);
    expect(shares?.[S.mscSuspended]).toBe(1);
    expect(shares?.[S.glucose]).toBe(1);
    expect(shares?.[S.cryoInjured]).toBe(0.25);
    amounts[S.mscAttached] = 0;
    amounts[S.mscSpreading] = 0;
    expect(mobility(amounts)).toBeUndefined();
  });

  it('cover the surface and are no part of the suspension', () => {
    const amounts = liquid('msc-medium', 1e-3);
    amounts[S.mscAttached] = 0.5 * SURFACE * CONFLUENT_DENSITY;
    amounts[S.mscSuspended] = 1e8;
    expect(confluence(amounts, SURFACE)).toBeCloseTo(0.5, 12);
    expect(confluence(amounts, 0)).toBe(0);
    expect(livingDensity(amounts)).toBeCloseTo(1e11, 0);
  });
});

describe('a bank of cord-tissue cells', () => {
  it('gives 2e7 cells of one donor, the same again, viable', () => {
    const bag = cordTissueCells(1, 'D-001', 10e-6);
    expect(bag).toEqual(cordTissueCells(1, 'D-001', 10e-6));
    expect(bag).not.toEqual(cordTissueCells(1, 'D-002', 10e-6));
    expect(Math.abs((bag[S.mscSuspended] ?? 0) / 2e7 - 0.93)).toBeLessThan(0.35);
    expect(viability(bag)).toBeGreaterThan(0.89);
  });
});
