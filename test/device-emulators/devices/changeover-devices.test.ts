import { describe, expect, it } from 'vitest';
import { bagFiller } from '../../../src/device-emulators/devices/bag-filler/definition.ts';
import { bagStand } from '../../../src/device-emulators/devices/bag-stand/definition.ts';
import { bioreactor } from '../../../src/device-emulators/devices/bioreactor/definition.ts';
import { bottleRack } from '../../../src/device-emulators/devices/bottle-rack/definition.ts';
import { goodsStation } from '../../../src/device-emulators/devices/goods-station/definition.ts';
import { liquidHandler } from '../../../src/device-emulators/devices/liquid-handler/definition.ts';
import { magneticSeparator } from '../../../src/device-emulators/devices/magnetic-separator/definition.ts';
import { peristalticPump } from '../../../src/device-emulators/devices/peristaltic-pump/definition.ts';
import { tubeWelder } from '../../../src/device-emulators/devices/tube-welder/definition.ts';
import { wasteStation } from '../../../src/device-emulators/devices/waste-station/definition.ts';
import { zoneDecontaminator } from '../../../src/device-emulators/devices/zone-decontaminator/definition.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';

function plant(): DevicePlant {
  return devicePlant(
    [
      bagFiller,
      bagStand,
      bioreactor,
      bottleRack,
      goodsStation,
      liquidHandler,
      magneticSeparator,
      peristalticPump,
      tubeWelder,
      wasteStation,
      zoneDecontaminator,
    ],
    `devices:
  goods: { type: goods-station, title: Goods, zone: hall, at: [2 m, 2 m, 0 m], config: { positions: 4 } }
  vapour: { type: zone-decontaminator, title: Vapour, zone: hall, at: [4 m, 2 m, 0 m], config: { conditioningTime: 10 min, exposureTime: 30 min, aerationTime: 20 min } }
  waste: { type: waste-station, title: Waste, zone: hall, at: [6 m, 2 m, 0 m] }
  rack: { type: bottle-rack, title: Rack, zone: hall, at: [8 m, 2 m, 0 m] }
  reactor: { type: bioreactor, title: Reactor, zone: hall, at: [2 m, 6 m, 0 m] }
  stand: { type: bag-stand, title: Stand, zone: hall, at: [4 m, 6 m, 0 m] }
  spent: { type: bag-stand, title: Spent, zone: hall, at: [5 m, 4 m, 0 m], config: { use: waste } }
  filler: { type: bag-filler, title: Filler, zone: hall, at: [8 m, 4 m, 0.8 m] }
  magnet: { type: magnetic-separator, title: Magnet, zone: hall, at: [8 m, 6 m, 0.8 m] }
  pipettes: { type: liquid-handler, title: Pipettes, zone: hall, at: [2 m, 4 m, 0.8 m] }
  pump: { type: peristaltic-pump, title: Pump, zone: hall, at: [3 m, 6 m, 0 m], config: { line: hose } }
  welder: { type: tube-welder, title: Welder, zone: hall, at: [6 m, 6 m, 0 m] }
vessels:
  bag: { kind: bag-20l, place: stand.bag, fill: { liquid: expansion-medium, volume: 2 L, temperature: 20 degC, lot: MED } }
  full: { kind: bag-20l, place: spent.bag, fill: { liquid: wash-buffer, volume: 17 L, temperature: 20 degC, lot: BUF } }
  drops: { kind: reservoir, place: filler.drops, fill: { liquid: wash-buffer, volume: 40 ml, temperature: 20 degC, lot: BUF } }
  washing: { kind: reservoir, place: magnet.buffer, fill: { liquid: wash-buffer, volume: 1 L, temperature: 20 degC, lot: BUF } }
  washed: { kind: bag-20l, place: magnet.waste, fill: { liquid: wash-buffer, volume: 40 ml, temperature: 20 degC, lot: BUF } }
  off: { kind: bag-20l, place: pipettes.waste, fill: { liquid: wash-buffer, volume: 40 ml, temperature: 20 degC, lot: BUF } }
  used: { kind: bottle-250, place: waste.bin1, fill: { liquid: wash-buffer, volume: 20 ml, temperature: 20 degC, lot: BUF } }
  open: { kind: bottle-250, place: rack.rack1, capped: false, fill: { liquid: wash-buffer, volume: 50 ml, temperature: 20 degC, lot: BUF } }
lines:
  hose: { from: stand.bag, to: reactor.feed, bore: 3.2 mm, length: 2.4 m, connected: true }
`,
  );
}

