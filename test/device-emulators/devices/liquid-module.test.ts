import { describe, expect, it } from 'vitest';
import { apheresis } from '../../../src/bio-models/starting-materials.ts';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { livingCells } from '../../../src/bio-models/readouts.ts';
import { liquidModule } from '../../../src/device-emulators/devices/liquid-module/definition.ts';
import type { DeviceBench } from '../support/device-bench.ts';
import { benchModule, couple, expectConserved, ml, pour } from '../support/module-bench.ts';

/** Four standard deviations of a dosage of 100 mL, 0.3 %, and of the scale, 0.1 mL. */
const DOSE = 1.3;

function ready(amounts = liquid('transduced-cells', 100e-6)): DeviceBench {
  return benchModule(liquidModule, { cassette: { amounts } });
}

const cells = (bench: DeviceBench): number => livingCells(bench.plant.port.amounts('cassette'));

describe('liquid module', () => {
  it('adds from supplies and reservoirs at the flow it is told, and weighs the result', () => {
    const bench = ready();
    pour(bench, 'reagent1', 'wash-buffer', 200);
    const before = bench.plant.total();
    expect(bench.run('add', { liquid: 'medium', volume: 100, flow: 60 })).toBe('completed');
    expect(bench.now() / 1e6).toBeCloseTo(100 + 15, 6);
    expect(Math.abs(ml(bench, 'cassette') - 200)).toBeLessThan(DOSE);
    expect(bench.operation.result.volume).toBeCloseTo(ml(bench, 'cassette'), 0);
    expect(bench.run('add', { liquid: 'reagent1', volume: 50 })).toBe('completed');
    expect(ml(bench, 'reagent1')).toBeCloseTo(150, 0);
    expectConserved(bench, before);
  });

  it('shows liquid moving while it pumps', () => {
    const bench = ready();
    bench.give('add', { liquid: 'medium', volume: 100, flow: 60 });
    bench.advance(50);
    expect(ml(bench, 'cassette')).toBeCloseTo(150, 0);
    expect(bench.channel('progress')).toBeCloseTo(50 / 115, 6);
    expect(bench.read('remainingTime')).toBeCloseTo(65 / 60, 6);
    expect(bench.machineState).toBe('adding');
  });

  it('removes what is suspended into the drain, and no more than there is', () => {
    const bench = ready();
    const before = cells(bench);
    expect(bench.run('remove', { volume: 25 })).toBe('completed');
    expect(cells(bench) / before).toBeCloseTo(ml(bench, 'cassette') / 100, 9);
    expect(bench.run('remove', { volume: 1000 })).toBe('completed');
    expect(ml(bench, 'cassette')).toBeLessThan(1);
    expect(ml(bench, 'drain.tank')).toBeGreaterThan(99);
  });

  it('lets cells settle, so that medium can be changed without them', () => {
    const bench = ready();
    const before = cells(bench);
    expect(bench.run('settle', { duration: 240 })).toBe('completed');
    bench.run('remove', { volume: 80 });
    expect(cells(bench) / before).toBeGreaterThan(0.95);
    bench.run('add', { liquid: 'medium', volume: 80, mix: false });
    expect(bench.plant.port.pellet('cassette')).toBeGreaterThan(0.9);
    bench.run('mix');
    expect(bench.plant.port.pellet('cassette')).toBe(0);
  });

  it('an abort keeps what was moved until then', () => {
    const bench = ready();
    const before = bench.plant.total();
    bench.give('add', { liquid: 'medium', volume: 100, flow: 60 });
    bench.advance(31);
    expect(bench.give('abort')).toBe('');
    expect(bench.operation.state).toBe('aborted');
    expect(ml(bench, 'cassette') - 100).toBeCloseTo(31, 0);
    bench.advance(0);
    expect(bench.machineState).toBe('idle');
    expect(bench.plant.port.isPlaceOpen('transfer')).toBe(true);
    expectConserved(bench, before);
    expect(bench.run('mix')).toBe('completed');
  });

  it('a breakdown stops the pump; after the repair it works again', () => {
    const bench = ready();
    bench.give('add', { liquid: 'medium', volume: 100, flow: 60 });
    bench.advance(50);
    bench.runtime.setFault('breakdown', true);
    expect(bench.operation.error).toBe('MALFUNCTION');
    bench.advance(600);
    expect(ml(bench, 'cassette')).toBeCloseTo(150, 0);
    expect(bench.give('mix')).toBe('DEVICE_ERROR');
    bench.runtime.setFault('breakdown', false);
    expect(bench.run('mix')).toBe('completed');
  });

  it('moves less with air in the line, and says so', () => {
    const bench = ready();
    bench.runtime.setFault('airInLine', true);
    expect(bench.run('add', { liquid: 'medium', volume: 100 })).toBe('completed');
    expect(Math.abs(ml(bench, 'cassette') - 185)).toBeLessThan(DOSE);
    expect(bench.alarms).toContain('airInLine');
    bench.runtime.setFault('airInLine', false);
    expect(bench.alarms).not.toContain('airInLine');
  });

  it('lets the leaking share of what it moves run out', () => {
    const bench = ready();
    couple(bench, 'process', { leak: 0.1 });
    const before = bench.plant.total();
    bench.run('add', { liquid: 'medium', volume: 100 });
    bench.run('remove', { volume: 100 });
    const spilled = bench.plant.spilled.lots.reduce(
      (sum, { amounts }) => sum + (amounts[0] ?? 0),
      0,
    );
    expect(Math.abs(spilled * 1e6 - 20)).toBeLessThan(1);
    expectConserved(bench, before);
  });

  it('bursts cells full of cryoprotectant when plain buffer comes fast', () => {
    const left = (flow: number): number => {
      const bench = ready(apheresis(1, 'P-001', 10e-6));
      const before = cells(bench);
      const whole = bench.plant.total();
      expect(bench.run('add', { liquid: 'buffer', volume: 140, flow })).toBe('completed');
      expectConserved(bench, whole);
      return cells(bench) / before;
    };
    expect(left(20)).toBe(1);
    expect(left(200)).toBeLessThan(0.3);
  });

  it('refuses without cassette, coupling, supply, room or liquid', () => {
    const bench = ready();
    const add = (volume: number, source = 'medium') =>
      bench.give('add', { liquid: source, volume });
    expect(add(250)).toBe('OVERFLOW');
    expect(add(50, 'reagent2')).toBe('INSUFFICIENT_VOLUME');
    bench.plant.supplies.set('medium', { source: 'medium.tank', open: false });
    expect(add(50)).toBe('NOT_CONNECTED');
    couple(bench, 'process', { open: false });
    expect(add(50, 'buffer')).toBe('NOT_CONNECTED');
    couple(bench, 'sample');
    expect(bench.give('remove', { volume: 50 })).toBe('NOT_CONNECTED');
    bench.plant.port.takeOut('cassette');
    expect(bench.give('mix')).toBe('NO_VESSEL');
  });

  it('fails when the tank runs dry or the coupling is shut meanwhile', () => {
    const bench = ready();
    bench.give('add', { liquid: 'medium', volume: 100 });
    bench.advance(30);
    bench.plant.port.refill('medium.tank', undefined);
    bench.advance(60);
    expect(bench.operation.error).toBe('INSUFFICIENT_VOLUME');
    bench.give('remove', { volume: 50 });
    bench.advance(5);
    couple(bench, 'process', { open: false });
    bench.advance(60);
    expect(bench.operation.error).toBe('NOT_CONNECTED');
    expect(bench.machineState).toBe('idle');
  });

  it('has reservoirs exchanged, whatever was in them', () => {
    const bench = ready();
    expect(bench.run('mix')).toBe('completed');
    expect(bench.alarms).toEqual(['reagentLow']);
    for (const reservoir of ['reagent1', 'reagent2', 'reagent3']) {
      expect(bench.run('refill', { reservoir, volume: 300 })).toBe('completed');
    }
    expect(bench.operation.result).toEqual({ volume: 300 });
    expect(bench.alarms).toEqual([]);
    expect(bench.run('refill', { reservoir: 'reagent1', volume: 100 })).toBe('completed');
    expect(bench.read('reagent1')).toBeCloseTo(100, 9);
    expect(bench.plant.vessels.get('device.reagent1')?.contents.lots).toMatchObject([
      { lot: 'device-reagent1-4' },
    ]);
  });
});
