import { describe, expect, it } from 'vitest';
import { Clock } from '../../src/twin/clock.ts';
import { createDevicePort } from '../../src/twin/device-port.ts';
import { vesselsAround } from '../../src/twin/standing-vessels.ts';
import type { Twin } from '../../src/twin/twin.ts';
import { describeView } from '../../src/twin/view.ts';
import { movablesTwin } from './support/movables.ts';

let sequence = 0;
const invoke = (twin: Twin, device: string, command: string) =>
  twin.execute({
    kind: 'invoke',
    client: 'test',
    sequence: sequence++,
    device,
    command,
    parameters: {},
  });
const fault = (twin: Twin, name: string, active: boolean, device = 'box') =>
  twin.execute({
    kind: 'fault',
    client: 'test',
    sequence: sequence++,
    device,
    fault: name,
    active,
  });
const move = (twin: Twin, vessel: string, place: string): void =>
  twin.plant.move(twin.plant.vessel(vessel), { at: 'place', place }, twin.now);
const heard = (twin: Twin): unknown => twin.runtime('box').state.heard;
const state = (twin: Twin): unknown => twin.read('box', 'state')?.value;
const operation = (twin: Twin): unknown => twin.read('box', 'operationState')?.value;
function clockAt(t: number): Clock {
  const clock = new Clock();
  clock.present = t;
  return clock;
}

/** The plant as the box sees it. */
const portOf = (twin: Twin, device = 'box') =>
  createDevicePort(
    {
      plant: twin.plant,
      flows: undefined as never,
      supplies: twin.supplies,
      goods: twin.goods,
      clock: clockAt(twin.now),
      solids: () => [],
      carryPose: (_, vessel) => twin.runtime(device).carryPose(vessel),
      rails: twin.rails,
      executing: () => '',
      fell: () => undefined,
    },
    device,
  );

describe('movable devices', () => {
  it('stand where their bodies stand, through every holder', () => {
    const { plant } = movablesTwin();
    const close = (id: string, expected: readonly number[]): void => {
      const { position } = plant.locations.devicePose(id);
      position.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? 0, 9));
    };
    // Dock 1 lies at -X of the shelf, which the turn brings to -Y.
    close('box', [3, 1, 0.1]);
    close('pack', [3.18, 1, 0.72]);
    expect(plant.locations.holders('pack')).toEqual(['box', 'shelf']);
    expect(plant.locations.deviceZone('pack')).toBe('hall');
  });

  it('take along what stands in them', () => {
    const twin = movablesTwin();
    move(twin, 'box.frame', 'well.dock2');
    const { position } = twin.plant.locations.devicePose('pack');
    expect(position.map((value) => Number(value.toFixed(6)))).toEqual([7, 5.82, 0.72]);
    expect(twin.plant.locations.placePose('pack.lid')?.position[2]).toBeCloseTo(0.82, 9);
    expect(portOf(twin, 'pack').location()).toBe('box.transfer');
    expect(portOf(twin).location()).toBe('well.dock2');
  });

  it('come into warmer air with all that is in them, at that moment', () => {
    const temperature = (isTouched: boolean): number => {
      const twin = movablesTwin();
      const { plant } = twin;
      const core = plant.vessel('pack.core');
      const amounts = Float64Array.of(2e-4, 0, 0);
      plant.deposit(core, { portions: [{ lot: 'MED', amounts }], temperature: 277 }, 0);
      twin.advanceTo(600e6);
      if (isTouched) plant.settleVessel(core, twin.now);
      const pose = plant.locations.devicePose('box');
      plant.move(plant.vessel('box.frame'), { at: 'floor', zone: 'oven', pose }, twin.now);
      twin.advanceTo(1200e6);
      return plant.project(core, twin.now, new Float64Array(3));
    };
    expect(temperature(false)).toBe(temperature(true));
  });

  it('work in docks with power only, and lose what they do when taken out', () => {
    const twin = movablesTwin();
    expect(invoke(twin, 'box', 'work').ok).toBe(true);
    move(twin, 'box.frame', 'shelf.floor');
    expect(twin.read('box', 'operationError')?.value).toBe('MALFUNCTION');
    expect(invoke(twin, 'box', 'work')).toMatchObject({
      ok: false,
      error: { code: 'NOT_CONNECTED' },
    });
    expect(invoke(twin, 'box', 'crank').ok).toBe(true);
    move(twin, 'box.frame', 'shelf.dock2');
    expect(heard(twin)).toEqual(['power.lost', 'power.on']);
    expect(invoke(twin, 'box', 'work').ok).toBe(true);
    twin.advanceTo(10e6);
    expect(operation(twin)).toBe('completed');
  });

  it('have power only from what has power itself, and learn when that loses it', () => {
    const twin = movablesTwin();
    const fuse = (): unknown => twin.runtime('fuse').state.heard;
    expect(portOf(twin, 'fuse').isPowered()).toBe(true);
    move(twin, 'box.frame', 'shelf.floor');
    expect(portOf(twin, 'fuse').isPowered()).toBe(false);
    move(twin, 'box.frame', 'well.dock1');
    expect(fuse()).toEqual(['power.lost', 'power.on']);
  });

  it('stand in the way where they stand now, when something can stand in them', () => {
    const twin = movablesTwin();
    const standing = (): readonly string[] => twin.solids.of('hall').map(({ id }) => id);
    const { plant } = twin;
    expect(standing()).toContain('box');
    expect(twin.solids.of('hall')).toBe(twin.solids.of('hall'));
    const around = plant.locations.devicePose('box').position;
    expect(vesselsAround(plant, around, 1).map(({ id }) => id)).not.toContain('box.frame');
    const before = twin.solids.of('hall').find(({ id }) => id === 'box')?.parts[0]?.pose.position;
    move(twin, 'box.frame', 'well.dock1');
    const after = twin.solids.of('hall').find(({ id }) => id === 'box')?.parts[0]?.pose.position;
    expect(after).not.toEqual(before);
    plant.move(plant.vessel('box.frame'), { at: 'gripper', device: 'shelf' }, twin.now);
    expect(standing()).not.toContain('box');
  });

  it('are described with their kind, their home and their places', () => {
    const [, , box, pack] = movablesTwin().describe().devices;
    expect(box).toMatchObject({ body: 'module', home: 'shelf.dock1' });
    expect(pack).toMatchObject({ body: 'cassette-s300', home: 'box.transfer' });
    expect(box?.places[0]).toMatchObject({ name: 'transfer', accepts: ['cassette-s300'] });
  });

  it('tell views which vessel they follow', () => {
    const twin = movablesTwin();
    const box = describeView(twin).equipment.find(({ id }) => id === 'box');
    expect(box).toMatchObject({ body: 'box.frame', zone: 'hall' });
  });
});

