import { describe, expect, it } from 'vitest';
import { livingCells, viability } from '../../../src/bio-models/readouts.ts';
import { controlledRateFreezer } from '../../../src/device-emulators/devices/controlled-rate-freezer/definition.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';

function plant(config = ''): DevicePlant {
  return devicePlant(
    [controlledRateFreezer],
    `devices:
  freezer: { type: controlled-rate-freezer, title: Freezer, zone: hall, at: [2 m, 2 m, 0 m]${config} }
vessels:
  bag: { kind: product-bag, place: freezer.place1, batch: P-1, fill: { liquid: transduced-cells, volume: 50 ml, temperature: 5 degC, lot: P-1 } }
`,
  );
}

function amounts(p: DevicePlant): Float64Array {
  const out = new Float64Array(p.twin.plant.speciesCount);
  p.twin.plant.project(p.twin.plant.vessel('bag'), p.twin.now, out);
  return out;
}

describe('controlled-rate freezer', () => {
  it('freezes at the set rate, the bag behind the chamber, and most cells live', () => {
    const p = plant();
    const before = livingCells(amounts(p));
    const started = p.twin.now;
    expect(p.give('freezer', 'freeze', { rate: 1, target: -80 })).toBe('');
    p.advance(15 * 60);
    expect(Number(p.read('freezer', 'chamberTemperature'))).toBeCloseTo(-11, -0.5);
    // Fusion of 50 g over 9 K at 1 K/min takes 34 W, 11 K at 3 W/K once steady.
    expect(Number(p.read('freezer', 'productTemperature'))).toBeGreaterThan(-8);
    while (p.twin.runtime('freezer').operation.state === 'running') p.advance(10);
    const minutes = (p.twin.now - started) / 60e6;
    expect(minutes).toBeGreaterThanOrEqual(84);
    expect(minutes).toBeLessThan(95);
    const { result } = p.twin.runtime('freezer').operation;
    expect(Math.abs(Number(result.coolingRate) - 1)).toBeLessThan(0.3);
    // Recovery of cells frozen at 1 K/min in 10 % DMSO: 82.7 +- 9.5 %.
    expect(Math.abs(livingCells(amounts(p)) / before - 0.827)).toBeLessThan(0.095);
    expect(viability(amounts(p))).toBeGreaterThan(0.9);
    expect(p.alarms('freezer')).toEqual([]);
    p.advance(600);
    expect(Math.abs(Number(p.read('freezer', 'productTemperature')) + 80)).toBeLessThan(2.5);
  });

  it('too fast a ramp costs cells and raises the alarm', () => {
    const p = plant(', config: { conductance: 20 W/K }');
    expect(p.run('freezer', 'freeze', { rate: 10, target: -80 })).toBe('completed');
    expect(p.alarms('freezer')).toEqual(['coolingRateOff']);
    expect(Number(p.read('freezer', 'coolingRate'))).toBeGreaterThan(5);
  });

  it('an aborted ramp holds where it is', () => {
    const p = plant();
    p.give('freezer', 'freeze', { rate: 2, target: -80 });
    p.advance(600);
    expect(p.give('freezer', 'abort')).toBe('');
    p.advance(3600);
    expect(Math.abs(Number(p.read('freezer', 'chamberTemperature')) + 16)).toBeLessThan(0.5);
  });

  it('opens its places with the door and refuses to freeze with it open or empty', () => {
    const p = plant();
    expect(p.run('freezer', 'openDoor')).toBe('completed');
    expect(p.twin.plant.state.places.get('freezer.place2')?.open).toBe(true);
    expect(p.give('freezer', 'freeze')).toBe('LID_OPEN');
    expect(p.give('freezer', 'hold')).toBe('LID_OPEN');
    expect(p.run('freezer', 'closeDoor')).toBe('completed');
    expect(p.twin.plant.state.places.get('freezer.place2')?.open).toBe(false);
    expect(p.run('freezer', 'hold', { temperature: -16 })).toBe('completed');
    p.run('freezer', 'openDoor');
    expect(p.alarms('freezer')).toEqual([]);
    p.advance(121);
    expect(p.alarms('freezer')).toEqual(['doorOpenCold']);
    expect(p.run('freezer', 'openDoor')).toBe('completed');
  });
});