const balance = ({ twin }: DevicePlant): number =>
  twin.massBalance.worst(twin.plant, twin.now).relativeError;
const volume = ({ twin }: DevicePlant, id: string): number =>
  twin.plant.volumeAt(twin.plant.vessel(id), twin.now) * 1e6;

describe('goods station', () => {
  const bag = { vessel: 'bag-7', kind: 'cryobag', position: 2, batch: 'P-007' } as const;
  const full = { ...bag, liquid: 'apheresis', volume: 100, temperature: -150, lot: 'P-007' };

  it('lets a patient bag in, known as a batch from then on, and out again', () => {
    const p = plant();
    expect(p.run('goods', 'deliver', full)).toBe('completed');
    expect(volume(p, 'bag-7')).toBeCloseTo(100, 6);
    expect(p.twin.plant.state.batches.has('P-007')).toBe(true);
    expect(p.read('goods', 'occupied')).toBe(1);
    expect(balance(p)).toBeLessThan(1e-12);
    expect(p.run('goods', 'collect', { position: 2 })).toBe('completed');
    expect(p.twin.plant.state.vessels.has('bag-7')).toBe(false);
    expect(balance(p)).toBeLessThan(1e-12);
  });

  it('refuses what cannot be put down or is not there', () => {
    const p = plant();
    expect(p.give('goods', 'deliver', { ...full, position: 5 })).toBe('UNKNOWN_PLACE');
    expect(p.give('goods', 'deliver', { ...full, liquid: 'soup' })).toBe('INVALID_PARAMETER');
    expect(p.give('goods', 'deliver', { ...full, volume: 0 })).toBe('OUT_OF_RANGE');
    expect(p.give('goods', 'deliver', { ...full, vessel: 'used' })).toBe('PLACE_OCCUPIED');
    expect(p.give('goods', 'collect', { position: 1 })).toBe('NO_VESSEL');
    p.run('goods', 'deliver', bag);
    expect(volume(p, 'bag-7')).toBe(0);
    expect(p.give('goods', 'deliver', { ...full, vessel: 'bag-8' })).toBe('PLACE_OCCUPIED');
  });
});

describe('zone decontaminator', () => {
  const cap = ({ twin }: DevicePlant): void => {
    twin.plant.setCapped(twin.plant.vessel('open'), true);
  };

  it('refuses while something is open', () => {
    expect(plant().give('vapour', 'decontaminate')).toBe('VESSEL_OPEN');
  });

  it('counts as done after the exposure, and is free after airing', () => {
    const p = plant();
    cap(p);
    p.give('vapour', 'decontaminate');
    p.advance(20 * 60);
    expect(Number(p.read('vapour', 'vapour'))).toBeGreaterThan(370);
    expect(p.twin.plant.state.decontaminations.size).toBe(0);
    p.advance(30 * 60);
    expect(p.twin.plant.state.decontaminations.get('hall')).toBe(40 * 60e6);
    expect(p.read('vapour', 'remainingTime')).toBe(10);
    p.advance(10 * 60);
    expect(p.read('vapour', 'state')).toBe('idle');
    expect(p.read('vapour', 'cycles')).toBe(1);
  });

  it('an aborted cycle counts as none, and the zone is aired first', () => {
    const p = plant();
    cap(p);
    p.give('vapour', 'decontaminate');
    p.advance(30 * 60);
    expect(p.give('vapour', 'abort')).toBe('');
    expect(p.give('vapour', 'decontaminate')).toBe('WRONG_STATE');
    p.advance(20 * 60);
    expect(p.give('vapour', 'decontaminate')).toBe('');
    expect(p.twin.plant.state.decontaminations.size).toBe(0);
  });
});

