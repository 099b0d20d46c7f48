import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { livingCells } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { electroporationModule } from '../../../src/device-emulators/devices/electroporation-module/definition.ts';
import type { DeviceBench } from '../support/device-bench.ts';
import { benchModule, couple, expectConserved, ml, pour } from '../support/module-bench.ts';

/** Blasts at 2e7/mL in 18 mL, as after a concentration. */
function ready(): DeviceBench {
  const amounts = liquid('electroporation-buffer', 18e-6);
  amounts[S.tActive] = 3.6e8;
  amounts[S.stimulus] = 3.6e8;
  const bench = benchModule(electroporationModule, {
    cassette: { amounts, kind: 'cassette-s100' },
  });
  pour(bench, 'transposon', 'transposon-dna', 50);
  pour(bench, 'electroporationBuffer', 'electroporation-buffer', 500);
  return bench;
}

const amounts = (bench: DeviceBench): Float64Array => bench.plant.port.amounts('cassette');
const pulse = { voltage: 400, pulseDuration: 0.5, pulses: 1, reagent: 2 };

describe('electroporation module', () => {
  it('brings genes into cells at the price of some of them', () => {
    const bench = ready();
    const before = bench.plant.total();
    expect(bench.run('electroporate', pulse)).toBe('completed');
    // 2 mL of DNA at 10 mL/min, shaking, ten or eleven charges of 12 s, ten minutes of rest.
    expect(bench.now() / 1e6).toBeGreaterThanOrEqual(12 + 15 + 120 + 600);
    const after = amounts(bench);
    const survival = livingCells(after) / livingCells(before);
    expect(survival).toBeGreaterThan(0.5);
    expect(survival).toBeLessThan(0.99);
    expect((after[S.transposonPending] ?? 0) / livingCells(after)).toBeGreaterThan(0.3);
    expect(bench.operation.result.charges).toBeGreaterThanOrEqual(10);
    expectConserved(bench, before);
  });

  it('opens more cells with more voltage, and kills more', () => {
    const [low, high] = [250, 600].map((voltage) => {
      const bench = ready();
      bench.run('electroporate', { ...pulse, voltage });
      return amounts(bench);
    });
    const genes = (a: Float64Array | undefined) => a?.[S.transposonPending] ?? 0;
    expect(genes(low)).toBeLessThan(0.5 * genes(high));
    expect(livingCells(high ?? new Float64Array(0))).toBeLessThan(
      livingCells(low ?? new Float64Array(0)),
    );
  });

  it('an abort half way has pulsed half of the cells', () => {
    const whole = ready();
    whole.run('electroporate', { ...pulse, reagent: 0 });
    const half = ready();
    const had = livingCells(amounts(half));
    half.give('electroporate', { ...pulse, reagent: 0 });
    half.advance((9 * 12) / 2);
    expect(half.machineState).toBe('pulsing');
    expect(half.give('abort')).toBe('');
    const dead = (bench: DeviceBench): number => had - livingCells(amounts(bench));
    expect(dead(half) / dead(whole)).toBeCloseTo(0.5, 9);
  });

  it('arcing cuts the pulses short and fails', () => {
    const bench = ready();
    bench.runtime.setFault('arcing', true);
    expect(bench.run('electroporate', pulse)).toBe('failed');
    expect(bench.operation.error).toBe('MALFUNCTION');
    expect(bench.alarms).toContain('arcing');
    const healthy = ready();
    healthy.run('electroporate', pulse);
    expect(amounts(bench)[S.transposonPending] ?? 0).toBeLessThan(
      0.5 * (amounts(healthy)[S.transposonPending] ?? 0),
    );
    bench.runtime.setFault('arcing', false);
    expect(bench.alarms).not.toContain('arcing');
  });

  it('refuses volumes that are too large, and DNA that it has not', () => {
    const bench = ready();
    expect(bench.give('electroporate', { reagent: 40 })).toBe('INTERLOCK');
    bench.plant.port.refill('transposon', undefined);
    expect(bench.give('electroporate', { reagent: 1 })).toBe('INSUFFICIENT_VOLUME');
    expect(bench.run('add', { liquid: 'electroporationBuffer', volume: 50 })).toBe('completed');
    expect(bench.give('electroporate', { reagent: 0 })).toBe('INTERLOCK');
    bench.run('remove', { volume: 100 });
    bench.run('remove', { volume: 100 });
    bench.plant.port.refill('cassette', undefined);
    expect(bench.give('electroporate', { reagent: 0 })).toBe('INSUFFICIENT_VOLUME');
    expect(ml(bench, 'cassette')).toBe(0);
    couple(bench, 'sample');
    expect(bench.give('electroporate', { reagent: 0 })).toBe('NOT_CONNECTED');
  });
});
