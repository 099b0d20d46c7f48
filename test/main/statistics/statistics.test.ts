import { describe, expect, it } from 'vitest';
import type { BatchProgress } from '../../../src/kernel/bridge-contract.ts';
import type { DeviceDescription, PlantDescription } from '../../../src/kernel/plant-contract.ts';
import { distributionOf } from '../../../src/main/statistics/distribution.ts';
import { throughputOf } from '../../../src/main/statistics/throughput.ts';
import { utilisationOf } from '../../../src/main/statistics/utilisation.ts';

const HOUR = 3600e6;
const DAY = 24 * HOUR;

function batch(
  id: string,
  ordered: number,
  spans: readonly (readonly [start: number, end?: number])[],
  outcome: BatchProgress['outcome'] = 'complete',
  more: Partial<BatchProgress> = {},
): BatchProgress {
  return {
    id,
    product: 'CAR-T',
    ordered,
    outcome,
    steps: spans.map(([start, end], i) => ({
      step: 3 + i,
      name: `Step ${3 + i}`,
      state: end === undefined ? 'running' : 'completed',
      start,
      ...(end === undefined ? {} : { end }),
    })),
    ...more,
  };
}

describe('throughput', () => {
  const result = throughputOf(
    [
      batch('A', 0, [
        [1 * HOUR, 3 * HOUR],
        [4 * HOUR, 48 * HOUR],
      ]),
      batch('B', 24 * HOUR, [[27 * HOUR, 30 * HOUR], [30 * HOUR]], 'running'),
      batch('C', 48 * HOUR, [[48 * HOUR, 50 * HOUR]], 'failed', {
        reason: 'too few cells',
        product: 'CAR-NK',
      }),
    ],
    15 * DAY,
  );

  it('counts what became of the batches', () => {
    expect(result).toMatchObject({ ordered: 3, started: 3, completed: 1, failed: 1, running: 1 });
    expect(result.per30Days).toBe(2);
    expect(result.losses).toEqual({ 'too few cells': 1 });
    expect(result.products).toEqual({
      'CAR-T': { ordered: 2, completed: 1, failed: 0 },
      'CAR-NK': { ordered: 1, completed: 0, failed: 1 },
    });
  });

  it('measures lead time from the order, and waiting before each step', () => {
    expect(result.leadTimeDays).toMatchObject({ count: 1, mean: 2 });
    expect(result.waitingHours['3 Step 3']).toMatchObject({ count: 3, max: 3 });
    expect(result.waitingHours['3 Step 3']?.mean).toBeCloseTo(4 / 3, 5);
    expect(result.waitingHours['4 Step 4']).toMatchObject({ count: 2, mean: 0.5, max: 1 });
    expect(result.stepHours['3 Step 3']).toMatchObject({ count: 3, p50: 2 });
  });

  it('tells how many were under way at once; one that ends as another starts does not count', () => {
    expect(result.mostAtOnce).toBe(2);
    const apart = [batch('A', 0, [[0, HOUR]]), batch('B', 0, [[HOUR, 2 * HOUR]])];
    expect(throughputOf(apart, DAY).mostAtOnce).toBe(1);
  });
});

describe('distribution', () => {
  it('interpolates quantiles, and is zero for nothing', () => {
    expect(distributionOf([4, 1, 2, 3])).toEqual({
      count: 4,
      mean: 2.5,
      p50: 2.5,
      p90: 3.7,
      max: 4,
    });
    expect(distributionOf([])).toEqual({ count: 0, mean: 0, p50: 0, p90: 0, max: 0 });
  });
});

describe('utilisation', () => {
  const device = (id: string, type: string, places: number): DeviceDescription => ({
    id,
    type,
    title: id,
    description: '',
    zone: 'hall',
    identity: { manufacturer: '', model: '', serial: '', firmware: '' },
    signals: [],
    commands: [
      {
        name: 'spin',
        title: 'Spin',
        description: '',
        execution: 'timed',
        functionalUnit: 'Main',
        parameters: [],
        errors: [],
      },
    ],
    alarms: [],
    places: Array.from({ length: places }, (_, i) => {
      return { name: `p${i}`, title: '', accepts: ['bottle-250'], robot: true, power: false };
    }),
    body: '',
    position: [0, 0, 0],
    home: '',
  });
  const plant: PlantDescription = {
    scene: 's',
    title: 's',
    epochUnixMicros: 0,
    devices: [device('c1', 'centrifuge', 2), device('c2', 'centrifuge', 2), device('x', 'rail', 0)],
  };

  it('shares the time of all devices of a type by what it was for', () => {
    const uses = {
      c1: {
        commands: {
          spin: { ended: 3, failed: 1, busy: 6 * HOUR },
          openLid: { ended: 2, failed: 0, busy: 3 * HOUR },
          pick: { ended: 1, failed: 0, busy: 3 * HOUR },
        },
        occupied: 24 * HOUR,
      },
    };
    expect(utilisationOf(plant, uses, DAY)).toEqual({
      centrifuge: {
        devices: 2,
        used: 1,
        busy: 0.25,
        work: 0.125,
        transfer: 0.0625,
        setUp: 0.0625,
        occupied: 0.25,
        operations: 6,
        failed: 1,
      },
      rail: {
        devices: 1,
        used: 0,
        busy: 0,
        work: 0,
        transfer: 0,
        setUp: 0,
        operations: 0,
        failed: 0,
      },
    });
  });
});
