import { describe, expect, it } from 'vitest';
import { livingCells } from '../../../src/bio-models/readouts.ts';
import { lock } from '../../../src/device-emulators/devices/lock/definition.ts';
import { thawUnit } from '../../../src/device-emulators/devices/thaw-unit/definition.ts';
import { type DevicePlant, devicePlant } from '../support/device-plant.ts';

function plant(config = ''): DevicePlant {
  return devicePlant(
    [lock, thawUnit],
    `devices:
  thaw: { type: thaw-unit, title: Thaw, zone: hall, at: [2 m, 2 m, 0 m]${config} }
  store: { type: lock, title: Store, zone: hall, at: [4 m, 2 m, 0 m] }
vessels:
  bag: { kind: cryobag, place: store.position1, batch: P-1, fill: { liquid: wash-buffer, volume: 100 ml, temperature: -150 degC, lot: P-1 } }
  bottle: { kind: bottle-250, place: store.position2 }
`,
  );
}

describe('thaw unit', () => {
  it('thaws a bag in minutes, at a rate far above 1 K/min, and holds it', () => {
    const p = plant();
    expect(p.run('thaw', 'load', { bag: 'bag' })).toBe('completed');
    expect(p.read('thaw', 'bag')).toBe('bag');
    const before = p.twin.now;
    expect(p.run('thaw', 'thaw', { target: 15 })).toBe('completed');
    const minutes = (p.twin.now - before) / 60e6;
    // 71 kJ through 3 W/K at a mean difference of some 60 K: about seven minutes.
    expect(minutes).toBeGreaterThan(4);
    expect(minutes).toBeLessThan(12);
    const { result } = p.twin.runtime('thaw').operation;
    expect(result.temperature).toBeGreaterThanOrEqual(15);
    expect(result.temperature).toBeLessThan(18);
    expect(result.warmingRate).toBeGreaterThan(5);
    p.advance(1800);
    expect(Number(p.read('thaw', 'bagTemperature'))).toBeCloseTo(15.5, -0.5);
    expect(p.alarms('thaw')).toEqual([]);
  });

  it('thaws slower than the same heat without melting would', () => {
    const p = plant();
    p.run('thaw', 'load', { bag: 'bag' });
    p.give('thaw', 'thaw', { target: 15 });
    p.advance(240);
    const bag = p.twin.plant.vessel('bag');
    const t = p.twin.plant.project(bag, p.twin.now, new Float64Array(p.twin.plant.speciesCount));
    expect(t).toBeGreaterThan(255);
    expect(t).toBeLessThan(272.15);
  });

  it('gives the bag back to where it came from', () => {
    const p = plant();
    p.run('thaw', 'load', { bag: 'bag' });
    expect(p.run('thaw', 'eject')).toBe('completed');
    expect(p.twin.plant.occupant('store.position1')?.id).toBe('bag');
    expect(p.give('thaw', 'eject')).toBe('NO_VESSEL');
  });

  it('refuses what cannot be', () => {
    const p = plant();
    expect(p.give('thaw', 'load', { bag: 'nothing' })).toBe('UNKNOWN_VESSEL');
    expect(p.give('thaw', 'load', { bag: 'bottle' })).toBe('WRONG_VESSEL');
    expect(p.give('thaw', 'thaw')).toBe('NO_VESSEL');
    p.run('thaw', 'load', { bag: 'bag' });
    expect(p.give('thaw', 'load', { bag: 'bag' })).toBe('PLACE_OCCUPIED');
    expect(p.give('thaw', 'thaw', { target: 38 })).toBe('OUT_OF_RANGE');
    expect(p.give('thaw', 'thaw', { target: 15 })).toBe('');
    expect(p.give('thaw', 'thaw', { target: 15 })).toBe('BUSY');
    expect(p.give('thaw', 'abort')).toBe('');
    expect(p.read('thaw', 'state')).toBe('loaded');
  });

  it('poor contact raises the alarm', () => {
    const p = plant(', config: { plateConductance: 0.4 W/K }');
    p.run('thaw', 'load', { bag: 'bag' });
    p.give('thaw', 'thaw', { target: 15 });
    p.advance(1300);
    expect(p.alarms('thaw')).toEqual(['slow']);
  });

  it('slow warming costs cells that were frozen fast, and none that were frozen slowly', () => {
    const survival = (config: string): number => {
      const p = devicePlant(
        [lock, thawUnit],
        `devices:
  thaw: { type: thaw-unit, title: Thaw, zone: hall, at: [2 m, 2 m, 0 m], config: { ${config} } }
  store: { type: lock, title: Store, zone: hall, at: [4 m, 2 m, 0 m] }
vessels:
  bag: { kind: cryobag, place: store.position1, batch: P-1, fill: { liquid: apheresis, volume: 100 ml, temperature: -100 degC, lot: P-1 } }
`,
      );
      const living = (): number => {
        const out = new Float64Array(p.twin.plant.speciesCount);
        p.twin.plant.project(p.twin.plant.vessel('bag'), p.twin.now, out);
        return livingCells(out);
      };
      const before = living();
      p.run('thaw', 'load', { bag: 'bag' });
      p.run('thaw', 'thaw', { target: 5 });
      return living() / before;
    };
    expect(survival('plateConductance: 0.5 W/K, coolingRate: 10 K/min')).toBeLessThan(0.7);
    // What remains is the toxicity of DMSO while the bag is thawed.
    expect(survival('plateConductance: 0.5 W/K, coolingRate: 1 K/min')).toBeGreaterThan(0.97);
    expect(survival('plateConductance: 20 W/K, coolingRate: 10 K/min')).toBeGreaterThan(0.9);
  });
});
