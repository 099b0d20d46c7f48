import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { batchMixing } from '../../src/twin/observers/batch-mixing.ts';
import { droppedVessel } from '../../src/twin/observers/dropped-vessel.ts';
import { massImbalance } from '../../src/twin/observers/mass-imbalance.ts';
import { openHandling } from '../../src/twin/observers/open-handling.ts';
import { zoneAOccupancy } from '../../src/twin/observers/zone-a-occupancy.ts';
import type { Observer } from '../../src/twin/twin.ts';
import { SCENE_YAML, testTwin } from './support/test-plant.ts';

function violations(
  observer: Observer,
  break_: (twin: ReturnType<typeof testTwin>) => void,
  yaml = SCENE_YAML,
) {
  const twin = testTwin(1, yaml, [observer]);
  twin.advanceTo(MICROS_PER_MINUTE);
  expect(twin.takeEvents()).toEqual([]);
  break_(twin);
  twin.advanceTo(MICROS_PER_HOUR * 3);
  return twin.takeEvents().flatMap((e) => (e.type === 'observer.violation' ? [e.violation] : []));
}

const parcel = (lot: string) => ({
  portions: [{ lot, amounts: Float64Array.of(1e-6, 1e-4, 10) }],
  temperature: 294,
});

describe('observers report once, with place, batch and cause', () => {
  it('batches mixing', () => {
    const found = violations(
      batchMixing((lot) => lot.startsWith('P-') || lot === 'L1'),
      (twin) => twin.plant.deposit(twin.plant.vessel('bottle-1'), parcel('P-002'), twin.now),
    );
    expect(found).toMatchObject([
      {
        place: 'hall',
        batch: 'L1',
        cause: 'bottle-1 holds material of L1 and P-002',
      },
    ]);
  });

  it('open handling outside grade A', () => {
    const open = (twin: ReturnType<typeof testTwin>): void => {
      twin.plant.vessel('bottle-1').capped = false;
    };
    expect(violations(openHandling(), open)).toMatchObject([{ batch: 'P-001', place: 'hall' }]);
    expect(violations(openHandling(), open, SCENE_YAML.replace('grade: D', 'grade: A'))).toEqual(
      [],
    );
  });

  it('two batches in one zone A', () => {
    const yaml = SCENE_YAML.replace('grade: D', 'grade: A').replace(
      'place: kettle-2.slot',
      'place: kettle-2.slot, batch: P-001',
    );
    const second = (twin: ReturnType<typeof testTwin>): void => {
      const { plant } = twin;
      const vessel = plant.vessel('bottle-2');
      plant.state.vessels.set('bottle-2', { ...vessel, batch: 'P-002' });
    };
    expect(violations(zoneAOccupancy(), second, yaml)).toMatchObject([{ place: 'hall' }]);
  });

  it('a dropped vessel', () => {
    const drop = (twin: ReturnType<typeof testTwin>): void => {
      const pose = { position: [1, 1, 1], orientation: [0, 0, 0, 1] } as const;
      twin.plant.move(twin.plant.vessel('bottle-1'), { at: 'floor', pose }, twin.now);
    };
    expect(violations(droppedVessel(), drop)).toMatchObject([
      { batch: 'P-001', cause: 'bottle-1 was dropped' },
    ]);
  });

  it('a mass imbalance', () => {
    const found = violations(massImbalance(), (twin) =>
      twin.plant.react(
        twin.plant.vessel('bottle-1'),
        (amounts) => {
          amounts[1] = (amounts[1] ?? 0) * (1 + 1e-6);
        },
        twin.now,
      ),
    );
    expect(found).toMatchObject([{ place: 'plant', cause: expect.stringContaining('salt') }]);
  });
});
