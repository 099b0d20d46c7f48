import type { Vec3 } from '../../kernel/pose.ts';
import { type Line, type Network, type Spot, stationIndexAt } from './network.ts';

/** How far the fork of a shuttle gets [m]. */
export interface ForkReach {
  /** Sideways from the middle of the rail. */
  readonly side: number;
  /** Above the rail, from 0. */
  readonly height: number;
}

/** What lies lower than the rail by less than this [m] can still be reached; assumed. */
const BELOW = 0.05;

/**
 * The spot on a rail from which a fork gets to `point` [m] straight sideways, on the nearest rail when
 * there are several; undefined when there is none.
 */
export function dockSpot(network: Network, point: Vec3, reach: ForkReach): Spot | undefined {
  let best: Spot | undefined;
  let least = reach.side;
  network.lines.forEach((track, line) => {
    if (track.kind !== 'rail') return;
    const { origin, direction, offsets } = track as Line;
    const d = [point[0] - origin[0], point[1] - origin[1], point[2] - origin[2]] as const;
    const offset = d[0] * direction[0] + d[1] * direction[1];
    const side = Math.hypot(d[0] - offset * direction[0], d[1] - offset * direction[1]);
    if (offset < 0 || offset > (offsets.at(-1) as number) || side > least) return;
    if (d[2] < -BELOW || d[2] > reach.height) return;
    least = side;
    best = { line, offset };
  });
  if (best === undefined) return undefined;
  const { offsets } = network.lines[best.line] as Line;
  const node = stationIndexAt(network, best);
  return node < 0 ? best : { line: best.line, offset: offsets[node] as number };
}
