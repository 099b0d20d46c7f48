import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { pelletFractions } from '../../../src/bio-models/sedimentation.ts';
import { S } from '../../../src/bio-models/species.ts';
import { cellCounter } from '../../../src/device-emulators/devices/cell-counter/definition.ts';
import { cellCounterMachine } from '../../../src/device-emulators/devices/cell-counter/machine.ts';
import { benchDevice, type DeviceBench } from '../support/device-bench.ts';

function withSample(seed = 1): DeviceBench {
  const bench = benchDevice(cellCounter, {}, seed);
  const fill = liquid('transduced-cells', 100e-6);
  bench.plant.addVessel({ id: 'b1', kind: 'bottle-250', place: 'sample', fill });
  return bench;
}

describe('cell counter machine', () => {
  it('purges its line before it samples, but not a place', () => {
    const input = { config: { drawTime: 20, countTime: 150 } };
    const [idle] = initialTransition(cellCounterMachine, input);
    const [drawing] = transition(cellCounterMachine, idle, { type: 'count', source: 'place' });
    expect(drawing.value).toBe('drawing');
    const [purging] = transition(cellCounterMachine, idle, { type: 'count', source: 'line' });
    expect(purging.value).toBe('purging');
    const [sampling] = transition(cellCounterMachine, purging, { type: 'flow.done' });
    expect(sampling.value).toBe('sampling');
    const [counting] = transition(cellCounterMachine, sampling, { type: 'flow.done' });
    expect(counting.value).toBe('counting');
  });
});

describe('cell counter', () => {
  it('tells density, viability and size after some minutes, and uses up a sample', () => {
    const bench = withSample();
    const before = bench.plant.total();
    expect(bench.run('count')).toBe('completed');
    expect(bench.now() / 1e6).toBe(170);
    const { viableDensity, viability, diameter, cellsSeen } = bench.operation.result;
    // 3e6/ml: 6000 cells seen, instrument and dilution 4 % each; four standard deviations.
    expect(Math.abs(Number(viableDensity) / 3 - 1)).toBeLessThan(0.24);
    expect(viableDensity).not.toBe(3);
    expect(Number(viability)).toBeGreaterThan(94);
    expect(Number(diameter)).toBeCloseTo(11, 0);
    expect(Number(cellsSeen)).toBeGreaterThan(4000);
    expect(bench.read('viableDensity')).toBeCloseTo(Number(viableDensity), 4);
    expect(bench.plant.port.volume('b1') * 1e6).toBeCloseTo(99.5, 9);
    expect(bench.read('waste')).toBeCloseTo(0.5, 9);
    expect(bench.plant.total()[S.tActive]).toBeCloseTo(before[S.tActive] ?? 0, 0);
  });

  it('scatters by about 6 % from seed to seed', () => {
    const found = Array.from({ length: 60 }, (_, seed) => {
      const bench = withSample(seed);
      bench.run('count');
      return Number(bench.operation.result.viableDensity) / 3;
    });
    const mean = found.reduce((a, b) => a + b, 0) / found.length;
    const sd = Math.sqrt(found.reduce((a, b) => a + (b - mean) ** 2, 0) / (found.length - 1));
    // sqrt(0.04^2 + 0.04^2 + 1/6000) = 5.8 %; 60 values fix it to about a tenth.
    expect(mean).toBeCloseTo(1, 1);
    expect(sd).toBeGreaterThan(0.04);
    expect(sd).toBeLessThan(0.08);
  });

  it('misses what lies in a pellet and warns of few cells', () => {
    const bench = withSample();
    bench.plant.port.settle('b1', pelletFractions(3000, 600, 0.03));
    bench.run('count');
    expect(Number(bench.operation.result.viableDensity)).toBeLessThan(0.15);
    expect(bench.alarms).toEqual(['fewCells']);
  });

  it('refuses what it cannot sample', () => {
    expect(benchDevice(cellCounter).give('count')).toBe('NO_VESSEL');
    const bench = withSample();
    expect(bench.give('count', { source: 'line' })).toBe('NOT_CONNECTED');
    bench.plant.port.setCapped('b1', true);
    expect(bench.give('count')).toBe('VESSEL_CAPPED');
    bench.plant.port.setCapped('b1', false);
    bench.plant.port.withdraw('b1', 99.8e-6, 'mixed');
    expect(bench.give('count')).toBe('INSUFFICIENT_VOLUME');
  });

  it('gives a sample up when aborted', () => {
    const bench = withSample();
    bench.give('count');
    bench.advance(60);
    expect(bench.plant.port.volume('chamber') * 1e6).toBeCloseTo(0.5, 9);
    bench.give('abort');
    expect(bench.operation.state).toBe('aborted');
    expect(bench.plant.port.volume('chamber')).toBe(0);
    expect(bench.read('counts')).toBe(0);
    bench.advance(20);
    expect(bench.machineState).toBe('idle');
  });

  it('samples through a line, and fails when it draws air', () => {
    const bench = benchDevice(cellCounter, { line: 'sampling' });
    bench.plant.lines.set('sampling', { connected: true, flow: 0, wanted: 0 });
    expect(bench.give('count', { source: 'line' })).toBe('');
    expect(bench.machineState).toBe('purging');
    expect(bench.plant.lines.get('sampling')?.flow).toBeCloseTo(10e-6 / 60, 12);
    bench.runtime.dispatch({ type: 'flow.done' });
    expect(bench.plant.lines.get('sampling')?.wanted).toBeCloseTo(0.5e-6, 12);
    bench.plant.port.deposit('chamber', {
      portions: [{ lot: 'P-001', amounts: liquid('transduced-cells', 0.5e-6) }],
      temperature: 310,
    });
    bench.runtime.dispatch({ type: 'flow.done' });
    bench.advance(150);
    expect(bench.operation.state).toBe('completed');
    bench.give('count', { source: 'line' });
    bench.runtime.dispatch({ type: 'flow.dry' });
    expect(bench.operation.error).toBe('INSUFFICIENT_VOLUME');
  });
});
