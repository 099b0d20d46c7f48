import { describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../src/kernel/time.ts';
import { changeover } from '../../src/twin/observers/changeover.ts';
import { batchMixing } from '../../src/twin/observers/batch-mixing.ts';
import { chainOfIdentity } from '../../src/twin/observers/chain-of-identity.ts';
import { collision } from '../../src/twin/observers/collision.ts';
import { droppedVessel } from '../../src/twin/observers/dropped-vessel.ts';
import { massImbalance } from '../../src/twin/observers/mass-imbalance.ts';
import type { Observer } from '../../src/twin/observers/observer.ts';
import { openHandling } from '../../src/twin/observers/open-handling.ts';
import { wornJoint } from '../../src/twin/observers/worn-joint.ts';
import { zoneAOccupancy } from '../../src/twin/observers/zone-a-occupancy.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { SCENE_YAML, testTwin } from './support/test-plant.ts';

const LABELLED = SCENE_YAML.replace('lot: L1', 'lot: P-001');
const IN_GRADE_A = SCENE_YAML.replace('grade: D', 'grade: A');

/** A command that changes nothing: observers look after it. */
function letLook(twin: Twin): void {
  twin.execute({
    kind: 'acknowledge',
    client: 'test',
    sequence: 0,
    device: 'kettle-1',
    alarm: 'hot',
    comment: '',
  });
}

function violations(observer: Observer, act: (twin: Twin) => void, yaml = SCENE_YAML) {
  const twin = testTwin(1, yaml, [observer]);
  twin.advanceTo(MICROS_PER_MINUTE);
  expect(twin.takeEvents()).toEqual([]);
  for (const minute of [1, 2]) {
    twin.advanceTo(MICROS_PER_MINUTE * minute);
    act(twin);
    letLook(twin);
  }
  twin.advanceTo(MICROS_PER_HOUR * 3);
  return twin.takeEvents().flatMap((e) => (e.type === 'observer.violation' ? [e.violation] : []));
}

const parcel = (lot: string) => ({
  portions: [{ lot, amounts: Float64Array.of(1e-6, 1e-4, 10) }],
  temperature: 294,
});

const add =
  (vessel: string, lot: string) =>
  (twin: Twin): void => {
    if (lot.startsWith('P-')) twin.plant.state.batches.add(lot);
    twin.plant.deposit(twin.plant.vessel(vessel), parcel(lot), twin.now);
  };

const changeSalt =
  (factor: number) =>
  (twin: Twin): void =>
    twin.plant.react(
      twin.plant.vessel('bottle-1'),
      (amounts) => {
        amounts[1] = (amounts[1] ?? 0) * factor;
      },
      twin.now,
    );

const second = (batch: string) => (twin: Twin) => {
  const { plant } = twin;
  const vessel = plant.vessel('bottle-2');
  plant.state.vessels.set('bottle-2', { ...vessel, batch });
  plant.setCapped(plant.vessel('bottle-2'), false);
};

const toFloor = (twin: Twin): void => {
  const pose = { position: [1, 1, 1], orientation: [0, 0, 0, 1] } as const;
  twin.plant.move(twin.plant.vessel('bottle-1'), { at: 'floor', zone: 'hall', pose }, twin.now);
};

describe('observers report once, with place, batch and cause, and nothing that is allowed', () => {
  it('batches mixing', () => {
    const observer = batchMixing();
    expect(violations(observer, add('bottle-1', 'P-002'), LABELLED)).toMatchObject([
      { place: 'hall', batch: 'P-001,P-002', cause: 'bottle-1 holds material of P-001 and P-002' },
    ]);
    expect(violations(observer, add('bottle-1', 'MED-1'), LABELLED)).toEqual([]);
    expect(violations(observer, add('bottle-1', 'P-001'), LABELLED)).toEqual([]);
  });

  it('a batch whose material was taken away to the last drop is not mixed with', () => {
    const exchange = (twin: Twin): void => {
      twin.plant.withdraw(twin.plant.vessel('bottle-1'), 1, 'mixed', twin.now);
      add('bottle-1', 'P-002')(twin);
    };
    expect(violations(batchMixing(), exchange, LABELLED)).toEqual([]);
  });

  it('chain of identity', () => {
    const observer = chainOfIdentity();
    expect(violations(observer, add('bottle-1', 'P-002'))).toMatchObject([
      {
        place: 'hall',
        batch: 'P-002',
        cause: 'bottle-1 is labelled P-001 and holds material of P-002',
      },
    ]);
    expect(violations(observer, add('bottle-1', 'P-001'))).toEqual([]);
    expect(violations(observer, add('bottle-2', 'P-002'))).toEqual([]);
  });

  it('open handling outside grade A', () => {
    const open = (twin: Twin): void => twin.plant.setCapped(twin.plant.vessel('bottle-1'), false);
    expect(violations(openHandling(), open)).toMatchObject([
      { batch: 'P-001', place: 'hall', cause: 'bottle-1 is open in grade D' },
    ]);
    expect(violations(openHandling(), open, IN_GRADE_A)).toEqual([]);
  });

  it('two batches in one zone A', () => {
    expect(violations(zoneAOccupancy(), second('P-002'), IN_GRADE_A)).toMatchObject([
      { place: 'hall', batch: 'P-001,P-002' },
    ]);
    expect(violations(zoneAOccupancy(), second('P-001'), IN_GRADE_A)).toEqual([]);
    expect(violations(zoneAOccupancy(), second('P-002'))).toEqual([]);
  });

  it('a batch that follows another in a zone that was not decontaminated', () => {
    const follow =
      (clean: boolean, batch = 'P-002') =>
      (twin: Twin): void => {
        const { plant } = twin;
        const first = plant.vessel('bottle-1');
        if (first.batch === 'P-001') {
          plant.setBatch(first, '');
          plant.setCapped(first, true);
        } else if (plant.vessel('bottle-2').batch === '') {
          if (clean) plant.state.decontaminations.set('hall', twin.now);
          plant.setBatch(plant.vessel('bottle-2'), batch);
          plant.setCapped(plant.vessel('bottle-2'), false);
        }
      };
    expect(violations(changeover(), follow(false), IN_GRADE_A)).toMatchObject([
      { place: 'hall', batch: 'P-002', cause: expect.stringContaining('P-002 follows P-001') },
    ]);
    expect(violations(changeover(), follow(true), IN_GRADE_A)).toEqual([]);
    expect(violations(changeover(), follow(false, 'P-001'), IN_GRADE_A)).toEqual([]);
    expect(violations(changeover(), follow(false))).toEqual([]);
  });

  it('a dropped vessel', () => {
    expect(violations(droppedVessel(), toFloor)).toMatchObject([
      { batch: 'P-001', cause: 'bottle-1 was dropped' },
    ]);
    const carry = (twin: Twin): void =>
      twin.plant.move(
        twin.plant.vessel('bottle-1'),
        { at: 'gripper', device: 'kettle-2' },
        twin.now,
      );
    expect(violations(droppedVessel(), carry)).toEqual([]);
  });

  it('a mass imbalance', () => {
    expect(violations(massImbalance(), changeSalt(1 + 1e-6))).toMatchObject([
      { place: 'plant', cause: expect.stringContaining('salt') },
    ]);
    expect(violations(massImbalance(), changeSalt(1))).toEqual([]);
  });

  it('a collision, by an alarm that is declared as one', () => {
    const alarm = (name: string) => (twin: Twin) => {
      twin.execute({
        kind: 'invoke',
        client: 'test',
        sequence: 0,
        device: 'kettle-1',
        command: name,
        parameters: {},
      });
    };
    expect(violations(collision(), alarm('bump'))).toMatchObject([
      { place: 'hall', cause: 'kettle-1: the lid' },
    ]);
    expect(violations(collision(), alarm('warn'))).toEqual([]);
  });

  it('tubing joined too often', () => {
    const yaml = SCENE_YAML.replace('connected: true', 'connected: true, maximumJoints: 2');
    const join = (twin: Twin): void => twin.plant.joinLine('hose');
    expect(violations(wornJoint(), join, yaml)).toMatchObject([
      { place: 'hall', batch: 'P-001', cause: expect.stringContaining('hose was joined 3 times') },
    ]);
    const renew = (twin: Twin): void => {
      twin.plant.renewLine('hose');
      twin.plant.joinLine('hose');
    };
    expect(violations(wornJoint(), renew, yaml)).toEqual([]);
  });
});

describe('the memory of observers', () => {
  it('is part of the state: a plant whose breach was reported is another than one before', () => {
    const run = (observers: readonly Observer[]): string => {
      const twin = testTwin(1, SCENE_YAML, observers);
      twin.advanceTo(MICROS_PER_MINUTE);
      const before = twin.stateHash();
      toFloor(twin);
      const dropped = twin.stateHash();
      expect(dropped).not.toBe(before);
      letLook(twin);
      return twin.stateHash() === dropped ? 'same' : 'other';
    };
    expect(run([droppedVessel()])).toBe('other');
    expect(run([])).toBe('same');
  });

  it('observers that watch nothing of what changed are not asked', () => {
    let looks = 0;
    const counting: Observer = {
      name: 'counting',
      watches: ['closures'],
      find: () => {
        looks += 1;
        return [];
      },
    };
    const twin = testTwin(1, SCENE_YAML, [counting]);
    twin.advanceTo(MICROS_PER_MINUTE);
    expect(looks).toBe(1);
    toFloor(twin);
    twin.advanceTo(MICROS_PER_HOUR);
    expect(looks).toBe(1);
    twin.plant.setCapped(twin.plant.vessel('bottle-1'), true);
    letLook(twin);
    expect(looks).toBe(2);
  });
});
