import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { livingCells } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { apheresis } from '../../../src/bio-models/starting-materials.ts';
import { centrifugeModule } from '../../../src/device-emulators/devices/centrifuge-module/definition.ts';
import type { DeviceBench } from '../support/device-bench.ts';
import { benchModule, couple, expectConserved, ml } from '../support/module-bench.ts';

function ready(amounts = liquid('transduced-cells', 200e-6)): DeviceBench {
  return benchModule(centrifugeModule, { cassette: { amounts } });
}

const amounts = (bench: DeviceBench): Float64Array => bench.plant.port.amounts('cassette');
const cells = (bench: DeviceBench): number => livingCells(amounts(bench));
/** 400 g at 80 m/s2 per second [s]. */
const RAMP = (400 * 9.80665) / 80;

describe('centrifuge module', () => {
  it('concentrates: most cells in a small volume, nothing lost', () => {
    const bench = ready();
    const before = bench.plant.total();
    const had = cells(bench);
    expect(bench.run('concentrate', { acceleration: 400, duration: 10, keep: 10 })).toBe(
      'completed',
    );
    expect(Math.abs(ml(bench, 'cassette') - 10)).toBeLessThan(2.4);
    // 3 % do not stay when the rotor brakes, and go with the supernatant.
    expect(cells(bench) / had).toBeGreaterThan(0.96);
    expect(bench.plant.port.pellet('cassette')).toBe(0);
    expectConserved(bench, before);
    // Hood, ramps, run, 190 mL at 60 mL/min, shaking.
    expect(bench.now() / 1e6).toBeCloseTo(8 + 2 * RAMP + 600 + 190 + 15, 3);
  });

  it('washes cryoprotectant out in cycles', () => {
    const bench = ready(apheresis(1, 'P-001', 100e-6));
    bench.run('add', { liquid: 'buffer', volume: 100 });
    const before = bench.plant.total();
    const had = cells(bench);
    const dmso = amounts(bench)[S.dmso] ?? 0;
    const run = { acceleration: 400, duration: 10, cycles: 2, keep: 10, volume: 150 };
    expect(bench.run('wash', run)).toBe('completed');
    expect(Math.abs(ml(bench, 'cassette') - 150)).toBeLessThan(3);
    expect((amounts(bench)[S.dmso] ?? 0) / dmso).toBeLessThan(0.006);
    expect(cells(bench) / had).toBeGreaterThan(0.92);
    expectConserved(bench, before);
  });

  it('loses cells when they are washed without being diluted first', () => {
    const bench = ready(apheresis(1, 'P-001', 100e-6));
    const had = cells(bench);
    bench.run('wash', { keep: 10, volume: 150 });
    expect(cells(bench) / had).toBeLessThan(0.8);
  });

  it('shows its rotor and its hood', () => {
    const bench = ready();
    bench.give('concentrate', { acceleration: 400, duration: 10 });
    expect(bench.channel('hood')).toBe(1);
    bench.advance(2);
    expect(bench.channel('hood')).toBeCloseTo(0.5, 9);
    bench.advance(2 + RAMP / 2);
    expect(bench.read('acceleration')).toBeCloseTo(200, 3);
    expect(bench.read('hood')).toBe('closed');
    bench.advance(RAMP);
    const rpm = (Math.sqrt((400 * 9.80665) / 0.18) * 60) / (2 * Math.PI);
    expect(bench.read('speed')).toBeCloseTo(rpm, 6);
    expect(bench.channel('speed')).toBeCloseTo((rpm * 2 * Math.PI) / 60, 6);
    expect(bench.plant.port.isPlaceOpen('transfer')).toBe(false);
  });

  it('brakes after an abort before the hood opens, and leaves a weaker pellet', () => {
    const bench = ready();
    bench.give('concentrate', { acceleration: 50, duration: 10 });
    bench.advance(30);
    expect(bench.give('abort')).toBe('');
    expect(bench.operation.state).toBe('aborted');
    const pellet = bench.plant.port.pellet('cassette');
    expect(pellet).toBeGreaterThan(0.01);
    expect(pellet).toBeLessThan(0.9);
    bench.advance(1);
    expect(bench.machineState).toBe('braking');
    expect(bench.give('mix')).toBe('WRONG_STATE');
    expect(bench.plant.port.isPlaceOpen('transfer')).toBe(false);
    bench.advance((50 * 9.80665) / 80 + 4);
    expect(bench.machineState).toBe('idle');
    expect(bench.plant.port.isPlaceOpen('transfer')).toBe(true);
  });

  it('opens its hood as far as it had closed', () => {
    const bench = ready();
    bench.give('concentrate');
    bench.advance(1);
    bench.give('abort');
    bench.advance(0);
    expect(bench.channel('hood')).toBeCloseTo(0.75, 9);
    bench.advance(0.5);
    expect(bench.channel('hood')).toBeCloseTo(0.875, 9);
    bench.advance(0.5);
    expect(bench.machineState).toBe('idle');
  });

  it('trips when out of balance, but for gentle runs', () => {
    const bench = ready();
    bench.runtime.setFault('imbalance', true);
    const before = bench.plant.total();
    expect(bench.run('concentrate', { acceleration: 400 })).toBe('failed');
    expect(bench.operation.error).toBe('MALFUNCTION');
    expect(bench.alarms).toEqual(['imbalance']);
    expect(ml(bench, 'cassette')).toBe(200);
    bench.advance(60);
    expect(bench.machineState).toBe('idle');
    expectConserved(bench, before);
    expect(bench.run('concentrate', { acceleration: 90, duration: 20 })).toBe('completed');
    bench.runtime.setFault('imbalance', false);
    expect(bench.alarms).toEqual([]);
    expect(bench.run('concentrate', { acceleration: 400 })).toBe('completed');
  });

  it('trips at speed when the imbalance begins then', () => {
    const bench = ready();
    bench.give('wash', { acceleration: 400, duration: 10 });
    bench.advance(200);
    bench.runtime.setFault('imbalance', true);
    expect(bench.operation.error).toBe('MALFUNCTION');
    bench.advance(1);
    expect(bench.machineState).toBe('braking');
    expect(Number(bench.read('acceleration'))).toBeCloseTo(400 - 80 / 9.80665, 3);
    expect(bench.plant.port.pellet('cassette')).toBeGreaterThan(0.5);
    bench.advance(RAMP + 4);
    expect(bench.machineState).toBe('idle');
  });

  it('refuses what cannot be', () => {
    const bench = ready();
    expect(bench.give('wash', { keep: 200, volume: 150 })).toBe('OUT_OF_RANGE');
    expect(bench.give('wash', { volume: 400 })).toBe('OVERFLOW');
    bench.plant.port.refill('buffer.tank', undefined);
    expect(bench.give('wash')).toBe('INSUFFICIENT_VOLUME');
    bench.plant.supplies.delete('drain');
    expect(bench.give('concentrate')).toBe('NOT_CONNECTED');
    couple(bench, 'product');
    expect(bench.give('wash')).toBe('NOT_CONNECTED');
  });
});
