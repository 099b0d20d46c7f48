import type { Vec3 } from '../../kernel/pose.ts';
import { type Bounds, boundsOf, overlapOf, roomOf } from './bounds.ts';
import { holdersOf } from './holders.ts';
import type { Report } from './problem.ts';
import type { Scene, SceneZone } from './scene.ts';

/** Bodies may touch; less overlap than this [m] counts as touching. */
const TOLERANCE = 1e-3;

/** Reports devices that stand in one another or outside their zone. */
export function findLayoutProblems(scene: Scene, report: Report): void {
  const { devices } = scene;
  const boxes = devices.map(boundsOf);
  const rooms = devices.map(roomOf);
  const holders = holdersOf(devices);
  const holds = (a: string, b: string): boolean => holders.get(b)?.includes(a) === true;
  for (const [i, j] of meetingPairs(boxes)) {
    const [a, b] = [devices[i], devices[j]];
    const [roomA, roomB] = [rooms[i], rooms[j]];
    if (a === undefined || b === undefined || roomA === undefined || roomB === undefined) continue;
    const depth = Math.max(...roomA.flatMap((x) => roomB.map((y) => overlapOf(x, y))));
    if (depth <= TOLERANCE || holds(a.id, b.id) || holds(b.id, a.id)) continue;
    report(
      ['devices', b.id, b.in === undefined ? 'at' : 'in'],
      `${b.id} overlaps ${a.id} by ${depth.toFixed(2)} m`,
      `Move ${b.id} by at least that much, or ${a.id}.`,
    );
  }
  const zones = new Map(scene.zones.map((zone) => [zone.id, zone]));
  for (const device of devices) {
    const zone = zones.get(device.zone);
    // What stands in a place is where its holder is.
    if (device.in !== undefined || zone === undefined) continue;
    if (isInside(device.pose.position, zone)) continue;
    report(
      ['devices', device.id, 'at'],
      `${device.id} stands outside its zone ${zone.id}`,
      'Move it, or name the zone it stands in.',
    );
  }
}

/**
 * Pairs of boxes, by index, whose shadows on X and Y meet, in the order of the indices: a sweep along X
 * past boxes sorted by where they begin.
 */
function meetingPairs(boxes: readonly Bounds[]): readonly (readonly [number, number])[] {
  const sorted = boxes
    .map(({ min, max }, index) => ({ min, max, index }))
    .sort((a, b) => a.min[0] - b.min[0]);
  const pairs: (readonly [number, number])[] = [];
  sorted.forEach((a, k) => {
    for (let l = k + 1; l < sorted.length; l++) {
      const b = sorted[l];
      if (b === undefined || b.min[0] >= a.max[0]) break;
      if (b.min[1] >= a.max[1] || a.min[1] >= b.max[1]) continue;
      pairs.push(a.index < b.index ? [a.index, b.index] : [b.index, a.index]);
    }
  });
  return pairs.sort((p, q) => p[0] - q[0] || p[1] - q[1]);
}

function isInside(p: Vec3, zone: SceneZone): boolean {
  return ([0, 1, 2] as const).every(
    (axis) => p[axis] >= zone.min[axis] - TOLERANCE && p[axis] <= zone.max[axis] + TOLERANCE,
  );
}
