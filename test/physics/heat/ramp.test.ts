import { describe, expect, it } from 'vitest';
import { rampAt, rampTo, steady } from '../../../src/physics/heat/ramp.ts';

describe('a ramp', () => {
  it('goes straight to its end and stays, from wherever it was turned', () => {
    const cooling = rampTo(steady(280), 200, 0.5, 10e6);
    expect([10, 30, 50, 500].map((s) => rampAt(cooling, s * 1e6))).toEqual([280, 270, 260, 200]);
    const turned = rampTo(cooling, 270, 1, 50e6);
    expect([50, 55, 60, 99].map((s) => rampAt(turned, s * 1e6))).toEqual([260, 265, 270, 270]);
  });
});
