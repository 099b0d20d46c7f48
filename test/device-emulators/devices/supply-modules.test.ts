import { describe, expect, it } from 'vitest';
import { gasSupplyModule } from '../../../src/device-emulators/devices/gas-supply-module/definition.ts';
import { mediaSupplyModule } from '../../../src/device-emulators/devices/media-supply-module/definition.ts';
import { moduleRack } from '../../../src/device-emulators/devices/module-rack/definition.ts';
import { parkingModule } from '../../../src/device-emulators/devices/parking-module/definition.ts';
import { cellCassette } from '../../../src/device-emulators/devices/cell-cassette/definition.ts';
import { lockModule } from '../../../src/device-emulators/devices/lock-module/definition.ts';
import { wasteModule } from '../../../src/device-emulators/devices/waste-module/definition.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';

const DAY = 24 * 3600;

function plant(): DevicePlant {
  return devicePlant(
    [
      cellCassette,
      gasSupplyModule,
      lockModule,
      mediaSupplyModule,
      moduleRack,
      parkingModule,
      wasteModule,
    ],
    `devices:
  rack: { type: module-rack, title: Rack, zone: hall, at: [4 m, 4 m, 0 m], config: { columns: 6 } }
  media: { type: media-supply-module, title: Media, in: rack.dock1 }
  gas: { type: gas-supply-module, title: Gas, in: rack.dock2, config: { endurance: 10 d } }
  waste: { type: waste-module, title: Waste, in: rack.dock3 }
  cold: { type: parking-module, title: Cold parking, in: rack.dock4, config: { temperature: 4 degC } }
  lock: { type: lock-module, title: Lock, in: rack.dock5 }
  cassette: { type: cell-cassette, title: Cassette, in: cold.park1 }
vessels:
  medium: { kind: tank-200l, place: media.tank, fill: { liquid: expansion-medium, volume: 150 L, temperature: 5 degC, lot: MED } }
  culture: { kind: cassette-s300, place: cassette.core, fill: { liquid: wash-buffer, volume: 100 ml, temperature: 37 degC, lot: BUF } }
supplies:
  medium: { title: Medium, carries: medium, from: media.tank, to: [rack], bore: 8 mm }
  buffer: { title: Buffer, carries: buffer, from: media.buffer, to: [rack], bore: 8 mm }
  gas: { title: Gas, carries: gas, from: gas, to: [rack], bore: 6 mm }
  drain: { title: Drain, carries: drain, from: waste.drain, to: [rack], bore: 12 mm }
`,
  );
}

const isOpen = ({ twin }: DevicePlant, supply: string): boolean =>
  twin.supplies.find('cassette', supply as 'medium')?.open ?? false;
const fault = ({ twin }: DevicePlant, device: string, name: string, active: boolean): void => {
  twin.execute({ kind: 'fault', client: 'test', sequence: 0, device, fault: name, active });
};
const balance = ({ twin }: DevicePlant): number =>
  twin.massBalance.worst(twin.plant, twin.now).relativeError;

describe('media supply', () => {
  it('delivers until it is shut, fails or loses its dock, and says when it should', () => {
    const p = plant();
    expect([isOpen(p, 'medium'), isOpen(p, 'buffer')]).toEqual([true, true]);
    p.give('media', 'close');
    expect([isOpen(p, 'medium'), p.alarms('media')]).toEqual([false, []]);
    p.give('media', 'open');
    fault(p, 'media', 'pumpFailure', true);
    expect([isOpen(p, 'buffer'), p.alarms('media')]).toEqual([false, ['noPressure']]);
    expect(Number(p.read('media', 'pressure'))).toBeLessThan(3);
    fault(p, 'media', 'pumpFailure', false);
    expect([isOpen(p, 'medium'), p.alarms('media')]).toEqual([true, []]);
    fault(p, 'media', 'breakdown', true);
    expect(isOpen(p, 'medium')).toBe(false);
    fault(p, 'media', 'breakdown', false);
    expect(isOpen(p, 'medium')).toBe(true);
    const { plant: graph, now } = p.twin;
    graph.move(graph.vessel('media.frame'), { at: 'gripper', device: 'lock' }, now);
    expect(isOpen(p, 'medium')).toBe(false);
  });

  it('tells of a low tank, which an operator exchanges within the mass balance', () => {
    const p = plant();
    p.advance(3600);
    expect(p.alarms('media')).toEqual(['levelLow']);
    expect(p.run('media', 'replaceTank', { tank: 'buffer', volume: 120 })).toBe('completed');
    expect(Number(p.read('media', 'bufferLevel'))).toBeCloseTo(120, 0);
    expect(p.alarms('media')).toEqual([]);
    expect(p.run('media', 'replaceTank', { tank: 'tank', volume: 180 })).toBe('completed');
    expect(p.twin.plant.usage.consumption.liquids).toMatchObject({ 'wash-buffer': 0.12 });
    expect(balance(p)).toBeLessThan(1e-12);
  });
});

