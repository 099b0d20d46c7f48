import { describe, expect, it } from 'vitest';
import { perfusionFlows } from '../../src/control/phases/perfusion.ts';

const PLAN = { glucose: 12, perCell: 50, mostPerDay: 1.5, volume: 1600 };
const seen = { glucose: 12, lactate: 8, density: 4, volume: 1600, oxygen: 50 };

describe('perfusion decision', () => {
  it('gives each living cell its medium when glucose is as wanted', () => {
    // 4e6 cells/mL * 1600 mL * 50 pL per cell and day = 320 mL per day.
    expect(perfusionFlows(seen, PLAN).feed * 1440).toBeCloseTo(320, 6);
  });

  it('perfuses more when glucose is low, and not at all when there is plenty', () => {
    const at = (glucose: number): number => perfusionFlows({ ...seen, glucose }, PLAN).feed;
    expect(at(8)).toBeCloseTo(at(12) * 2, 9);
    expect(at(14)).toBeLessThan(at(12));
    expect(at(20)).toBe(0);
  });

  it('never exchanges more than allowed', () => {
    const { feed } = perfusionFlows({ ...seen, density: 60, glucose: 1 }, PLAN);
    expect(feed * 1440).toBeCloseTo(1.5 * 1600, 6);
  });

  it('keeps the volume with the permeate', () => {
    const high = perfusionFlows({ ...seen, volume: 1700 }, PLAN);
    expect(high.permeate).toBeGreaterThan(high.feed);
    const low = perfusionFlows({ ...seen, volume: 1500 }, PLAN);
    expect(low.permeate).toBeLessThan(low.feed);
    expect(perfusionFlows({ ...seen, volume: 400 }, PLAN).permeate).toBe(0);
  });
});
