import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEVICE_CONDITIONS,
  VESSEL_FIELDS,
  VESSEL_STRIDE,
  type ViewScene,
} from '../../src/kernel/view-contract.ts';
import { applySceneChange } from '../../src/kernel/scene-change.ts';
import { FrameWriter, type LookOf } from '../../src/twin/frame-writer.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { changesOfView, describeView } from '../../src/twin/view.ts';
import { movablesTwin } from './support/movables.ts';

const SEED = 20260105;
const lookOf: LookOf = (amounts) => ({ tint: 'medium', turbidity: Math.min(1, amounts[2] ?? 0) });

function bring(twin: Twin, id: string, place = 'pack.lid', batch = ''): void {
  twin.goods.bringIn(
    { id, kind: 'tube-50', place, batch, capped: false, fill: undefined },
    twin.now,
  );
}

function numberOf(
  view: ViewScene,
  values: Float32Array,
  id: string,
  field: keyof typeof VESSEL_FIELDS,
): number {
  const slot = view.vessels.findIndex((vessel) => vessel.id === id);
  return values[view.layout.vessels + slot * VESSEL_STRIDE + VESSEL_FIELDS[field]] ?? Number.NaN;
}

function conditionOf(view: ViewScene, values: Float32Array, id: string): string | undefined {
  const index = view.equipment.findIndex((device) => device.id === id);
  return DEVICE_CONDITIONS[values[view.layout.devices + index] ?? -1];
}

describe('the description of a scene', () => {
  it('tells of faults, supplies, kinds and labels', () => {
    const twin = movablesTwin();
    twin.plant.setBatch(twin.plant.vessel('pack.core'), 'P-001');
    const view = describeView(twin);
    const type = view.equipment.find(({ id }) => id === 'box')?.type ?? '';
    expect(view.faults[type]?.map(({ name }) => name)).toEqual([
      'breakdown',
      'powerLoss',
      'jam',
      'slow',
      'leaky',
    ]);
    expect(view.supplies[0]).toMatchObject({ carries: 'medium', from: 'shelf', to: ['shelf'] });
    const core = view.vessels.find(({ id }) => id === 'pack.core');
    expect(core).toMatchObject({ kind: 'cassette-s300', batch: 'P-001' });
  });

  it('changes by the vessels that come and go: a slot is kept, and taken over when it is free', () => {
    const twin = movablesTwin();
    const view = describeView(twin);
    expect(changesOfView(twin, view)).toBeUndefined();
    bring(twin, 'a');
    const first = changesOfView(twin, view);
    const slot = view.vessels.length;
    expect(first).toMatchObject({ vessels: [{ slot, vessel: { id: 'a' } }] });
    if (first === undefined) return;
    const second = applySceneChange(view, first);
    expect(second.revision).toBeGreaterThan(view.revision);
    expect(second.layout.length).toBe(view.layout.length + VESSEL_STRIDE);
    expect(second.equipment).toBe(view.equipment);
    twin.goods.takeOut('a', twin.now);
    bring(twin, 'b', 'pack.lid', 'P-002');
    const third = changesOfView(twin, second);
    expect(third).toMatchObject({
      layout: second.layout,
      vessels: [{ slot, vessel: { id: 'b', batch: 'P-002' } }],
    });
  });

  it('changes by labels and fresh cores', () => {
    const twin = movablesTwin();
    const view = describeView(twin);
    twin.plant.setBatch(twin.plant.vessel('pack.core'), 'P-001');
    const labelled = changesOfView(twin, view);
    expect(labelled?.vessels[0]?.vessel.batch).toBe('P-001');
    const slot = view.vessels.findIndex(({ id }) => id === 'pack.core');
    twin.goods.refit('pack.core', 'cassette-s100', twin.now);
    expect(changesOfView(twin, view)?.vessels).toMatchObject([
      { slot, vessel: { kind: 'cassette-s100', batch: '' } },
    ]);
  });
});

