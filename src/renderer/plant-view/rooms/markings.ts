import { type BufferGeometry, Group, Mesh, MeshStandardMaterial, PlaneGeometry } from 'three';
import { mergeGeometries } from 'three/addons/utils/BufferGeometryUtils.js';
import type { ViewEquipment, ViewZone } from '../../../kernel/view-contract.ts';
import { MARKING } from '../materials.ts';

/** How far outside the rails the border runs, and how near to a wall at most [m]. */
const ROOM = 0.22;
const OFF_WALL = 0.34;
/** Dashes of the border, the gaps between them, and their width [m]. */
const DASH = 0.42;
const GAP = 0.18;
const WIDTH = 0.07;

const PAINTED = new MeshStandardMaterial({
  color: MARKING,
  roughness: 0.55,
  polygonOffset: true,
  polygonOffsetFactor: -2,
  polygonOffsetUnits: -2,
});

/** Rectangle on the floor. */
interface Area {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Dashed borders on the floor around where vehicles go by themselves. */
export function buildMarkings(
  equipment: readonly ViewEquipment[],
  zones: readonly ViewZone[],
): Group {
  const group = new Group();
  for (const rails of equipment) {
    const zone = zones.find(({ id }) => id === rails.zone);
    if (rails.type !== 'rail-system' || zone === undefined) continue;
    const dashes = dashesAround(areaOf(rails, zone));
    const mesh = new Mesh(mergeGeometries(dashes), PAINTED);
    mesh.position.z = zone.min[2] + 0.005;
    mesh.receiveShadow = true;
    group.add(mesh);
  }
  return group;
}

function areaOf({ pose, size }: ViewEquipment, { min, max }: ViewZone): Area {
  const [, , qz, qw] = pose.orientation;
  const isTurned = Math.abs(Math.sin(2 * Math.atan2(qz, qw))) > 0.7;
  const [w, d] = isTurned ? [size[1], size[0]] : [size[0], size[1]];
  const range = (axis: 0 | 1, length: number): readonly [number, number] => {
    const middle = pose.position[axis];
    const low = Math.max(min[axis] + OFF_WALL, middle - length / 2 - ROOM);
    const high = Math.min(max[axis] - OFF_WALL, middle + length / 2 + ROOM);
    return [low, high];
  };
  return { x: range(0, w), y: range(1, d) };
}

function dashesAround({ x, y }: Area): BufferGeometry[] {
  const dashes: BufferGeometry[] = [];
  const along = ([low, high]: readonly [number, number], put: (at: number) => void): void => {
    const count = Math.max(1, Math.floor((high - low) / (DASH + GAP)));
    const pitch = (high - low) / count;
    for (let i = 0; i < count; i++) put(low + (i + 0.5) * pitch);
  };
  for (const edge of y) {
    along(x, (at) => dashes.push(new PlaneGeometry(DASH, WIDTH).translate(at, edge, 0)));
  }
  for (const edge of x) {
    along(y, (at) => dashes.push(new PlaneGeometry(WIDTH, DASH).translate(edge, at, 0)));
  }
  return dashes;
}
