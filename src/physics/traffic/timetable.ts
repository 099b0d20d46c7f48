import type { Micros } from '../../kernel/time.ts';
import { endOfJourney, type Hold, holdsOf, type Journey } from './journey.ts';
import { blocksAt, type Network, type NetworkNode } from './network.ts';
import { platformArrival, platformAt, platformTime } from './platform.ts';
import type { Traffic } from './traffic.ts';

/** What the others leave free, for one shuttle that plans at `now`. */
export interface Timetable {
  readonly network: Network;
  readonly now: Micros;
  /** Holds of others that are not over, by block, in the order of time. */
  readonly holds: readonly (readonly Hold[])[];
  /** Blocks out of bounds: closed ones and the berths of others. */
  readonly barred: readonly boolean[];
  /** When and at which height [m] the platform of each lift can next be called; elsewhere undefined. */
  readonly platforms: readonly ({ readonly free: Micros; readonly height: number } | undefined)[];
  /** Free times of nodes as far as they were asked for: from, until, from, until and so on. */
  readonly gaps: (readonly Micros[] | undefined)[];
}

/**
 * The timetable for `shuttle`, which plans at `now` what it does after `lead`, the part of its journey
 * that stays. What it holds until then counts as another's.
 */
export function timetableFor(
  network: Network,
  traffic: Traffic,
  shuttle: string,
  lead: Journey,
  now: Micros,
): Timetable {
  const holds: Hold[][] = network.blocks.map(() => []);
  const barred = network.blocks.map((name) => traffic.closed.includes(name));
  for (const [id, { journey, home }] of Object.entries(traffic.shuttles)) {
    if (id === shuttle) continue;
    for (const hold of holdsOf(network, journey)) {
      if (hold.until > now) holds[hold.block]?.push(hold);
    }
    for (const block of blocksAt(network, home)) barred[block] = true;
  }
  const time = Math.max(now, endOfJourney(network, lead).time);
  for (const hold of holdsOf(network, lead)) {
    holds[hold.block]?.push({ ...hold, until: Math.min(hold.until, time) });
  }
  for (const list of holds) list.sort((a, b) => a.from - b.from);
  return {
    network,
    now,
    holds,
    barred,
    platforms: network.isShaft.map((isShaft, block) => {
      if (!isShaft) return undefined;
      const platform = platformAt(network, traffic, block, now);
      return { free: Math.max(now, platformArrival(network, platform)), height: platform.to };
    }),
    gaps: network.nodes.map(() => undefined),
  };
}

/**
 * When a node is free of others, the platform of a lift having come there in time: pairs of from and
 * until, in the order of time. Where the shuttle itself leaves a platform on the way that it plans does
 * not matter: it gets to another stop of that lift by another one, and not sooner than the platform.
 */
export function gapsOf(timetable: Timetable, node: number): readonly Micros[] {
  let gaps = timetable.gaps[node];
  if (gaps === undefined) {
    gaps = listGaps(timetable, timetable.network.nodes[node] as NetworkNode);
    timetable.gaps[node] = gaps;
  }
  return gaps;
}

function listGaps(timetable: Timetable, { block, position }: NetworkNode): readonly Micros[] {
  const { network, holds, barred, platforms } = timetable;
  if (barred[block] === true) return [];
  const platform = platforms[block];
  const height = position[2];
  const time = (from: number, to: number): Micros =>
    platform === undefined ? 0 : platformTime(network, from, to);
  const gaps: Micros[] = [];
  let from =
    platform === undefined
      ? Number.NEGATIVE_INFINITY
      : platform.free + time(platform.height, height);
  for (const hold of holds[block] ?? []) {
    const until = hold.from - time(height, hold.enters);
    if (until > from) gaps.push(from, until);
    from = Math.max(from, hold.until + time(hold.leaves, height));
  }
  if (from < Number.POSITIVE_INFINITY) gaps.push(from, Number.POSITIVE_INFINITY);
  return gaps;
}

/** Until when a shuttle that is at a node at `t`, when it is free, may stay there. */
export function leaveBy({ network, holds }: Timetable, node: number, t: Micros): Micros {
  const { block, position } = network.nodes[node] as NetworkNode;
  const next = holds[block]?.find(({ from }) => from >= t);
  if (next === undefined) return Number.POSITIVE_INFINITY;
  const call = network.isShaft[block] ? platformTime(network, position[2], next.enters) : 0;
  return next.from - call;
}