describe('faults', () => {
  it('a breakdown ends the operation, raises the alarm and refuses all but work by hand', () => {
    const twin = movablesTwin();
    invoke(twin, 'box', 'work');
    expect(fault(twin, 'breakdown', true).ok).toBe(true);
    expect(operation(twin)).toBe('failed');
    expect(state(twin)).toBe('broken');
    expect([...twin.runtime('box').alarms.keys()]).toEqual(['breakdown']);
    expect(invoke(twin, 'box', 'work')).toMatchObject({
      ok: false,
      error: { code: 'DEVICE_ERROR' },
    });
    expect(invoke(twin, 'box', 'crank').ok).toBe(true);
    fault(twin, 'breakdown', false);
    expect(state(twin)).toBe('idle');
    expect(invoke(twin, 'box', 'work').ok).toBe(true);
    expect(heard(twin)).toEqual(['breakdown', 'repaired']);
    expect(twin.takeEvents().map(({ type }) => type)).toContain('fault.began');
  });

  it('of the type reach the machine; unknown ones are refused with what there is', () => {
    const twin = movablesTwin();
    fault(twin, 'leaky', true);
    fault(twin, 'leaky', true);
    fault(twin, 'leaky', false);
    expect(heard(twin)).toEqual(['fault.leaky', 'fault.leaky.ended']);
    const refused = fault(twin, 'rust', true);
    expect(refused).toMatchObject({ ok: false, error: { code: 'UNKNOWN_FAULT' } });
    expect(!refused.ok && refused.error.message).toContain(
      'breakdown, powerLoss, jam, slow, leaky',
    );
  });

  it('are part of the state', () => {
    const twin = movablesTwin();
    const before = twin.stateHash();
    fault(twin, 'leaky', true);
    expect(twin.stateHash()).not.toBe(before);
  });
});

