import { describe, expect, it } from 'vitest';
import { livingCells, viability } from '../../../src/bio-models/readouts.ts';
import { freezerModule } from '../../../src/device-emulators/devices/freezer-module/definition.ts';
import { moduleRack } from '../../../src/device-emulators/devices/module-rack/definition.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';

function plant(config = ''): DevicePlant {
  return devicePlant(
    [freezerModule, moduleRack],
    `devices:
  rack: { type: module-rack, title: Rack, zone: hall, at: [4 m, 4 m, 0 m], config: { columns: 2, levels: 1 } }
  freezer: { type: freezer-module, title: Freezer, in: rack.dock1${config} }
vessels:
  bag: { kind: product-bag, place: freezer.bag, batch: P-1, fill: { liquid: transduced-cells, volume: 50 ml, temperature: 5 degC, lot: P-1 } }
`,
  );
}

function amounts(p: DevicePlant): Float64Array {
  const out = new Float64Array(p.twin.plant.speciesCount);
  p.twin.plant.project(p.twin.plant.vessel('bag'), p.twin.now, out);
  return out;
}

const fault = (p: DevicePlant, name: string, active: boolean): boolean =>
  p.twin.execute({
    kind: 'fault',
    client: 'test',
    sequence: 0,
    device: 'freezer',
    fault: name,
    active,
  }).ok;

describe('freezer module', () => {
  it('freezes at the set rate, the bag behind the chamber, and most cells live', () => {
    const p = plant();
    const before = livingCells(amounts(p));
    expect(p.give('freezer', 'freeze', { rate: 1, target: -80 })).toBe('');
    p.advance(5 + 15 * 60);
    expect(Number(p.read('freezer', 'chamberTemperature'))).toBeCloseTo(-11, -0.5);
    // Fusion of 50 g over 9 K at 1 K/min takes 34 W, 11 K at 3 W/K once steady.
    expect(Number(p.read('freezer', 'bagTemperature'))).toBeGreaterThan(-8);
    while (p.twin.runtime('freezer').operation.state === 'running') p.advance(10);
    const minutes = p.twin.now / 60e6;
    expect(minutes).toBeGreaterThanOrEqual(84);
    expect(minutes).toBeLessThan(95);
    const { result } = p.twin.runtime('freezer').operation;
    expect(Math.abs(Number(result.coolingRate) - 1)).toBeLessThan(0.3);
    expect(Math.abs(Number(result.temperature) + 80)).toBeLessThan(2.5);
    // Recovery of cells frozen at 1 K/min in 10 % DMSO: 82.7 +- 9.5 %.
    expect(Math.abs(livingCells(amounts(p)) / before - 0.827)).toBeLessThan(0.095);
    expect(viability(amounts(p))).toBeGreaterThan(0.9);
    expect(p.alarms('freezer')).toEqual([]);
  });

  it('holds the bag cold without doing anything, and makes ready when it is taken', () => {
    const p = plant();
    p.run('freezer', 'freeze', { rate: 2, target: -80 });
    expect(p.twin.plant.state.places.get('freezer.bag')?.open).toBe(true);
    const quiet = p.twin.nextEventTime;
    p.advance(1800);
    // Observers look every ten minutes; the module has no event of its own.
    expect(quiet).toBeGreaterThan(p.twin.now - 1801e6);
    expect(Math.abs(Number(p.read('freezer', 'bagTemperature')) + 80)).toBeLessThan(2.5);
    p.twin.goods.takeOut('bag', p.twin.now);
    expect(Number(p.read('freezer', 'chamberTemperature'))).toBeCloseTo(4, 0);
    expect(p.give('freezer', 'freeze')).toBe('NO_VESSEL');
  });

  it('too fast a ramp costs cells and raises the alarm, too slow a valve likewise', () => {
    const fast = plant(', config: { conductance: 20 W/K }');
    expect(fast.run('freezer', 'freeze', { rate: 10, target: -80 })).toBe('completed');
    expect(fast.alarms('freezer')).toEqual(['coolingRateOff']);
    const slow = plant();
    expect(fault(slow, 'slowCooling', true)).toBe(true);
    const before = livingCells(amounts(slow));
    slow.give('freezer', 'freeze', { rate: 1, target: -50 });
    slow.advance(6 * 3600);
    const { state, result } = slow.twin.runtime('freezer').operation;
    expect(state).toBe('completed');
    expect(Number(result.coolingRate)).toBeLessThan(0.25);
    expect(slow.alarms('freezer')).toEqual(['coolingRateOff']);
    expect(livingCells(amounts(slow)) / before).toBeLessThan(0.75);
  });

  it('an aborted ramp holds where it is, and goes on from there', () => {
    const p = plant();
    p.give('freezer', 'freeze', { rate: 2, target: -80 });
    p.advance(605);
    expect(p.give('freezer', 'abort')).toBe('');
    p.advance(3600);
    expect(Math.abs(Number(p.read('freezer', 'chamberTemperature')) + 16)).toBeLessThan(0.6);
    expect(p.give('freezer', 'freeze', { rate: 2, target: -80 })).toBe('');
    p.advance(65);
    expect(Math.abs(Number(p.read('freezer', 'chamberTemperature')) + 18)).toBeLessThan(0.6);
  });

  it('lets the bag warm when it breaks down', () => {
    const p = plant();
    p.run('freezer', 'freeze', { rate: 2, target: -80 });
    fault(p, 'breakdown', true);
    p.advance(600);
    expect(Number(p.read('freezer', 'bagTemperature'))).toBeGreaterThan(-40);
  });
});
