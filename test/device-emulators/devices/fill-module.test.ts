import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { livingCells } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { fillModule } from '../../../src/device-emulators/devices/fill-module/definition.ts';
import type { DeviceBench } from '../support/device-bench.ts';
import { benchModule, couple, expectConserved, ml, pour } from '../support/module-bench.ts';

function product(volume: number): Float64Array {
  const amounts = liquid('wash-buffer', volume);
  amounts[S.tActive] = 5e8;
  amounts[S.tActiveCar] = 5e8;
  return amounts;
}

function ready(volume = 20e-6, config: Record<string, unknown> = {}): DeviceBench {
  const bench = benchModule(fillModule, {
    cassette: { amounts: product(volume) },
    ports: 'product',
    config,
  });
  pour(bench, 'formulationBuffer', 'formulation-buffer', 500);
  pour(bench, 'cryoprotectant', 'cryoprotectant', 500);
  return bench;
}

describe('fill module', () => {
  it('formulates: buffer first, then cryoprotectant to ten percent, and no cell is lost', () => {
    const bench = ready();
    const before = bench.plant.total();
    expect(bench.run('addFinal', { buffer: 5, cryoprotectant: 25 })).toBe('completed');
    const amounts = bench.plant.port.amounts('cassette');
    // 14.08 mol/L is pure DMSO.
    const dmso = (amounts[S.dmso] ?? 0) / (amounts[S.volume] ?? 1) / 14_080;
    expect(Math.abs(dmso - 0.1)).toBeLessThan(0.002);
    expect(livingCells(amounts)).toBe(1e9);
    // 5 and 25 mL at 20 mL/min, and shaking twice.
    expect(bench.now() / 1e6).toBeCloseTo(15 + 75 + 30, 6);
    expectConserved(bench, before);
    expect(bench.run('addFinal', { buffer: 0, cryoprotectant: 0 })).toBe('completed');
  });

  it('fills a bag that bears the label of the cassette, and seals it', () => {
    const bench = ready(50e-6);
    const before = bench.plant.total();
    expect(bench.run('fill', { volume: 45 })).toBe('completed');
    const { bag, volume } = bench.operation.result;
    expect(bag).toBe('device-bag-1');
    expect(bench.plant.port.vesselAt('product')).toMatchObject({ id: bag, batch: 'P-001' });
    expect(Math.abs(Number(volume) - 45)).toBeLessThan(0.7);
    expect(ml(bench, 'device-bag-1')).toBeCloseTo(Number(volume), 0);
    // The tube has kept its hold-up.
    expect(ml(bench, 'cassette')).toBeCloseTo(50 - 0.8 - Number(volume), 0);
    expect(ml(bench, 'drops')).toBeCloseTo(0.8, 9);
    expect(bench.read('bags')).toBe(19);
    expect(bench.run('seal')).toBe('completed');
    expect(bench.read('bagSealed')).toBe(true);
    expect(bench.run('seal')).toBe('completed');
    expect(bench.give('fill', { volume: 2 })).toBe('PLACE_OCCUPIED');
    expectConserved(bench, before);
  });

  it('fills what there is when less is fine, and tops up without a new hold-up', () => {
    const bench = ready(50e-6);
    expect(bench.give('fill', { volume: 60 })).toBe('INSUFFICIENT_VOLUME');
    expect(bench.run('fill', { volume: 20 })).toBe('completed');
    expect(bench.run('fill', { volume: 60, untilEmpty: true })).toBe('completed');
    expect(ml(bench, 'drops')).toBeCloseTo(0.8, 9);
    expect(ml(bench, 'device-bag-1')).toBeGreaterThan(48.5);
    expect(bench.plant.port.vesselAt('product')?.id).toBe('device-bag-1');
  });

  it('an abort leaves a part in the bag', () => {
    const bench = ready(50e-6);
    const before = bench.plant.total();
    bench.give('fill', { volume: 40, flow: 30 });
    bench.advance(8 + 10 + 41);
    expect(bench.machineState).toBe('filling');
    bench.give('abort');
    expect(ml(bench, 'device-bag-1')).toBeCloseTo(20.5, 0);
    bench.advance(0);
    expect(bench.plant.port.isPlaceOpen('product')).toBe(true);
    expectConserved(bench, before);
  });

  it('falls short with air in the line, and raises both alarms', () => {
    const bench = ready(50e-6);
    bench.runtime.setFault('airInLine', true);
    expect(bench.run('fill', { volume: 40 })).toBe('failed');
    expect(bench.operation.error).toBe('INSUFFICIENT_VOLUME');
    expect(bench.alarms).toEqual(['airInLine', 'deviation']);
    expect(ml(bench, 'device-bag-1')).toBeCloseTo(34, 0);
  });

  it('cannot seal with a cold bar', () => {
    const bench = ready(50e-6);
    bench.run('fill', { volume: 40 });
    bench.runtime.setFault('coldSeal', true);
    expect(bench.run('seal')).toBe('failed');
    expect(bench.alarms).toEqual(['sealFailed']);
    expect(bench.read('bagSealed')).toBe(false);
    bench.runtime.setFault('coldSeal', false);
    expect(bench.alarms).toEqual([]);
    expect(bench.run('seal')).toBe('completed');
  });

  it('runs out of bags until some are loaded', () => {
    const bench = ready(50e-6, { magazine: 1 });
    bench.run('fill', { volume: 10 });
    expect(bench.alarms).toEqual(['bagsLow']);
    bench.plant.port.takeOut('device-bag-1');
    expect(bench.give('fill', { volume: 10 })).toBe('NO_VESSEL');
    expect(bench.run('loadBags')).toBe('completed');
    expect(bench.operation.result).toEqual({ bags: 1 });
    expect(bench.run('fill', { volume: 10 })).toBe('completed');
    expect(bench.operation.result.bag).toBe('device-bag-2');
  });

  it('refuses the bag of another patient, other ports and what does not fit', () => {
    const bench = ready(50e-6);
    bench.plant.addVessel({ id: 'other', kind: 'product-bag', place: 'product', batch: 'P-002' });
    expect(bench.give('fill', { volume: 10 })).toBe('WRONG_VESSEL');
    bench.plant.port.takeOut('other');
    expect(bench.give('seal')).toBe('NO_VESSEL');
    expect(bench.give('addFinal', { buffer: 300 })).toBe('OVERFLOW');
    couple(bench, 'process');
    expect(bench.give('fill', { volume: 10 })).toBe('NOT_CONNECTED');
  });
});
