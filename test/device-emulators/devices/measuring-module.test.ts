import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { ph } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { measuringModule } from '../../../src/device-emulators/devices/measuring-module/definition.ts';
import { pelletFractions } from '../../../src/bio-models/sedimentation.ts';
import type { DeviceBench } from '../support/device-bench.ts';
import { benchModule, couple, expectConserved, ml } from '../support/module-bench.ts';

/** 3e6/mL T cells, a third of them with the receptor, in 1 % DMSO. */
function sample(): Float64Array {
  const amounts = liquid('transduced-cells', 100e-6);
  amounts[S.tActiveCar] = 1e8;
  amounts[S.tActive] = 2e8;
  amounts[S.lactate] = 1e-3;
  amounts[S.dmso] = 0.01 * 14_080 * 100e-6;
  return amounts;
}

function ready(seed = 1): DeviceBench {
  const bench = benchModule(measuringModule, {
    cassette: { amounts: sample() },
    ports: 'sample',
    seed,
  });
  bench.plant.port.setSamplingValve('cassette', true);
  return bench;
}

describe('measuring module', () => {
  it('counts a sample that is really taken', () => {
    const bench = ready();
    const before = bench.plant.total();
    expect(bench.run('measure', { volume: 0.5 })).toBe('completed');
    expect(bench.now() / 1e6).toBeCloseTo(15 + 20 + 150 + 20, 9);
    const { viableDensity, viability, diameter, cellsSeen, volume } = bench.operation.result;
    // 6000 cells seen, instrument and dilution 4 % each; four standard deviations.
    expect(Math.abs(Number(viableDensity) / 3 - 1)).toBeLessThan(0.24);
    expect(Number(viability)).toBeGreaterThan(94);
    expect(Number(diameter)).toBeCloseTo(11, 0);
    expect(Number(cellsSeen)).toBeGreaterThan(4000);
    expect(Number(volume)).toBeCloseTo(99.3, 0);
    expect(bench.operation.result).not.toHaveProperty('glucose');
    expect(ml(bench, 'cassette')).toBeCloseTo(99.3, 9);
    expect(ml(bench, 'drain.tank')).toBeCloseTo(0.7, 9);
    expect(bench.read('viableDensity')).toBeCloseTo(Number(viableDensity), 3);
    expectConserved(bench, before);
  });

  it('measures all there is, each with its error', () => {
    const bench = ready();
    expect(bench.run('measure', { assays: 'full' })).toBe('completed');
    const { result } = bench.operation;
    const near = (name: string, expected: number, tolerance: number): void =>
      expect(Math.abs(Number(result[name]) - expected), name).toBeLessThan(tolerance);
    // Four standard deviations: gates 1.5 points, analyser 3 %, pH 0.02, DMSO 0.02 points and 3 %.
    near('carPositive', 33.3, 6.2);
    near('purity', 100, 0.1);
    near('glucose', 25, 3);
    near('lactate', 10, 1.2);
    near('dmso', 1, 0.15);
    near('ph', ph(sample()), 0.1);
    expect(Number(result.tCells)).toBe(100);
    expect(Number(result.nkCells)).toBe(0);
    expect(bench.read('glucose')).toBeCloseTo(Number(result.glucose), 2);
    bench.run('measure', { assays: 'full', lineage: 'nk' });
    expect(bench.operation.result.purity).toBe(0);
  });

  it('shakes up what had settled', () => {
    const bench = ready();
    bench.plant.port.settle('cassette', pelletFractions(3000, 600, 0.03));
    bench.run('measure');
    expect(Math.abs(Number(bench.operation.result.viableDensity) / 3 - 1)).toBeLessThan(0.24);
  });

  it('misses cells and sees specks with dirty optics, and says so with the sample', () => {
    const found = [false, true].map((dirty) => {
      const bench = ready();
      bench.runtime.setFault('dirtyOptics', dirty);
      expect(bench.alarms).toEqual([]);
      bench.run('measure');
      expect(bench.alarms).toEqual(dirty ? ['dirtyOptics'] : []);
      return bench.operation.result;
    });
    const [clean, dirty] = found;
    // The same draws, so the ratio is that of the means but for counting.
    expect(Number(dirty?.viableDensity) / Number(clean?.viableDensity)).toBeCloseTo(0.7, 1);
    expect(Number(dirty?.viability)).toBeLessThan(Number(clean?.viability) - 5);
  });

  it('warns of few cells', () => {
    const bench = ready();
    bench.plant.port.refill('cassette', {
      liquid: 'wash-buffer',
      volume: 50e-6,
      temperature: 294,
      lot: 'B',
    });
    expect(bench.run('measure')).toBe('completed');
    expect(bench.alarms).toEqual(['fewCells']);
    expect(bench.operation.result.viability).toBe(100);
  });

  it('an abort loses the sample and tells nothing', () => {
    const bench = ready();
    bench.give('measure');
    bench.advance(60);
    expect(ml(bench, 'chamber')).toBeCloseTo(0.7, 9);
    bench.give('abort');
    bench.advance(0);
    expect(ml(bench, 'chamber')).toBe(0);
    expect(bench.read('measurements')).toBe(0);
    expect(bench.machineState).toBe('idle');
  });

  it('keeps its waste where no drain is laid, until it is emptied', () => {
    const bench = ready();
    bench.plant.supplies.delete('drain');
    bench.run('measure', { volume: 10 });
    expect(bench.read('waste')).toBeCloseTo(10.2, 9);
    bench.plant.port.deposit('waste', {
      portions: [{ lot: 'W', amounts: liquid('wash-buffer', 1985e-6) }],
      temperature: 294,
    });
    expect(bench.give('measure', { volume: 10 })).toBe('OVERFLOW');
    expect(bench.run('measure', { volume: 1 })).toBe('completed');
    expect(bench.alarms).toEqual(['wasteFull']);
    expect(bench.run('emptyWaste')).toBe('completed');
    expect(bench.read('waste')).toBe(0);
    expect(bench.alarms).toEqual([]);
  });

  it('refuses with the valve shut, the wrong ports or too little', () => {
    const bench = ready();
    bench.plant.port.setSamplingValve('cassette', false);
    expect(bench.give('measure')).toBe('INTERLOCK');
    bench.plant.port.setSamplingValve('cassette', true);
    bench.plant.port.withdraw('cassette', 99.5e-6, 'mixed');
    expect(bench.give('measure')).toBe('INSUFFICIENT_VOLUME');
    couple(bench, 'process');
    expect(bench.give('measure')).toBe('NOT_CONNECTED');
  });
});
