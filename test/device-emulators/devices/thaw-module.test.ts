import { describe, expect, it } from 'vitest';
import { livingCells } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { apheresis } from '../../../src/bio-models/starting-materials.ts';
import { fillModule } from '../../../src/device-emulators/devices/fill-module/definition.ts';
import { moduleRack } from '../../../src/device-emulators/devices/module-rack/definition.ts';
import { thawModule } from '../../../src/device-emulators/devices/thaw-module/definition.ts';
import type { DeviceBench } from '../support/device-bench.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';
import { benchModule, couple, expectConserved, ml, pour } from '../support/module-bench.ts';

function plant(config = '', temperature = -100): DevicePlant {
  return devicePlant(
    [thawModule, moduleRack, fillModule],
    `devices:
  rack: { type: module-rack, title: Rack, zone: hall, at: [4 m, 4 m, 0 m], config: { columns: 2, levels: 1 } }
  thaw: { type: thaw-module, title: Thaw, in: rack.dock1${config} }
  tank: { type: fill-module, title: Tank, in: rack.dock2 }
supplies:
  buffer: { title: Buffer, carries: buffer, from: tank.formulationBuffer, to: [rack], bore: 8 mm }
vessels:
  bag: { kind: cryobag, place: thaw.bag, batch: P-1, fill: { liquid: apheresis, volume: 100 ml, temperature: ${temperature} degC, lot: P-1 } }
`,
  );
}

function amounts(p: DevicePlant): Float64Array {
  const out = new Float64Array(p.twin.plant.speciesCount);
  p.twin.plant.project(p.twin.plant.vessel('bag'), p.twin.now, out);
  return out;
}

/** A module with a thawed bag of a patient and an empty cassette. */
function thawed(): DeviceBench {
  const bench = benchModule(thawModule, { cassette: { kind: 'cassette-s1000' } });
  bench.plant.addVessel({
    id: 'bag',
    kind: 'cryobag',
    place: 'bag',
    batch: 'P-001',
    fill: apheresis(1, 'P-001', 100e-6),
    lot: 'P-001',
    temperature: 288,
  });
  return bench;
}

describe('thaw module', () => {
  it('thaws a bag in minutes, holds it, and most cells live', () => {
    const p = plant();
    const before = livingCells(amounts(p));
    expect(p.run('thaw', 'thaw', { target: 15 })).toBe('completed');
    const { result } = p.twin.runtime('thaw').operation;
    expect(Number(result.duration) / 60).toBeGreaterThan(3);
    expect(Number(result.duration) / 60).toBeLessThan(12);
    expect(Number(result.warmingRate)).toBeGreaterThan(5);
    expect(livingCells(amounts(p)) / before).toBeGreaterThan(0.97);
    expect(amounts(p)[S.cryoInjured]).toBeGreaterThan(0);
    p.advance(1800);
    expect(Number(p.read('thaw', 'bagTemperature'))).toBeCloseTo(15.5, -0.5);
    expect(p.read('thaw', 'bag')).toBe('bag');
  });

  it('thaws what has warmed by itself', () => {
    const p = plant('', -80);
    p.advance(3600);
    expect(Number(p.read('thaw', 'bagTemperature'))).toBeGreaterThan(-50);
    expect(Number(p.read('thaw', 'bagTemperature'))).toBeLessThan(-20);
    expect(p.run('thaw', 'thaw')).toBe('completed');
    expect(amounts(p)[S.cryoInjured]).toBeGreaterThan(0);
  });

  it('poor contact thaws slowly, which costs cells that were frozen fast', () => {
    const survival = (fault: boolean): number => {
      const p = plant(', config: { coolingRate: 10 K/min }');
      const before = livingCells(amounts(p));
      p.twin.execute({
        kind: 'fault',
        client: 'test',
        sequence: 0,
        device: 'thaw',
        fault: 'poorContact',
        active: fault,
      });
      p.give('thaw', 'thaw', { target: 5 });
      p.advance(1300);
      expect(p.alarms('thaw')).toEqual(fault ? ['slow'] : []);
      while (p.twin.runtime('thaw').operation.state === 'running') p.advance(60);
      return livingCells(amounts(p)) / before;
    };
    expect(survival(true)).toBeLessThan(0.8 * survival(false));
  });

  it('an abort leaves the bag to itself, a second thaw goes on', () => {
    const p = plant();
    p.give('thaw', 'thaw', { target: 15 });
    p.advance(60);
    const before = Number(p.read('thaw', 'bagTemperature'));
    p.give('thaw', 'abort');
    p.advance(60);
    expect(Number(p.read('thaw', 'bagTemperature')) - before).toBeLessThan(8);
    expect(p.run('thaw', 'thaw', { target: 15 })).toBe('completed');
    expect(Number(p.twin.runtime('thaw').operation.result.warmingRate)).toBeGreaterThan(3);
    expect(amounts(p)[S.cryoInjured]).toBeGreaterThan(0);
  });

  it('brings cells into the cassette and dilutes them without loss', () => {
    const bench = thawed();
    const before = bench.plant.total();
    expect(bench.run('transferToCassette', { dilution: 4, flow: 60 })).toBe('completed');
    const cassette = bench.plant.port.amounts('cassette');
    expect(livingCells(cassette) / livingCells(before)).toBeCloseTo(0.995, 3);
    expect(Math.abs(ml(bench, 'cassette') - 497.5)).toBeLessThan(6);
    expect(ml(bench, 'bag')).toBeCloseTo(0.5, 9);
    expectConserved(bench, before);
    // 1.5^4 = 5.06: four steps of half a volume with a pause each.
    expect(bench.now() / 1e6).toBeCloseTo(99.5 + 398 + 4 * 120 + 15, 3);
  });

  it('bursts cells that are poured into plain buffer', () => {
    const bench = thawed();
    const before = livingCells(bench.plant.total());
    pour(bench, 'cassette', 'wash-buffer', 400);
    bench.run('transferToCassette', { dilution: 0 });
    const cassette = bench.plant.port.amounts('cassette');
    expect(livingCells(cassette) / before).toBeLessThan(0.2);
  });

  it('an abort leaves the rest in the bag', () => {
    const bench = thawed();
    const before = bench.plant.total();
    bench.give('transferToCassette', { flow: 60 });
    bench.advance(50);
    bench.give('abort');
    expect(ml(bench, 'cassette')).toBeCloseTo(50, 6);
    expect(ml(bench, 'bag')).toBeCloseTo(50, 6);
    expectConserved(bench, before);
  });

  it('refuses frozen, foreign, missing and too large bags', () => {
    const bench = thawed();
    const transfer = (dilution = 1) => bench.give('transferToCassette', { dilution });
    expect(bench.run('thaw', { target: 10 })).toBe('completed');
    expect(transfer(10)).toBe('OVERFLOW');
    bench.plant.supplies.delete('buffer');
    expect(transfer()).toBe('NOT_CONNECTED');
    const cassette = bench.plant.vessels.get('cassette');
    const bag = bench.plant.vessels.get('bag');
    if (cassette === undefined || bag === undefined) throw new Error('no vessels');
    bag.contents.temperature = 250;
    expect(transfer(0)).toBe('INTERLOCK');
    cassette.batch = 'P-002';
    expect(transfer(0)).toBe('WRONG_VESSEL');
    couple(bench, 'sample');
    expect(transfer(0)).toBe('NOT_CONNECTED');
    bench.plant.port.takeOut('bag');
    expect(transfer(0)).toBe('NO_VESSEL');
    expect(bench.give('thaw')).toBe('NO_VESSEL');
  });
});
