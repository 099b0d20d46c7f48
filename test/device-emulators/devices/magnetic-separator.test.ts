import { initialTransition, transition } from 'xstate';
import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { apheresis } from '../../../src/bio-models/starting-materials.ts';
import { livingTCells } from '../../../src/bio-models/readouts.ts';
import { S } from '../../../src/bio-models/species.ts';
import { magneticSeparator } from '../../../src/device-emulators/devices/magnetic-separator/definition.ts';
import { magneticSeparatorMachine } from '../../../src/device-emulators/devices/magnetic-separator/machine.ts';
import { benchDevice, type DeviceBench } from '../support/device-bench.ts';

function fill(bench: DeviceBench, vessel: string, name: string, ml: number): void {
  bench.plant.port.deposit(vessel, {
    portions: [{ lot: name, amounts: liquid(name, ml * 1e-6) }],
    temperature: 294.15,
  });
}

function ready(config: Record<string, unknown> = {}): DeviceBench {
  const bench = benchDevice(magneticSeparator, config);
  fill(bench, 'selectionBeads', 'selection-beads', 40);
  fill(bench, 'activationBeads', 'activation-beads', 100);
  fill(bench, 'buffer', 'wash-buffer', 500);
  bench.plant.addVessel({
    id: 'cells',
    kind: 'bottle-250',
    place: 'input',
    fill: apheresis(1, 'P-001', 100e-6),
    lot: 'P-001',
  });
  bench.plant.addVessel({ id: 'selected', kind: 'bottle-250', place: 'target' });
  return bench;
}

function expectConserved(bench: DeviceBench, before: Float64Array): void {
  bench.plant.total().forEach((amount, s) => {
    const was = before[s] ?? 0;
    expect(Math.abs(amount - was)).toBeLessThanOrEqual(1e-12 * was);
  });
}

describe('magnetic separator machine', () => {
  it('loads, washes and elutes for the planned times', () => {
    let [state] = initialTransition(magneticSeparatorMachine, { config: {} });
    [state] = transition(magneticSeparatorMachine, state, { type: 'separate' });
    const planned = { type: 'separation.planned', load: 1200, wash: 720, elution: 480 } as const;
    const [loading, actions] = transition(magneticSeparatorMachine, state, planned);
    expect(loading.value).toBe('loading');
    const timer = actions.find(({ type }) => type === 'xstate.raise');
    expect((timer?.params as { delay: number } | undefined)?.delay).toBe(1_200_000);
    expect(loading.can({ type: 'label', duration: 1 })).toBe(false);
    expect(loading.can({ type: 'abort' })).toBe(true);
  });
});

