import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { S } from '../../../src/bio-models/species.ts';
import { transductionModule } from '../../../src/device-emulators/devices/transduction-module/definition.ts';
import type { DeviceBench } from '../support/device-bench.ts';
import { benchModule, couple, expectConserved, ml, pour } from '../support/module-bench.ts';

function ready(config: Record<string, unknown> = {}): DeviceBench {
  const amounts = liquid('expansion-medium', 60e-6);
  amounts[S.tActive] = 3e8;
  const bench = benchModule(transductionModule, {
    cassette: { amounts },
    ports: 'perfusion',
    config,
  });
  pour(bench, 'vector', 'vector', 100);
  return bench;
}

const environment = (bench: DeviceBench, vessel = 'cassette') =>
  bench.plant.vessels.get(vessel)?.environment;

describe('transduction module', () => {
  it('adds vector by volume', () => {
    const bench = ready();
    const before = bench.plant.total();
    expect(bench.run('addVector', { volume: 25 })).toBe('completed');
    const added = bench.plant.port.amounts('cassette')[S.vector] ?? 0;
    // 1e8 TU/mL; a dosage of 25 mL is off by 0.3 % and 20 uL.
    expect(Math.abs(added / 25e8 - 1)).toBeLessThan(0.014);
    expect(ml(bench, 'vector')).toBeCloseTo(75, 0);
    expect(bench.operation.result.volume).toBeCloseTo(85, 0);
    expectConserved(bench, before);
  });

  it('holds warm and gassed, the more oxygen the faster it rocks', () => {
    const bench = ready();
    bench.give('temper', { temperature: 37, agitation: 20, duration: 24 });
    expect(environment(bench)?.ambientTemperature).toBeCloseTo(310.15, 9);
    // 1 per hour at rest and 0.125 per rpm.
    expect((environment(bench)?.gas?.kLa ?? 0) * 3600).toBeCloseTo(3.5, 9);
    expect(environment(bench)?.gas?.oxygenSetpoint).toBeCloseTo(0.5, 9);
    bench.advance(3600);
    expect(bench.read('remainingTime')).toBeCloseTo(23 * 60, 6);
    expect(Math.abs(bench.channel('rock'))).toBeLessThanOrEqual(0.14);
    bench.advance(23 * 3600);
    expect(bench.operation.state).toBe('completed');
    expect(environment(bench)).toBeUndefined();
  });

  it('cools when aborted', () => {
    const bench = ready();
    bench.give('temper', { duration: 24 });
    bench.advance(3600);
    bench.give('abort');
    expect(environment(bench)).toBeUndefined();
    bench.advance(0);
    expect(bench.machineState).toBe('idle');
  });

  it('goes on without gas when it fails, says so, and gasses again', () => {
    const bench = ready();
    bench.give('temper', { duration: 24 });
    bench.plant.supplies.set('gas', { source: '', open: false });
    bench.runtime.dispatch({ type: 'supply.changed' });
    expect(environment(bench)?.gas).toBeUndefined();
    expect(environment(bench)?.ambientTemperature).toBeCloseTo(310.15, 9);
    expect(bench.alarms).toEqual(['noGas']);
    bench.plant.supplies.set('gas', { source: '', open: true });
    bench.runtime.dispatch({ type: 'supply.changed' });
    expect(environment(bench)?.gas).toBeDefined();
    couple(bench, 'perfusion', { open: false });
    bench.runtime.dispatch({ type: 'coupling.changed' });
    expect(bench.alarms).toEqual(['noGas']);
    couple(bench, 'perfusion');
    bench.runtime.dispatch({ type: 'coupling.changed' });
    expect(bench.alarms).toEqual([]);
    bench.runtime.setFault('gasBlocked', true);
    expect(bench.alarms).toEqual(['noGas']);
    bench.runtime.setFault('gasBlocked', false);
    expect(bench.alarms).toEqual([]);
    expect(bench.operation.state).toBe('running');
  });

  it('keeps its vector cold as long as it has power', () => {
    const bench = ready();
    const vector = () => environment(bench, 'device.vector')?.ambientTemperature;
    expect(vector()).toBeCloseTo(277.15, 9);
    bench.runtime.setFault('breakdown', true);
    expect(vector()).toBeUndefined();
    bench.runtime.setFault('breakdown', false);
    expect(vector()).toBeCloseTo(277.15, 9);
  });

  it('refuses gas through the wrong ports or from nowhere, and vector that it has not', () => {
    const bench = ready();
    bench.plant.supplies.delete('gas');
    expect(bench.give('temper', { duration: 1 })).toBe('NOT_CONNECTED');
    expect(bench.run('temper', { duration: 1, gas: false })).toBe('completed');
    couple(bench, 'process');
    bench.plant.supplies.set('gas', { source: '', open: true });
    expect(bench.give('temper', { duration: 1 })).toBe('NOT_CONNECTED');
    bench.plant.port.refill('vector', undefined);
    expect(bench.give('addVector', { volume: 5 })).toBe('INSUFFICIENT_VOLUME');
  });
});
