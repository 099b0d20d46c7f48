import { describe, expect, it } from 'vitest';
import { liquid } from '../../../src/bio-models/liquids.ts';
import { disposablesModule } from '../../../src/device-emulators/devices/disposables-module/definition.ts';
import { benchDevice } from '../support/device-bench.ts';

function ready(config: Record<string, unknown> = {}) {
  const bench = benchDevice(disposablesModule, config);
  const cassette = bench.plant.addVessel({
    id: 'cassette.core',
    kind: 'cassette-s300',
    place: 'transfer',
    batch: 'P-001',
    fill: liquid('transduced-cells', 10e-6),
    lot: 'P-001',
  });
  return { bench, cassette };
}

describe('disposables module', () => {
  it('throws away the core of a released cassette and fits a fresh one of any size', () => {
    const { bench, cassette } = ready();
    expect(bench.give('fitCore', { size: 'a1000' })).toBe('INTERLOCK');
    bench.plant.port.setBatch('cassette.core', '');
    bench.plant.port.usePort('cassette.core', 'sample');
    expect(bench.run('fitCore', { size: 'a1000' })).toBe('completed');
    expect(bench.now() / 1e6).toBe(60);
    expect(cassette.kind).toBe('cassette-a1000');
    expect(cassette.contents.lots).toHaveLength(0);
    expect(bench.plant.port.portUses('cassette.core').sample).toBe(0);
    expect(bench.read('coresA1000')).toBe(19);
    expect(bench.operation.result).toEqual({ coresLeft: 19 });
    expect(bench.read('coresS300')).toBe(20);
  });

  it('refuses without a cassette, with a coupled one and without a core', () => {
    expect(benchDevice(disposablesModule).give('fitCore')).toBe('NO_VESSEL');
    const { bench } = ready({ cores: 0 });
    bench.plant.port.setBatch('cassette.core', '');
    expect(bench.give('fitCore')).toBe('OUT_OF_STOCK');
    bench.plant.port.setCoupling('transfer', {
      connector: 'connector',
      vessel: 'cassette.core',
      ports: 'process',
      open: false,
      sterile: false,
      leak: 0,
    });
    expect(bench.give('fitCore')).toBe('INTERLOCK');
  });

  it('leaves the core as it is when the exchange is aborted or the device breaks down', () => {
    const { bench, cassette } = ready();
    bench.plant.port.setBatch('cassette.core', '');
    bench.give('fitCore');
    bench.advance(30);
    expect(bench.plant.port.isPlaceOpen('transfer')).toBe(false);
    expect(bench.channel('press')).toBe(1);
    bench.give('abort');
    expect(bench.operation.state).toBe('aborted');
    bench.give('fitCore');
    bench.runtime.setFault('breakdown', true);
    expect(bench.operation.state).toBe('failed');
    bench.runtime.setFault('breakdown', false);
    expect(bench.machineState).toBe('idle');
    expect(bench.plant.port.isPlaceOpen('transfer')).toBe(true);
    expect(cassette.contents.lots).toHaveLength(1);
    expect(bench.read('coresS300')).toBe(20);
  });

  it('gives bags that did not exist before until none is left', () => {
    const { bench } = ready({ bags: 2 });
    expect(bench.run('giveBag')).toBe('completed');
    expect(bench.operation.result).toEqual({ vessel: 'device-bag-1' });
    expect(bench.plant.port.vesselAt('bag')).toMatchObject({ kind: 'product-bag', volume: 0 });
    expect(bench.give('giveBag')).toBe('PLACE_OCCUPIED');
    bench.plant.port.takeOut('device-bag-1');
    expect(bench.run('giveBag')).toBe('completed');
    expect(bench.alarms).toEqual(['stockLow']);
    bench.plant.port.takeOut('device-bag-2');
    expect(bench.give('giveBag')).toBe('OUT_OF_STOCK');
    expect(bench.give('restock')).toBe('');
    expect(bench.read('bags')).toBe(2);
    expect(bench.run('giveBag')).toBe('completed');
    expect(bench.operation.result).toEqual({ vessel: 'device-bag-3' });
  });
});