describe('frames', () => {
  it('have every vessel where it is, however devices were moved and looked at', () => {
    const step = fc.constantFrom(
      ['box.frame', 'shelf.dock1'],
      ['box.frame', 'shelf.dock2'],
      ['box.frame', 'shelf.floor'],
      ['pack.core', 'box.transfer'],
      ['tube', 'pack.lid'],
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(step, fc.boolean())), (steps) => {
        const twin = movablesTwin();
        bring(twin, 'tube');
        const view = describeView(twin);
        const writer = new FrameWriter(twin, view, lookOf);
        for (const [[vessel = '', place = ''], isLooking] of steps) {
          if (twin.plant.occupant(place) === undefined) {
            twin.plant.move(twin.plant.vessel(vessel), { at: 'place', place }, twin.now);
          }
          if (isLooking) writer.write();
        }
        const values = writer.write();
        for (const { id } of view.vessels) {
          const { position } = twin.plant.locations.vesselPose(twin.plant.vessel(id));
          const seen = (['x', 'y', 'z'] as const).map((f) => numberOf(view, values, id, f));
          position.forEach((value, i) => expect(seen[i]).toBeCloseTo(value, 5));
        }
      }),
      { seed: SEED },
    );
  });

  it('name the device that holds a vessel', () => {
    const twin = movablesTwin();
    const view = describeView(twin);
    const values = new FrameWriter(twin, view, lookOf).write();
    const holder = (id: string): string | undefined =>
      view.equipment[numberOf(view, values, id, 'holder')]?.id;
    expect(holder('pack.core')).toBe('box');
    expect(holder('box.frame')).toBe('shelf');
    expect(holder('shelf.tank')).toBe('shelf');
  });

  it('show what is in a vessel, also when nobody told that it has changed', () => {
    const twin = movablesTwin();
    const view = describeView(twin);
    const writer = new FrameWriter(twin, view, lookOf);
    expect(numberOf(view, writer.write(), 'pack.core', 'fill')).toBe(0);
    twin.goods.fill(
      'pack.core',
      { liquid: 'brine', volume: 150e-6, temperature: 277, lot: 'P-009' },
      twin.now,
    );
    const filled = writer.write();
    expect(numberOf(view, filled, 'pack.core', 'fill')).toBeCloseTo(0.5, 3);
    expect(numberOf(view, filled, 'pack.core', 'turbidity')).toBe(1);
  });

  it('follow a vessel that leaves and one that comes in its place', () => {
    const twin = movablesTwin();
    bring(twin, 'a');
    let view = describeView(twin);
    const writer = new FrameWriter(twin, view, lookOf);
    expect(numberOf(view, writer.write(), 'a', 'present')).toBe(1);
    twin.goods.takeOut('a', twin.now);
    expect(numberOf(view, writer.write(), 'a', 'present')).toBe(0);
    bring(twin, 'b');
    const change = changesOfView(twin, view);
    if (change === undefined) throw new Error('nothing has changed');
    view = applySceneChange(view, change);
    writer.follow(view);
    const values = writer.write();
    expect(values).toHaveLength(view.layout.length);
    expect(numberOf(view, values, 'b', 'present')).toBe(1);
  });

  it('tell what each device is up to', () => {
    const twin = movablesTwin();
    const view = describeView(twin);
    const writer = new FrameWriter(twin, view, lookOf);
    const give = { client: 'test', sequence: 0, device: 'box' } as const;
    expect(conditionOf(view, writer.write(), 'box')).toBe('idle');
    twin.execute({ ...give, kind: 'invoke', command: 'work', parameters: {} });
    expect(conditionOf(view, writer.write(), 'box')).toBe('running');
    twin.execute({ ...give, kind: 'fault', fault: 'breakdown', active: true });
    expect(conditionOf(view, writer.write(), 'box')).toBe('broken');
    twin.execute({ ...give, kind: 'fault', fault: 'breakdown', active: false });
    twin.plant.move(
      twin.plant.vessel('box.frame'),
      { at: 'place', place: 'shelf.floor' },
      twin.now,
    );
    expect(conditionOf(view, writer.write(), 'box')).toBe('off');
  });
});
