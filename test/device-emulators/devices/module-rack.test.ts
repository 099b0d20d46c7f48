import { describe, expect, it } from 'vitest';
import { moduleRack } from '../../../src/device-emulators/devices/module-rack/definition.ts';
import { solidsOf, sizeOf } from '../../../src/device-emulators/definition/solids.ts';
import { MODULE_SIZE } from '../../../src/device-emulators/definition/module-frame.ts';
import { benchDevice } from '../support/device-bench.ts';

const RACK = { columns: 3, levels: 2 };

describe('module rack', () => {
  it('numbers its docks from left to right and upwards', () => {
    const places = moduleRack.places(RACK);
    expect(places.map(({ name }) => name)).toEqual([
      'dock1',
      'dock2',
      'dock3',
      'dock4',
      'dock5',
      'dock6',
    ]);
    const near = (...at: number[]) => at.map((x) => expect.closeTo(x, 9));
    expect(places[0]?.pose.position).toEqual(near(-0.65, 0, 0.1));
    expect(places[1]?.pose.position).toEqual(near(0, 0, 0.1));
    expect(places[5]?.pose.position).toEqual(near(0.65, 0, 1.25));
    expect(places.every(({ power, accepts }) => power === true && accepts[0] === 'module')).toBe(
      true,
    );
  });

  it('has room for a module in every dock, within its own extent', () => {
    const [width, , height] = sizeOf(moduleRack, RACK);
    const solids = solidsOf(moduleRack, RACK);
    for (const { pose } of moduleRack.places(RACK)) {
      const [x, , z] = pose.position;
      expect(Math.abs(x) + MODULE_SIZE[0] / 2).toBeLessThanOrEqual(width / 2);
      expect(z + MODULE_SIZE[2]).toBeLessThanOrEqual(height);
      for (const { shape, pose: at } of solids) {
        if (shape.kind !== 'box') continue;
        const [hx, , hz] = shape.halfExtents;
        const apart =
          Math.abs(at.position[0] - x) >= hx + MODULE_SIZE[0] / 2 - 1e-9 ||
          at.position[2] + hz <= z + 1e-9 ||
          at.position[2] - hz >= z + MODULE_SIZE[2] - 1e-9;
        expect(apart).toBe(true);
      }
    }
  });

  it('tells which modules it holds', () => {
    const bench = benchDevice(moduleRack, RACK);
    expect(bench.read('docked')).toBe(0);
    bench.plant.addVessel({ id: 'fridge.frame', kind: 'module', place: 'dock5' });
    expect(bench.read('docked')).toBe(1);
    expect(bench.read('modules')).toBe(',,,,fridge.frame,');
  });
});
