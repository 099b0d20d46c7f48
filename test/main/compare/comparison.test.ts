import { describe, expect, it } from 'vitest';
import type { BatchProgress } from '../../../src/kernel/bridge-contract.ts';
import { footprintOf } from '../../../src/main/compare/footprint.ts';
import { type PlantRun, resultOf } from '../../../src/main/compare/comparison.ts';
import { comparisonReport, verdict } from '../../../src/main/compare/report.ts';
import { testScene } from '../../twin/support/test-plant.ts';

const HOUR = 3600e6;
const DAY = 24 * HOUR;
const scene = testScene();

function batch(id: string, days: number, more: Partial<BatchProgress> = {}): BatchProgress {
  return {
    id,
    product: 'CAR-T',
    ordered: DAY,
    transport: { in: 12 * HOUR, out: 24 * HOUR },
    outcome: 'complete',
    steps: [
      { step: 3, name: 'Thaw', state: 'completed', start: DAY + 2 * HOUR, end: DAY + 3 * HOUR },
      { step: 10, name: 'Fill', state: 'completed', start: 4 * DAY, end: (days + 1) * DAY },
    ],
    ...more,
  };
}

function plantRun(title: string, batches: readonly BatchProgress[]): PlantRun {
  return {
    scene: { ...scene, title },
    plant: { scene: scene.name, title, epochUnixMicros: 0, devices: [] },
    report: {
      time: 30 * DAY,
      devices: {
        'kettle-1': {
          commands: {
            spin: { ended: 1, failed: 0, busy: 3 * HOUR },
            pick: { ended: 1, failed: 0, busy: HOUR },
          },
          occupied: 0,
        },
      },
      consumption: { vessels: { 'cassette-s1000': 3 }, liquids: { 'expansion-medium': 0.012 } },
      worstRelativeError: 1e-14,
    },
    batches,
    violations: [
      { observer: 'batch-mixing', time: 0, place: 'hall', batch: 'P-1', cause: 'mixed' },
    ],
  };
}

const few = resultOf(plantRun('Large <plant>', [batch('P-1', 14)]));
const many = resultOf(
  plantRun('Matrix', [
    batch('P-1', 13),
    batch('P-2', 15),
    batch('P-3', 5, { outcome: 'failed', reason: 'no spare centrifuge' }),
  ]),
);

describe('the result of one plant', () => {
  it('has lead times from arrival and from vein to vein', () => {
    expect(few.leadTimes).toEqual([{ batch: 'P-1', product: 'CAR-T', lead: 14, veinToVein: 15.5 }]);
    expect(many.veinToVeinDays).toMatchObject({ count: 2, p50: 15.5 });
  });

  it('shares time under command by purpose, and counts broken rules', () => {
    expect(few.purposes).toEqual({ work: 0.75, transfer: 0.25, 'set-up': 0 });
    expect(few.violations).toEqual({ 'batch-mixing': 1 });
  });

  it('relates throughput to the floor', () => {
    expect(footprintOf(scene)).toEqual({ total: 25, grades: { D: 25 } });
    expect(many.per30DaysAnd100SquareMetres).toBe(8);
  });
});

describe('the report', () => {
  const page = comparisonReport({ days: 30, seed: 7, demand: 'default', plants: [few, many] });

  it('stands alone: no script, no address, every text escaped', () => {
    expect(page).not.toMatch(/<script|https?:|src=|@import/);
    expect(page).toContain('Large &lt;plant&gt;');
    expect(page).not.toContain('Large <plant>');
  });

  it('says first what the numbers say', () => {
    expect(verdict([few, many])).toMatch(
      /^Matrix completed 2 of 3 batches, Large <plant> 1 of 1\. Median lead time: 14\.0 d against 14\.0 d;/,
    );
  });

  it('names losses and what was used up', () => {
    expect(page).toContain('no spare centrifuge');
    expect(page).toContain('12.00 L');
    expect(page).toContain('cassette-s1000');
  });

  it('draws one curve and one bar for each plant', () => {
    expect(page.match(/<polyline/g)).toHaveLength(2);
    const purposes = page.slice(page.indexOf('Where the time'), page.indexOf('Use of equipment'));
    expect(purposes.match(/<rect/g)).toHaveLength(6);
  });

  it('says so when nothing was completed', () => {
    const none = resultOf(plantRun('Idle', []));
    const empty = comparisonReport({ days: 1, seed: 1, demand: 'none', plants: [none, none] });
    expect(empty).toContain('No batch was completed.');
    expect(empty).toContain('No batch was lost.');
  });
});
