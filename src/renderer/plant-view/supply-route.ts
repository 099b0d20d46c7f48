import { rotate, type Vec3 } from '../../kernel/pose.ts';
import type { ViewEquipment, ViewSupply } from '../../kernel/view-contract.ts';
import { RACK_PIPES, rackPipes } from './models/rack-pipes.ts';

/** A straight run of pipe along one axis, and what flows in it. */
export interface PipeRun {
  readonly carries: ViewSupply['carries'];
  readonly radius: number;
  readonly from: Vec3;
  readonly to: Vec3;
}

/** Mains run this far above the racks, each network higher and further out than the one before [m]. */
const ABOVE_RACKS = 0.22;
/** People and the arm pass below the mains, which are at least this high [m]. */
const LEAST_LEVEL = 2.3;
const STEP = 0.055;
/** Distance of risers from the end of their rack [m]. */
const OFF_RACK = 0.03;

/**
 * Mains of all supplies: from the source up above the racks, along to the ends of the racks that it
 * serves and down to the pipes behind their docks. A spare network ends at the headers of the others.
 */
export function routeSupplies(
  supplies: readonly ViewSupply[],
  equipment: readonly ViewEquipment[],
): readonly PipeRun[] {
  const byId = new Map(equipment.map((one) => [one.id, one]));
  const served = new Set<string>();
  return supplies.flatMap((supply, k) => {
    const racks = supply.to
      .map((id) => byId.get(id))
      .filter((one): one is ViewEquipment => one !== undefined && rackPipes(one) !== undefined);
    const source = byId.get(supply.from);
    if (racks.length === 0) return [];
    const fresh = racks.filter(({ id }) => !served.has(`${supply.carries} ${id}`));
    for (const { id } of fresh) served.add(`${supply.carries} ${id}`);
    const kind = RACK_PIPES.findIndex(({ carries }) => carries === supply.carries);
    const tops = racks.map(({ pose, size }) => pose.position[2] + size[2]);
    const floor = Math.min(...racks.map(({ pose }) => pose.position[2]));
    const above = Math.max(Math.max(...tops) + ABOVE_RACKS, floor + LEAST_LEVEL);
    const level = above + k * STEP * 0.6;
    const { radius } = RACK_PIPES[kind] ?? RACK_PIPES[0];
    const { carries } = supply;
    const drops = (fresh.length > 0 ? fresh : racks).map((rack) => riserOf(rack, kind));
    const header = Math.max(...drops.map(({ at }) => at[0])) + k * STEP * 0.5;
    const ways: (readonly Vec3[])[] = [];
    const ys = drops.map(({ at }) => at[1]);
    if (fresh.length > 0) {
      for (const { at, low } of drops) {
        ways.push([
          [at[0], at[1], low],
          [header, at[1], level],
        ]);
      }
    }
    if (source !== undefined) {
      const start = behind(source);
      const end: Vec3 = [header, supply.points.at(-1)?.[1] ?? start[1], level];
      ways.push([start, ...supply.points, end]);
      ys.push(end[1]);
    }
    ways.push([
      [header, Math.min(...ys), level],
      [header, Math.max(...ys), level],
    ]);
    return ways.flatMap(straightRuns).map(([from, to]) => ({ carries, radius, from, to }));
  });
}

/** Runs along one axis each from point to point: up first, down last. */
function straightRuns(way: readonly Vec3[]): (readonly [Vec3, Vec3])[] {
  return way.slice(1).flatMap((to, i) => {
    const from = way[i] as Vec3;
    const high = Math.max(from[2], to[2]);
    const corners: Vec3[] = [
      from,
      [from[0], from[1], high],
      [to[0], from[1], high],
      [to[0], to[1], high],
      to,
    ];
    return corners.slice(1).flatMap((b, k): (readonly [Vec3, Vec3])[] => {
      const a = corners[k] as Vec3;
      const isLong = a.some((value, axis) => Math.abs(value - (b[axis] ?? 0)) > 1e-3);
      return isLong ? [[a, b]] : [];
    });
  });
}

/** Upright pipe at the end of a rack that feeds the pipes of one kind on all its levels. */
function riserOf(rack: ViewEquipment, kind: number): { readonly at: Vec3; readonly low: number } {
  const pipes = rackPipes(rack);
  const pipe = RACK_PIPES[kind] ?? RACK_PIPES[0];
  const half = (pipes?.width ?? 0) / 2 + OFF_RACK + Math.max(0, kind) * STEP * 0.4;
  const ends = [-half, half].map((x) => inWorld(rack, [x, pipes?.back ?? 0, 0]));
  // The end with the higher X: where all headers run.
  const [a, b] = ends as [Vec3, Vec3];
  const at = a[0] > b[0] || (a[0] === b[0] && a[1] > b[1]) ? a : b;
  return { at, low: at[2] + (pipes?.floor ?? 0) + pipe.height };
}

/** Where pipes leave a source: at the back of what it stands in. */
function behind(source: ViewEquipment): Vec3 {
  return inWorld(source, [0, source.size[1] / 2 + 0.06, source.size[2] * 0.4]);
}

function inWorld({ pose }: ViewEquipment, point: Vec3): Vec3 {
  const [x, y, z] = rotate(pose.orientation, point);
  return [x + pose.position[0], y + pose.position[1], z + pose.position[2]];
}
