import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { bagFiller } from '../../../src/device-emulators/devices/bag-filler/definition.ts';
import {
  bagFillerMachine,
  PARTS,
} from '../../../src/device-emulators/devices/bag-filler/machine.ts';
import { benchDevice, type DeviceBench } from '../support/device-bench.ts';

function ready(config: Record<string, unknown> = {}, seed = 1): DeviceBench {
  const bench = benchDevice(bagFiller, config, seed);
  const fill = liquid('transduced-cells', 60e-6);
  bench.plant.addVessel({ id: 'p', kind: 'bottle-250', place: 'source', fill, lot: 'P-001' });
  bench.plant.addVessel({ id: 'bag', kind: 'product-bag', place: 'bag' });
  return bench;
}

const bagMillilitres = (bench: DeviceBench): number => bench.plant.port.volume('bag') * 1e6;

describe('bag filler machine', () => {
  it('fills in equal parts of the time that volume and flow give', () => {
    const input = { config: { primeTime: 10, sealTime: 8 } };
    let [state] = initialTransition(bagFillerMachine, input);
    const fill = { type: 'fill', volume: 40e-6, flow: 0.5e-6 } as const;
    [state] = transition(bagFillerMachine, state, fill);
    expect(state.value).toBe('priming');
    expect(state.context.partsLeft).toBe(PARTS);
    expect(state.context.partTime).toBeCloseTo(80 / PARTS, 12);
    expect(state.can({ type: 'seal' })).toBe(false);
  });
});

describe('bag filler', () => {
  it('fills by weight, loses the hold-up once, and nothing else', () => {
    const bench = ready();
    const before = bench.plant.total();
    expect(bench.run('fill', { volume: 20, flow: 30 })).toBe('completed');
    // 10 s of priming and 20 ml at 30 ml/min.
    expect(bench.now() / 1e6).toBeCloseTo(50, 4);
    // CV 0.7 %; five standard deviations.
    expect(Math.abs(bagMillilitres(bench) - 20)).toBeLessThan(0.7);
    expect(bagMillilitres(bench)).not.toBe(20);
    expect(Number(bench.operation.result.volume)).toBeCloseTo(bagMillilitres(bench), 0);
    expect(bench.plant.port.volume('drops') * 1e6).toBeCloseTo(0.8, 9);
    expect(bench.run('fill', { volume: 10 })).toBe('completed');
    expect(bench.plant.port.volume('drops') * 1e6).toBeCloseTo(0.8, 9);
    bench.plant.total().forEach((amount, s) => {
      const was = before[s] ?? 0;
      expect(Math.abs(amount - was)).toBeLessThanOrEqual(1e-12 * was);
    });
  });

  it('scatters by its coefficient of variation', () => {
    const filled = Array.from({ length: 80 }, (_, seed) => {
      const bench = ready({}, seed);
      bench.run('fill', { volume: 20 });
      return bagMillilitres(bench) / 20;
    });
    const mean = filled.reduce((a, b) => a + b, 0) / filled.length;
    const sd = Math.sqrt(filled.reduce((a, b) => a + (b - mean) ** 2, 0) / (filled.length - 1));
    // 80 values fix the standard deviation of 0.7 % to 8 %.
    expect(sd).toBeGreaterThan(0.005);
    expect(sd).toBeLessThan(0.009);
  });

  it('seals once; a sealed bag takes nothing more', () => {
    const bench = ready();
    bench.run('fill', { volume: 20 });
    expect(bench.run('seal')).toBe('completed');
    expect(bench.read('bagSealed')).toBe(true);
    const before = bench.now();
    expect(bench.run('seal')).toBe('completed');
    expect(bench.now()).toBe(before);
    expect(bench.give('fill', { volume: 5 })).toBe('INTERLOCK');
    expect(bench.plant.port.isPlaceOpen('bag')).toBe(true);
  });

  it('refuses what bottle and bag do not allow', () => {
    const bench = ready();
    expect(bench.give('fill', { volume: 60 })).toBe('INSUFFICIENT_VOLUME');
    expect(bench.give('fill', { volume: 120, untilEmpty: true })).toBe('');
    bench.plant.port.setCapped('p', true);
    bench.advance(1);
    bench.give('abort');
    expect(bench.give('fill', { volume: 5 })).toBe('VESSEL_CAPPED');
    bench.plant.port.grasp('bag');
    expect(bench.give('fill', { volume: 5 })).toBe('NO_VESSEL');
    expect(bench.give('seal')).toBe('NO_VESSEL');
    const small = ready();
    small.plant.addVessel({
      id: 'more',
      kind: 'bottle-250',
      fill: liquid('wash-buffer', 90e-6),
    });
    small.plant.port.deposit('bag', small.plant.port.withdraw('more', 90e-6, 'mixed'));
    expect(small.give('fill', { volume: 20 })).toBe('OVERFLOW');
  });

  it('ends with an empty bottle and warns of the deviation', () => {
    const bench = ready();
    expect(bench.run('fill', { volume: 80, untilEmpty: true })).toBe('completed');
    expect(bagMillilitres(bench)).toBeCloseTo(59.2, 3);
    expect(bench.alarms).toEqual(['deviation']);
    expect(bench.plant.port.volume('p')).toBe(0);
  });

  it('keeps the part that was filled when aborted', () => {
    const bench = ready();
    bench.give('fill', { volume: 20, flow: 30 });
    bench.advance(10 + 20.5);
    expect(bench.give('abort')).toBe('');
    expect(bench.operation.state).toBe('aborted');
    expect(bagMillilitres(bench)).toBeGreaterThan(9);
    expect(bagMillilitres(bench)).toBeLessThan(11);
    expect(bench.plant.port.isPlaceOpen('source')).toBe(true);
  });

  it('fails to seal and recovers by reset', () => {
    const bench = ready({ sealFailureRate: '100 %' });
    expect(bench.run('seal')).toBe('failed');
    expect(bench.alarms).toEqual(['sealFailed']);
    expect(bench.read('bagSealed')).toBe(false);
    expect(bench.give('seal')).toBe('DEVICE_ERROR');
    bench.give('reset');
    expect(bench.machineState).toBe('idle');
  });
});