describe('supplies', () => {
  const tank = (twin: Twin, id = 'shelf.tank'): number =>
    twin.plant.volumeAt(twin.plant.vessel(id), twin.now);

  it('serve what is docked in what they serve, and lose nothing', () => {
    const twin = movablesTwin();
    twin.goods.fill(
      'shelf.tank',
      { liquid: 'brine', volume: 0.1, temperature: 277, lot: 'MED' },
      0,
    );
    const port = portOf(twin);
    expect(port.supply('medium')).toEqual({
      id: 'medium-main',
      source: 'shelf.tank',
      open: true,
      liquid: '',
    });
    expect(port.supply('gas')).toBeUndefined();
    port.toDrain(port.drawSupply('medium', 0.03));
    expect(tank(twin)).toBeCloseTo(0.07, 12);
    expect(tank(twin, 'well.tank')).toBeCloseTo(0.03, 12);
    expect(twin.plant.vessel('well.tank').contents.lots.map(({ lot }) => lot)).toEqual([
      'well.tank',
    ]);
    expect(twin.massBalance.worst(twin.plant, 0).relativeError).toBeLessThan(1e-12);
    move(twin, 'box.frame', 'well.dock1');
    expect(port.supply('medium')).toBeUndefined();
  });

  it('give nothing while their source is shut, and those served hear of it once', () => {
    const twin = movablesTwin();
    twin.goods.fill(
      'shelf.tank',
      { liquid: 'brine', volume: 0.1, temperature: 277, lot: 'MED' },
      0,
    );
    const source = portOf(twin, 'shelf');
    source.setSupplyOpen(false);
    source.setSupplyOpen(false);
    expect(portOf(twin).drawSupply('medium', 0.01).portions).toEqual([]);
    twin.advanceTo(1);
    expect(heard(twin)).toEqual(['supply.changed']);
  });
});

describe('goods', () => {
  it('come in and leave within the mass balance', () => {
    const twin = movablesTwin();
    const port = portOf(twin);
    const fill = { liquid: 'brine', volume: 1e-4, temperature: 277, lot: 'P-009' };
    move(twin, 'pack.core', 'box.transfer');
    twin.plant.move(twin.plant.vessel('pack.core'), { at: 'own', device: 'pack', name: 'core' }, 0);
    port.bringIn({
      id: 'bag',
      kind: 'cassette-s300',
      place: 'transfer',
      batch: 'P-009',
      capped: false,
      fill,
    });
    expect(port.vesselAt('transfer')).toMatchObject({ id: 'bag', batch: 'P-009' });
    expect(twin.plant.state.batches.has('P-009')).toBe(true);
    const revision = describeView(twin).revision;
    twin.advanceTo(3600e6);
    port.takeOut('bag');
    expect(port.vesselAt('transfer')).toBeUndefined();
    expect(describeView(twin).revision).toBeGreaterThan(revision);
    expect(twin.massBalance.worst(twin.plant, twin.now).relativeError).toBeLessThan(1e-12);
  });

  it('a fresh core takes the old one away with contents, label and port counts', () => {
    const twin = movablesTwin();
    const port = portOf(twin);
    twin.goods.fill(
      'pack.core',
      { liquid: 'brine', volume: 1e-4, temperature: 277, lot: 'P-009' },
      0,
    );
    port.setBatch('pack.core', 'P-009');
    port.usePort('pack.core', 'sample');
    port.setSamplingValve('pack.core', true);
    expect(port.portUses('pack.core')).toMatchObject({ sample: 1, gasIn: 0 });
    port.refit('pack.core', 'cassette-s1000');
    expect(port.vessel('pack.core')).toMatchObject({
      kind: 'cassette-s1000',
      batch: '',
      volume: 0,
    });
    expect(port.portUses('pack.core')).toMatchObject({ sample: 0 });
    expect(port.samplingValve('pack.core')).toBe(false);
    expect(twin.massBalance.worst(twin.plant, 0).relativeError).toBeLessThan(1e-12);
  });

  it('a reservoir is exchanged for a full one, and what runs out stays in the zone', () => {
    const twin = movablesTwin();
    const port = portOf(twin, 'shelf');
    const fill = (volume: number) => ({ liquid: 'brine', volume, temperature: 277, lot: 'MED' });
    twin.goods.fill('shelf.tank', fill(0.01), 0);
    port.refill('tank', fill(0.1));
    expect(port.volume('tank')).toBeCloseTo(0.1, 12);
    port.spill(port.withdraw('tank', 0.03, 'mixed'));
    const spilled = twin.plant.state.spills.get('hall')?.lots ?? [];
    expect(spilled.map(({ amounts }) => amounts[0])).toEqual([0.03]);
    port.refill('tank', undefined);
    expect(port.volume('tank')).toBe(0);
    expect(twin.massBalance.worst(twin.plant, 0).relativeError).toBeLessThan(1e-12);
  });

  it('couplings are kept by place and belong to the state', () => {
    const twin = movablesTwin();
    const port = portOf(twin);
    const before = twin.stateHash();
    const coupling = {
      connector: 'c',
      vessel: 'pack.core',
      ports: 'process',
      open: true,
      sterile: true,
      leak: 0,
    } as const;
    port.setCoupling('transfer', coupling);
    expect(portOf(twin, 'shelf').coupling('box.transfer')).toEqual(coupling);
    expect(twin.stateHash()).not.toBe(before);
    port.setCoupling('transfer', undefined);
    expect(twin.plant.state.couplings.size).toBe(0);
    // The box is still to be told.
    expect(twin.nextEventTime).toBe(twin.now);
  });
});
