import { describe, expect, it } from 'vitest';
import { freezingSurvival } from '../../../src/bio-models/cryopreservation.ts';
import { liquid } from '../../../src/bio-models/liquids.ts';
import {
  beginPassage,
  coolingRate,
  isGoodCoolingRate,
  type Look,
  lookAtFreezing,
  lookAtThawing,
  type Passage,
  warmingRate,
} from '../../../src/bio-models/passage.ts';
import { livingCells } from '../../../src/bio-models/readouts.ts';

const CELSIUS = 273.15;
const PER_MINUTE = 1 / 60;

/** Looks every ten seconds at a straight ramp of `rate` [K/min]; how often cells met their fate. */
function ramp(
  from: number,
  to: number,
  rate: number,
  look: (passage: Passage, temperature: number, now: number) => Look,
) {
  let passage = beginPassage(from + CELSIUS, 0);
  const fates: ((amounts: Float64Array) => void)[] = [];
  const seconds = (Math.abs(to - from) / rate) * 60;
  for (let t = 10; t <= seconds; t += 10) {
    const temperature = CELSIUS + from + ((to - from) * t) / seconds;
    const seen = look(passage, temperature, t * 1e6);
    passage = seen.passage;
    if (seen.fate !== undefined) fates.push(seen.fate);
  }
  return { passage, fates };
}

describe('the passage of freezing and thawing', () => {
  it('finds the rate of a ramp, and lets cells meet their fate once', () => {
    const { passage, fates } = ramp(4, -80, 1.3, lookAtFreezing);
    expect(coolingRate(passage)).toBeCloseTo(1.3 * PER_MINUTE, 7);
    expect(fates).toHaveLength(1);
    const amounts = liquid('transduced-cells', 1e-4);
    const before = livingCells(amounts);
    fates[0]?.(amounts);
    expect(livingCells(amounts) / before).toBeCloseTo(freezingSurvival(1.3 * PER_MINUTE), 9);
  });

  it('thaws likewise, and only when the range has been left', () => {
    const thawing = (passage: Passage, temperature: number, now: number) =>
      lookAtThawing(passage, temperature, now, PER_MINUTE);
    const { passage, fates } = ramp(-80, 10, 20, thawing);
    expect(warmingRate(passage)).toBeCloseTo(20 * PER_MINUTE, 6);
    expect(fates).toHaveLength(1);
    expect(ramp(-80, -6, 20, thawing).fates).toHaveLength(0);
  });

  it('counts what is left of the range for a bag that has warmed already', () => {
    const thawing = (passage: Passage, temperature: number, now: number) =>
      lookAtThawing(passage, temperature, now, PER_MINUTE);
    const { passage, fates } = ramp(-30, 10, 5, thawing);
    expect(warmingRate(passage)).toBeCloseTo(5 * PER_MINUTE, 6);
    expect(fates).toHaveLength(1);
    expect(ramp(-2, 10, 5, thawing).fates).toHaveLength(0);
  });

  it('tells rates that keep cells from those that do not', () => {
    expect([0.2, 1, 4].map((rate) => isGoodCoolingRate(rate * PER_MINUTE))).toEqual([
      false,
      true,
      false,
    ]);
  });
});
