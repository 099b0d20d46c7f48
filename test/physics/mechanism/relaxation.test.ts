import { describe, expect, it } from 'vitest';
import { relaxTo, settled, valueOf } from '../../../src/physics/mechanism/relaxation.ts';

const SECOND = 1e6;

describe('relaxation', () => {
  it('rests where it is settled', () => {
    expect(valueOf(settled(310), 5 * SECOND)).toBe(310);
  });

  it('covers 1 - 1/e of the way in one time constant', () => {
    const air = relaxTo(settled(300), 310, 100 * SECOND, 60);
    expect(valueOf(air, 100 * SECOND)).toBe(300);
    expect(valueOf(air, 160 * SECOND)).toBeCloseTo(300 + 10 * (1 - Math.exp(-1)), 12);
    expect(valueOf(air, 40 * SECOND)).toBe(300);
  });

  it('goes on from where it is when its target changes', () => {
    const warming = relaxTo(settled(300), 310, 0, 60);
    const cooling = relaxTo(warming, 290, 60 * SECOND, 10);
    expect(valueOf(cooling, 60 * SECOND)).toBeCloseTo(valueOf(warming, 60 * SECOND), 12);
    expect(valueOf(cooling, 1e4 * SECOND)).toBeCloseTo(290, 9);
  });
});
