import { describe, expect, it } from 'vitest';
import { positionOf, resting, travelTo } from '../../../src/physics/mechanism/travel.ts';

describe('travel', () => {
  it('is linear, ends at its goal and turns round in mid-way without a jump', () => {
    const opening = travelTo(resting(0), 1, 1_000_000, 4);
    expect(positionOf(opening, 2_000_000)).toBe(0.25);
    expect(positionOf(opening, 9_000_000)).toBe(1);
    const closing = travelTo(opening, 0, 3_000_000, 4);
    expect(positionOf(closing, 3_000_000)).toBe(0.5);
    expect(positionOf(closing, 5_000_000)).toBe(0.25);
  });
});
