import type { Vec3 } from '../../../../src/kernel/pose.ts';
import type { Micros } from '../../../../src/kernel/time.ts';
import { motionAt } from '../../../../src/physics/traffic/journey.ts';
import type { TrackNode, TrackPlan } from '../../../../src/kernel/track.ts';
import { type Network, pointAt } from '../../../../src/physics/traffic/network.ts';
import { planStop, sampleStop } from '../../../../src/physics/trajectory/stop-curve.ts';
import {
  SHUTTLE_LENGTH,
  SHUTTLE_MOTION,
  SHUTTLE_WIDTH,
} from '../../../../src/physics/traffic/shuttle-motion.data.ts';
import type { Traffic } from '../../../../src/physics/traffic/traffic.ts';

/** Where a shuttle's middle is, and where it would come to rest if it braked now. */
export interface Sighting {
  readonly id: string;
  readonly point: Vec3;
  readonly stop: Vec3;
}

export function sight(network: Network, traffic: Traffic, t: Micros): Sighting[] {
  return Object.entries(traffic.shuttles).map(([id, { journey }]) => {
    const motion = motionAt(network, journey, t);
    const { line, position, velocity } = motion;
    const sign = Math.sign(velocity);
    const forward = {
      ...motion,
      position: 0,
      velocity: Math.abs(velocity),
      acceleration: sign * motion.acceleration,
    };
    const kind = network.lines[line]?.kind ?? 'rail';
    const braking = planStop(forward, SHUTTLE_MOTION.limits[kind].empty);
    const way = sampleStop(braking, braking.duration).position;
    const at = (offset: number): Vec3 => pointAt(network, { line, offset });
    return { id, point: at(position), stop: at(position + sign * way) };
  });
}

const NEAR = 1e-5;

function distance(a: Vec3, b: Vec3): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Edges of a plan with their ends. */
export type Geometry = readonly (readonly [TrackNode, TrackNode])[];

export function geometryOf({ nodes, edges }: TrackPlan): Geometry {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return edges.map(({ from, to }) => [byId.get(from), byId.get(to)] as [TrackNode, TrackNode]);
}

/** Names of the blocks of the nodes at or beside a point, found by geometry alone. */
function blocksAround(geometry: Geometry, point: Vec3): string[] {
  for (const [a, b] of geometry) {
    const [to, from] = [distance(a.position, point), distance(point, b.position)];
    if (to < NEAR) return [a.block];
    if (from < NEAR) return [b.block];
    if (to + from - distance(a.position, b.position) < NEAR) return [a.block, b.block];
  }
  throw new Error(`(${point.join(', ')}) is not on the track`);
}

/**
 * Pairs of shuttles that share a block now, with the blocks to where each would come to rest; berths, by
 * block, belong to their owners also while those are away.
 */
export function findMeetings(
  geometry: Geometry,
  sightings: readonly Sighting[],
  berths: Readonly<Record<string, string>>,
): string[] {
  const found: string[] = [];
  const owner = new Map(Object.entries(berths));
  for (const { id, point, stop } of sightings) {
    for (const block of new Set([
      ...blocksAround(geometry, point),
      ...blocksAround(geometry, stop),
    ])) {
      const other = owner.get(block);
      if (other !== undefined && other !== id) found.push(`${other} and ${id} in ${block}`);
      owner.set(block, id);
    }
  }
  return found;
}

/** Pairs of shuttles whose bodies, loads included, are in one another. */
export function findTouches(sightings: readonly Sighting[]): string[] {
  return sightings.flatMap((a, i) =>
    sightings.slice(i + 1).flatMap((b) => {
      const [x, y, z] = [0, 1, 2].map((k) => Math.abs(a.point[k as 0] - b.point[k as 0])) as [
        number,
        number,
        number,
      ];
      const isApart = x >= SHUTTLE_LENGTH || y >= SHUTTLE_WIDTH || z >= 1;
      return isApart ? [] : [`${a.id} touches ${b.id}`];
    }),
  );
}