describe('magnetic separator', () => {
  it('selects labelled T cells into the target bottle and loses nothing', () => {
    const bench = ready();
    const before = bench.plant.total();
    expect(bench.give('separate')).toBe('INTERLOCK');
    expect(bench.run('label', { duration: 30, beads: 5 })).toBe('completed');
    expect(bench.now() / 1e6).toBe(1800);
    expect(bench.run('separate')).toBe('completed');
    // 105 ml of load, 60 ml of wash and 40 ml of elution at 5 ml/min.
    expect(bench.now() / 1e6 - 1800).toBeCloseTo((205 / 5) * 60, 3);
    const { port } = bench.plant;
    const selected = port.amounts('selected');
    const recovery = livingTCells(selected) / livingTCells(before);
    // Published for a clinical selection: recovery 0.55 +- 0.06, purity 0.98 +- 0.04 (PMID 29287970).
    expect(recovery).toBeGreaterThan(0.43);
    expect(recovery).toBeLessThan(0.67);
    const purity = livingTCells(selected) / (livingTCells(selected) + (selected[S.otherLive] ?? 0));
    expect(purity).toBeGreaterThan(0.9);
    expect(port.volume('cells')).toBe(0);
    expect(bench.read('waste')).toBeCloseTo(60 + 105 * 0.99, 3);
    expectConserved(bench, before);
    expect(bench.give('separate')).toBe('INTERLOCK');
  });

  it('holds fewer cells after a short label', () => {
    const yields = [5, 30].map((duration) => {
      const bench = ready();
      bench.run('label', { duration });
      bench.run('separate');
      return livingTCells(bench.plant.port.amounts('selected'));
    });
    expect(yields[0] ?? 0).toBeLessThan(0.8 * (yields[1] ?? 0));
  });

  it('flushes back when a separation is aborted', () => {
    const bench = ready();
    bench.run('label');
    const before = bench.plant.port.volume('cells');
    bench.give('separate');
    bench.advance(1300);
    expect(bench.plant.port.isPlaceOpen('target')).toBe(false);
    expect(bench.give('abort')).toBe('');
    expect(bench.operation.state).toBe('aborted');
    expect(bench.plant.port.volume('cells')).toBe(before);
    expect(bench.plant.port.isPlaceOpen('target')).toBe(true);
    expect(bench.run('separate')).toBe('completed');
  });

  it('counts the time of a label cut short', () => {
    const bench = ready();
    bench.give('label');
    bench.advance(600);
    bench.give('abort');
    expect(bench.operation.state).toBe('aborted');
    expect(bench.plant.vessels.get('cells')?.environment).toBeUndefined();
    expect(bench.run('separate')).toBe('completed');
  });

  it('activates warm and gassed, then takes the beads away', () => {
    const bench = ready();
    fill(bench, 'selected', 'expansion-medium', 90);
    const beads = (): number => bench.plant.port.amounts('selected')[S.activationBeads] ?? 0;
    expect(bench.give('activate', { duration: 24, beads: 10, temperature: 37 })).toBe('');
    bench.advance(3600);
    expect(bench.read('remainingTime')).toBeCloseTo(23 * 60, 6);
    const environment = bench.plant.vessels.get('selected')?.environment;
    expect(environment?.ambientTemperature).toBeCloseTo(310.15, 6);
    expect(environment?.gas?.oxygenSetpoint).toBe(1);
    const added = beads();
    expect(added).toBeCloseTo(4e9, -3);
    bench.advance(23 * 3600);
    expect(bench.operation.state).toBe('completed');
    expect(bench.plant.vessels.get('selected')?.environment).toBeUndefined();
    const before = bench.plant.total();
    expect(bench.run('removeBeads', { duration: 10 })).toBe('completed');
    // A pass removes 99 to 99.9 % of the beads.
    expect(beads() / added).toBeLessThan(0.01);
    expectConserved(bench, before);
  });

  it('refuses what bottles and reservoirs do not allow', () => {
    const bench = benchDevice(magneticSeparator);
    expect(bench.give('label')).toBe('NO_VESSEL');
    expect(bench.give('activate')).toBe('NO_VESSEL');
    bench.plant.addVessel({ id: 'selected', kind: 'bottle-250', place: 'target' });
    expect(bench.give('activate')).toBe('INSUFFICIENT_VOLUME');
    bench.plant.port.setCapped('selected', true);
    expect(bench.give('incubate')).toBe('VESSEL_CAPPED');
    expect(bench.give('removeBeads')).toBe('VESSEL_CAPPED');
    const loaded = ready();
    fill(loaded, 'cells', 'wash-buffer', 148);
    expect(loaded.give('label')).toBe('OVERFLOW');
  });

  it('clogs and goes on after a reset', () => {
    const bench = ready({ clogRate: '100 %' });
    bench.run('label');
    expect(bench.run('separate')).toBe('failed');
    expect(bench.alarms).toEqual(['columnClogged']);
    expect(bench.give('separate')).toBe('DEVICE_ERROR');
    bench.give('reset');
    expect(bench.alarms).toEqual([]);
    expect(bench.machineState).toBe('idle');
  });
});
