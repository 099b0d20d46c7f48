import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../src/kernel/pose.ts';
import type { ViewEquipment, ViewSupply } from '../../src/kernel/view-contract.ts';
import { type PipeRun, routeSupplies } from '../../src/renderer/plant-view/supply-route.ts';

const rack = (id: string, y: number, yaw: 0 | 1): ViewEquipment => ({
  id,
  type: 'module-rack',
  title: id,
  zone: 'hall',
  pose: { position: [0, y, 0], orientation: yaw === 0 ? [0, 0, 0, 1] : [0, 0, 1, 0] },
  size: [2.7, 0.75, 2.2],
  appearance: { columns: 4, levels: 2, pitch: 0.65, level: 1.15, floor: 0.1 },
  channels: [],
  firstChannel: 0,
  places: {},
});
const source: ViewEquipment = {
  ...rack('media', -3, 1),
  type: 'media-supply-module',
  size: [0.6, 0.7, 0.9],
};
const equipment = [rack('a', 0, 0), rack('b', 2, 1), source];
const supply = (id: string, carries: ViewSupply['carries']): ViewSupply => ({
  id,
  title: id,
  carries,
  bore: 0.008,
  from: 'media',
  to: ['a', 'b'],
  points: [],
});

const axesOf = ({ from, to }: PipeRun): number =>
  from.filter((value, i) => Math.abs(value - (to[i] ?? 0)) > 1e-6).length;
const near = (a: Vec3, b: Vec3): boolean =>
  Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]) < 1e-3;
/** Whether a point lies on a run. */
const isOn = (point: Vec3, { from, to }: PipeRun): boolean =>
  point.every((value, i) => {
    const [a, b] = [from[i] ?? 0, to[i] ?? 0];
    return value >= Math.min(a, b) - 1e-3 && value <= Math.max(a, b) + 1e-3;
  });

describe('supply pipes', () => {
  it('run along one axis each, and all hang together from source to racks', () => {
    const runs = routeSupplies([supply('m', 'medium')], equipment);
    expect(runs.map(axesOf)).toEqual(runs.map(() => 1));
    const reached = new Set<PipeRun>(runs.slice(0, 1));
    for (let grew = true; grew; ) {
      grew = false;
      for (const run of runs) {
        if (reached.has(run)) continue;
        const touches = [...reached].some(
          (other) =>
            [run.from, run.to].some((end) => isOn(end, other)) ||
            [other.from, other.to].some((end) => isOn(end, run)),
        );
        if (touches) reached.add(run);
        grew ||= touches;
      }
    }
    expect(reached.size).toBe(runs.length);
    // Down to the pipes behind both racks, and up from the back of the source.
    const ends = runs.flatMap(({ from, to }) => [from, to]);
    for (const y of [0.41, 2 - 0.41]) {
      expect(
        ends.some((end) => Math.abs(end[1] - y) < 1e-3 && Math.abs(end[2] - 0.76) < 1e-3),
      ).toBe(true);
    }
    expect(ends.some((end) => near(end, [0, -3.41, 0.36]))).toBe(true);
  });

  it('lets a spare network end at the headers, and leaves out what serves no rack', () => {
    const one = routeSupplies([supply('m', 'medium')], equipment);
    const both = routeSupplies([supply('m', 'medium'), supply('s', 'medium')], equipment);
    expect(both.length).toBeGreaterThan(one.length);
    expect(both.length).toBeLessThan(2 * one.length);
    expect(routeSupplies([{ ...supply('g', 'gas'), to: ['media'] }], equipment)).toEqual([]);
  });
});
