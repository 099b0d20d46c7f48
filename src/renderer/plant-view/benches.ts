import type { Group } from 'three';
import type { ViewEquipment, ViewZone } from '../../kernel/view-contract.ts';
import { Assembly } from './assembly.ts';
import type { Patch } from './ground-shadows.ts';
import { MATERIALS } from './materials.ts';

/** Devices higher than this stand on a bench, lower ones on a plinth of their own [m]. */
const BENCH_HEIGHT = 0.6;
const PLINTH_HEIGHT = 0.1;
/** Devices that come this close to one another share a bench [m]. */
const NEIGHBOURHOOD = 0.42;
const OVERHANG = 0.03;
const TOP = 0.03;
const KICK = 0.09;
const MODULE = 0.6;
const GAP = 0.004;

const { coat, white, dark, steel, tray, grey } = MATERIALS;

/** Footprint in plan. */
interface Rect {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

interface Run extends Rect {
  readonly zone: string;
  readonly height: number;
}

function footprint({ pose, size }: ViewEquipment): Rect {
  const [x, y] = pose.position;
  const [, , qz, qw] = pose.orientation;
  const yaw = 2 * Math.atan2(qz, qw);
  const [c, s] = [Math.abs(Math.cos(yaw)), Math.abs(Math.sin(yaw))];
  const hx = (size[0] * c + size[1] * s) / 2;
  const hy = (size[0] * s + size[1] * c) / 2;
  return { x0: x - hx, y0: y - hy, x1: x + hx, y1: y + hy };
}

function isNear(a: Rect, b: Rect, reach: number): boolean {
  return a.x0 < b.x1 + reach && b.x0 < a.x1 + reach && a.y0 < b.y1 + reach && b.y0 < a.y1 + reach;
}

/** Devices that share a bench, as the rectangles that hold them. */
function planRuns(standing: readonly ViewEquipment[]): Run[] {
  let runs: Run[] = standing.map((e) => ({
    ...footprint(e),
    zone: e.zone,
    height: e.pose.position[2],
  }));
  for (let merged = true; merged; ) {
    merged = false;
    for (const a of runs) {
      const b = runs.find(
        (r) =>
          r !== a &&
          r.zone === a.zone &&
          Math.abs(r.height - a.height) < 0.01 &&
          isNear(a, r, NEIGHBOURHOOD),
      );
      if (b === undefined) continue;
      a.x0 = Math.min(a.x0, b.x0);
      a.y0 = Math.min(a.y0, b.y0);
      a.x1 = Math.max(a.x1, b.x1);
      a.y1 = Math.max(a.y1, b.y1);
      runs = runs.filter((r) => r !== b);
      merged = true;
      break;
    }
  }
  return runs;
}

/** Doors with handles on one long side; `side` is -1 for the front towards lower coordinates. */
function addDoors(body: Assembly, run: Run, floor: number, side: number): void {
  const alongX = run.x1 - run.x0 >= run.y1 - run.y0;
  const length = alongX ? run.x1 - run.x0 : run.y1 - run.y0;
  const start = alongX ? run.x0 : run.y0;
  const face = alongX ? (side < 0 ? run.y0 : run.y1) : side < 0 ? run.x0 : run.x1;
  const count = Math.max(1, Math.round(length / MODULE));
  const width = length / count;
  const foot = floor + KICK + 0.006;
  const height = run.height - TOP - foot - 0.006;
  const put = (
    material: typeof white,
    along: number,
    out: number,
    up: number,
    z: number,
    at: number,
    proud: number,
    radius: number,
  ): void => {
    const across = face + side * (proud - 0.01);
    body.box(
      material,
      alongX ? [along, out, up] : [out, along, up],
      alongX ? [at, across, z] : [across, at, z],
      radius,
    );
  };
  for (let i = 0; i < count; i++) {
    const middle = start + (i + 0.5) * width;
    put(white, width - GAP, 0.02, height, foot, middle, 0.01, 0.004);
    put(
      steel,
      Math.min(0.18, width * 0.4),
      0.012,
      0.012,
      foot + height - 0.05,
      middle,
      0.028,
      0.005,
    );
  }
}

/** Laboratory bench: stone top with a steel edge, closed cabinets, recessed kick. */
function buildBench(run: Run, zone: ViewZone | undefined, floor: number): Assembly {
  const body = new Assembly();
  const [w, d] = [run.x1 - run.x0, run.y1 - run.y0];
  const [cx, cy] = [(run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2];
  const z = floor;
  body.box(tray, [w + 2 * OVERHANG, d + 2 * OVERHANG, TOP], [cx, cy, run.height - TOP], 0.008);
  body.box(coat, [w - 0.01, d - 0.01, run.height - TOP - KICK - z], [cx, cy, z + KICK], 0.006);
  body.box(dark, [w - 0.08, d - 0.08, KICK + 0.01], [cx, cy, z], 0.004);
  const alongX = w >= d;
  const centre =
    zone === undefined
      ? [cx, cy - 1]
      : [(zone.min[0] + zone.max[0]) / 2, (zone.min[1] + zone.max[1]) / 2];
  const side = alongX ? (cy > (centre[1] ?? 0) ? -1 : 1) : cx > (centre[0] ?? 0) ? -1 : 1;
  addDoors(body, run, floor, side);
  return body;
}

/** Closed base of a single device. */
function buildPlinth(run: Run, floor: number): Assembly {
  const body = new Assembly();
  const [w, d] = [run.x1 - run.x0, run.y1 - run.y0];
  const [cx, cy] = [(run.x0 + run.x1) / 2, (run.y0 + run.y1) / 2];
  body.box(dark, [w - 0.08, d - 0.08, 0.07], [cx, cy, floor], 0.004);
  body.box(grey, [w - 0.012, d - 0.012, run.height - floor - 0.065], [cx, cy, floor + 0.06], 0.012);
  return body;
}

function patchOf(rect: Rect, z: number): Patch {
  return {
    centre: [(rect.x0 + rect.x1) / 2, (rect.y0 + rect.y1) / 2, z],
    width: rect.x1 - rect.x0,
    depth: rect.y1 - rect.y0,
  };
}

interface Benches {
  readonly group: Group;
  /** Where floor and tops are darkened by what stands on them. */
  readonly patches: readonly Patch[];
}

/**
 * Benches and plinths under everything that neither stands on the floor nor hangs by itself;
 * `hanging` names the devices that touch nothing below them.
 */
export function buildBenches(
  equipment: readonly ViewEquipment[],
  hanging: ReadonlySet<string>,
  zones: readonly ViewZone[],
): Benches {
  const standing = equipment.filter(({ id }) => !hanging.has(id));
  const floorOf = (id: string): number => zones.find((z) => z.id === id)?.min[2] ?? 0;
  const above = ({ pose, zone }: ViewEquipment): number => pose.position[2] - floorOf(zone);
  const high = standing.filter((e) => above(e) > BENCH_HEIGHT);
  const low = standing.filter((e) => above(e) > PLINTH_HEIGHT && above(e) <= BENCH_HEIGHT);
  const patches = standing.map((e) => patchOf(footprint(e), e.pose.position[2]));
  const all = new Assembly();
  for (const run of planRuns(high)) {
    const zone = zones.find(({ id }) => id === run.zone);
    all.take(buildBench(run, zone, floorOf(run.zone)));
    patches.push(patchOf(run, floorOf(run.zone)));
  }
  for (const e of low) {
    const run = { ...footprint(e), zone: e.zone, height: e.pose.position[2] };
    all.take(buildPlinth(run, floorOf(e.zone)));
    patches.push(patchOf(run, floorOf(e.zone)));
  }
  return { group: all.build(), patches };
}