describe('exchange of parts that touched product', () => {
  it('a new vessel, new tubing, an empty bin and bag leave nothing behind and nothing unaccounted', () => {
    const p = plant();
    p.run('pump', 'dispense', { volume: 300, flow: 200 });
    expect(volume(p, 'reactor.culture')).toBeGreaterThan(200);
    p.run('welder', 'seal', { line: 'hose' });
    p.give('welder', 'renew', { line: 'hose' });
    expect(p.run('reactor', 'exchangeVessel')).toBe('completed');
    expect(volume(p, 'reactor.culture')).toBe(0);
    expect(p.twin.plant.line('hose').tubing.segments.every(({ kind }) => kind === 'air')).toBe(
      true,
    );
    expect(p.run('waste', 'changeBin')).toBe('completed');
    expect(p.twin.plant.state.vessels.has('used')).toBe(false);
    expect(p.run('waste', 'changeBag')).toBe('completed');
    expect(balance(p)).toBeLessThan(1e-12);
  });

  it('takes half an hour, and not while the culture is under control', () => {
    const p = plant();
    p.give('reactor', 'start');
    expect(p.give('reactor', 'exchangeVessel')).toBe('WRONG_STATE');
    p.give('reactor', 'stop');
    p.give('reactor', 'exchangeVessel');
    p.advance(1790);
    expect(p.read('reactor', 'operationState')).toBe('running');
    p.advance(11);
    expect(p.read('reactor', 'operationState')).toBe('completed');
  });
});

describe('bag stand', () => {
  it('gets a full bag when little is left, or an empty one for waste; both are accounted for', () => {
    const p = plant();
    expect(p.read('stand', 'exchangeDue')).toBe(true);
    expect(p.run('stand', 'exchangeBag')).toBe('completed');
    expect(volume(p, 'stand.bag')).toBeCloseTo(18_000, 3);
    expect(p.read('stand', 'exchangeDue')).toBe(false);
    expect(volume(p, 'spent.bag')).toBeCloseTo(17_000, 3);
    expect(p.read('spent', 'exchangeDue')).toBe(true);
    expect(p.run('spent', 'exchangeBag')).toBe('completed');
    expect(volume(p, 'spent.bag')).toBe(0);
    expect(p.twin.plant.vessel('spent.bag').waste).toBe(true);
    expect(balance(p)).toBeLessThan(1e-12);
  });

  it('keeps the old bag when the exchange is given up', () => {
    const p = plant();
    p.give('stand', 'exchangeBag');
    p.advance(60);
    expect(p.give('stand', 'abort')).toBe('');
    p.advance(1800);
    expect(volume(p, 'stand.bag')).toBeCloseTo(2000, 3);
  });
});

describe('sets that touch the product', () => {
  it.each([
    ['filler', 'drops'],
    ['magnet', 'waste'],
    ['pipettes', 'waste'],
  ])('%s gets a new one; what was in it leaves', (device, vessel) => {
    const p = plant();
    expect(volume(p, `${device}.${vessel}`)).toBeCloseTo(40, 6);
    expect(p.run(device, 'exchangeSet')).toBe('completed');
    expect(volume(p, `${device}.${vessel}`)).toBe(0);
    expect(balance(p)).toBeLessThan(1e-12);
    p.give(device, 'exchangeSet');
    expect(p.give(device, 'exchangeSet')).toMatch(/BUSY|WRONG_STATE/);
  });

  it('the separator gets reservoirs filled where little is left', () => {
    const p = plant();
    expect(p.run('magnet', 'exchangeSet')).toBe('completed');
    expect(volume(p, 'magnet.selectionBeads')).toBeCloseTo(50, 6);
    expect(volume(p, 'magnet.buffer')).toBeCloseTo(1000, 6);
  });
});
