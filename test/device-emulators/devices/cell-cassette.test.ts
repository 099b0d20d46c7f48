import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { cellCassette } from '../../../src/device-emulators/devices/cell-cassette/definition.ts';
import { benchDevice, type DeviceBench } from '../support/device-bench.ts';

function filled(config: Record<string, unknown> = {}): DeviceBench {
  const bench = benchDevice(cellCassette, config);
  bench.plant.port.deposit('core', {
    portions: [{ lot: 'P-001', amounts: liquid('transduced-cells', 200e-6) }],
    temperature: 310.15,
  });
  return bench;
}

describe('cell cassette', () => {
  it('sees what it holds', () => {
    const bench = filled();
    expect(bench.read('temperature')).toBeCloseTo(37, 9);
    expect(bench.read('viableDensity')).toBeCloseTo(3, 9);
    expect(bench.read('glucose')).toBeCloseTo(25, 9);
    expect(bench.read('lactate')).toBe(0);
    // Medium is made to be in equilibrium with 5 % CO2.
    expect(bench.read('co2')).toBeCloseTo(5, 3);
    expect(bench.read('ph')).toBeCloseTo(7.41, 2);
    expect([bench.read('coreSize'), bench.read('culture')]).toEqual(['s300', 'suspension']);
  });

  it('has no Raman values without a probe', () => {
    const bench = filled({ raman: false });
    expect(bench.read('glucose')).toBeNaN();
    expect(bench.read('ph')).toBeCloseTo(7.41, 2);
  });

  it('comes with the core of its configuration', () => {
    const bench = benchDevice(cellCassette, { core: 'a1000' });
    expect([bench.read('coreSize'), bench.read('culture')]).toEqual(['a1000', 'adherent']);
    expect(bench.plant.port.vessel('core')?.capacity).toBe(1e-3);
  });

  it('belongs to one batch at a time, and to none after a used core', () => {
    const bench = filled();
    expect(bench.give('assign', { batch: '' })).toBe('INVALID_PARAMETER');
    expect(bench.give('assign', { batch: 'P-001', patient: 'Ada' })).toBe('');
    expect([bench.read('batch'), bench.read('patient')]).toEqual(['P-001', 'Ada']);
    expect(bench.give('assign', { batch: 'P-002' })).toBe('INTERLOCK');
    expect(bench.give('assign', { batch: 'P-001', patient: 'Ada' })).toBe('');
    expect(bench.channel('label')).toBe(1);
    expect(bench.give('release')).toBe('');
    expect([bench.read('batch'), bench.read('patient')]).toEqual(['', '']);
    expect(bench.plant.port.vessel('core')?.waste).toBe(true);
    expect(bench.channel('label')).toBe(2);
    expect(bench.give('assign', { batch: 'P-002' })).toBe('INTERLOCK');
    bench.plant.port.refit('core', 'cassette-a100');
    expect(bench.give('assign', { batch: 'P-002' })).toBe('');
    expect(bench.read('coreSize')).toBe('a100');
  });

  it('stays fresh when it is released without having been used', () => {
    const bench = benchDevice(cellCassette);
    expect(bench.give('release')).toBe('');
    expect(bench.give('assign', { batch: 'P-001' })).toBe('');
  });

  it('forgets the patient with the core', () => {
    const bench = filled();
    bench.give('assign', { batch: 'P-001', patient: 'Ada' });
    bench.plant.port.refit('core', 'cassette-s300');
    expect([bench.read('batch'), bench.read('patient')]).toEqual(['', '']);
  });

  it('opens its sampling valve into a coupled sample port only', () => {
    const bench = filled();
    bench.plant.location = 'module.transfer';
    expect(bench.give('openSamplingValve')).toBe('NOT_CONNECTED');
    const coupling = { connector: 'c', vessel: 'device.core', open: true, sterile: true, leak: 0 };
    bench.plant.port.setCoupling('module.transfer', { ...coupling, ports: 'process' });
    expect(bench.give('openSamplingValve')).toBe('NOT_CONNECTED');
    bench.plant.port.setCoupling('module.transfer', { ...coupling, ports: 'sample' });
    expect(bench.give('openSamplingValve')).toBe('');
    expect(bench.read('samplingValve')).toBe(true);
    expect(bench.give('closeSamplingValve')).toBe('');
    expect(bench.read('samplingValve')).toBe(false);
  });

  it('tells port, barcode and uses of each port', () => {
    const bench = filled();
    bench.plant.port.usePort('core', 'sample');
    bench.plant.port.usePort('core', 'sample');
    const ports = JSON.parse(String(bench.read('ports'))) as { port: string; uses: number }[];
    expect(ports.map(({ port }) => port)).toEqual([
      'gasIn',
      'gasOut',
      'liquidIn',
      'liquidOut',
      'product',
      'sample',
      'waste',
    ]);
    expect(ports[5]).toEqual({ port: 'sample', barcode: 'device/sample', uses: 2 });
    expect(bench.read('mostUses')).toBe(2);
  });
});