describe('gas supply', () => {
  it('runs out after its endurance, and goes on with new bottles', () => {
    const p = plant();
    p.advance(5 * DAY);
    expect(Number(p.read('gas', 'level'))).toBeCloseTo(50, 0);
    expect(p.run('gas', 'replaceBottle')).toBe('completed');
    p.advance(6 * DAY);
    expect(isOpen(p, 'gas')).toBe(true);
    p.advance(5 * DAY);
    expect([isOpen(p, 'gas'), p.alarms('gas')]).toEqual([false, ['noGas']]);
    expect(p.run('gas', 'replaceBottle')).toBe('completed');
    expect([isOpen(p, 'gas'), p.alarms('gas')]).toEqual([true, []]);
  });
});

describe('waste', () => {
  it('warns when nearly full and is emptied within the mass balance', () => {
    const p = plant();
    const { twin } = p;
    const fill = { liquid: 'wash-buffer', volume: 0.18, temperature: 294, lot: 'W' };
    twin.goods.fill('waste.drain', fill, twin.now);
    p.advance(3600);
    expect(p.alarms('waste')).toEqual(['levelHigh']);
    expect(p.run('waste', 'empty')).toBe('completed');
    expect([Math.round(Number(p.read('waste', 'level'))), p.alarms('waste')]).toEqual([0, []]);
    expect(balance(p)).toBeLessThan(1e-12);
  });
});

describe('parking', () => {
  it('cools what waits there to its temperature', () => {
    const p = plant();
    expect(p.read('cold', 'parked')).toBe('cassette.core,,,,,');
    p.advance(3600);
    expect(Number(p.read('cassette', 'temperature'))).toBeLessThan(6);
  });
});

describe('lock', () => {
  const order = { batch: 'P-009', volume: 100, temperature: -150 };

  it('lets a patient bag in, decontaminated, and a bag out', () => {
    const p = plant();
    expect(p.run('lock', 'receive', order)).toBe('completed');
    const bag = String(p.read('lock', 'bag'));
    expect(bag).not.toBe('');
    expect(p.twin.plant.vessel(bag).batch).toBe('P-009');
    expect(p.twin.plant.state.batches.has('P-009')).toBe(true);
    expect(p.twin.now).toBeGreaterThanOrEqual((120 + 15 * 60) * 1e6);
    expect(p.give('lock', 'receive', order)).toBe('PLACE_OCCUPIED');
    expect(p.run('lock', 'dispatch')).toBe('completed');
    expect(p.give('lock', 'dispatch')).toBe('NO_VESSEL');
    expect(balance(p)).toBeLessThan(1e-12);
  });

  it('is shut to the inside while something is handed through', () => {
    const p = plant();
    p.give('lock', 'receive', order);
    expect(p.twin.plant.state.places.get('lock.bag')?.open).toBe(false);
    p.give('lock', 'abort');
    expect(p.twin.plant.state.places.get('lock.bag')?.open).toBe(true);
    expect(p.read('lock', 'bag')).toBe('');
  });

  it('refuses unknown material and a bag without a batch', () => {
    const p = plant();
    expect(p.give('lock', 'receive', { ...order, material: 'soup' })).toBe('INVALID_PARAMETER');
    expect(p.give('lock', 'receive', { ...order, batch: '' })).toBe('INVALID_PARAMETER');
  });

  it('lets cassettes in and out by hand', () => {
    const p = plant();
    expect(p.give('lock', 'admit', { vessel: 'waste.drain' })).toBe('WRONG_VESSEL');
    expect(p.give('lock', 'admit', { vessel: 'nothing' })).toBe('UNKNOWN_VESSEL');
    expect(p.run('lock', 'admit', { vessel: 'cassette.core' })).toBe('completed');
    expect(p.read('lock', 'occupant')).toBe('cassette.core');
    expect(p.read('cassette', 'location')).toBe('lock.transfer');
    expect(p.give('lock', 'expel', { to: 'cold.shelf' })).toBe('UNKNOWN_PLACE');
    expect(p.run('lock', 'expel', { to: 'cold.park2' })).toBe('completed');
    expect(p.read('cassette', 'location')).toBe('cold.park2');
  });
});
