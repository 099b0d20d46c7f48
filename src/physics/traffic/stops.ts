import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';
import { EventQueue } from '../../kernel/event-queue.ts';
import { type LegShape, legShape, type Pass } from './leg.ts';
import type { TrackLoad } from '../../kernel/track.ts';
import { type Line, type Network, type Spot, stationIndexAt } from './network.ts';

/** A spot at which a way may have a stop. */
export interface Stop extends Spot {
  /** Number among the stops of a network; those between nodes come after all others. */
  readonly id: number;
  /** Index of its node on the line, and of the node itself; -1 between nodes. */
  readonly index: number;
  readonly node: number;
  /** Nodes held there: its own, or both beside it. */
  readonly held: readonly number[];
}

interface Stops {
  /** Stops at nodes by line and index. */
  readonly byLine: readonly (readonly Stop[])[];
  readonly count: number;
  /** Legs between nodes, by load, line and pair of indices. */
  readonly legs: Record<TrackLoad, (LegPlan | undefined)[][]>;
  /** Tables of the time to go, by goal and load. */
  readonly times: Map<string, Float64Array>;
}

const STOPS = new WeakMap<Network, Stops>();

function stopsOf(network: Network): Stops {
  let stops = STOPS.get(network);
  if (stops === undefined) {
    let count = 0;
    const byLine = network.lines.map(({ nodes, offsets }, line) =>
      nodes.map((node, index) => ({
        id: count++,
        line,
        index,
        node,
        offset: offsets[index] as number,
        held: [node],
      })),
    );
    const empty = (): (LegPlan | undefined)[][] => network.lines.map(() => []);
    const legs = { empty: empty(), cassette: empty(), module: empty() };
    stops = { byLine, count, legs, times: new Map() };
    STOPS.set(network, stops);
  }
  return stops;
}

/** Number of stops at nodes. */
export function countStops(network: Network): number {
  return stopsOf(network).count;
}

/** Stops at the nodes of a line in their order. */
export function stopsOn(network: Network, line: number): readonly Stop[] {
  return stopsOf(network).byLine[line] as readonly Stop[];
}

/**
 * The stop at a spot; between nodes a new one with number `id`.
 *
 * @throws RangeError for a spot beyond the ends of its line
 */
export function stopAt(network: Network, spot: Spot, id: number): Stop {
  const index = stationIndexAt(network, spot);
  if (index >= 0) return stopsOn(network, spot.line)[index] as Stop;
  const { nodes, offsets } = network.lines[spot.line] as Line;
  const next = offsets.findIndex((o) => o > spot.offset);
  const [before, after] = [nodes[next - 1], nodes[next]];
  if (before === undefined || after === undefined) {
    throw new RangeError(`line ${spot.line} does not reach to ${spot.offset} m`);
  }
  const held = [before, after];
  return { ...spot, id, index: -1, node: -1, held };
}

/** A leg between two stops, with the nodes it holds by what that means for planning it. */
export interface LegPlan {
  readonly shape: LegShape;
  /** Nodes of the blocks in which it starts: when each is left. */
  readonly left: readonly Pass[];
  /** Nodes that are only passed. */
  readonly passed: readonly Pass[];
  /** Nodes of the blocks in which it ends: when each is come into; 0 where it starts there already. */
  readonly entered: readonly Pass[];
}

/** The leg between two stops of one line; those between nodes are remembered. `index` of passes is the node. */
export function legBetween(network: Network, a: Stop, b: Stop, load: TrackLoad): LegPlan {
  const { legs } = stopsOf(network);
  const table = legs[load][a.line] as (LegPlan | undefined)[];
  const key = a.index * (network.lines[a.line] as Line).nodes.length + b.index;
  const known = a.index < 0 || b.index < 0 ? undefined : table[key];
  if (known !== undefined) return known;
  const plan = sortPasses(network, a, b, legShape(network, a.line, a.offset, b.offset, load));
  if (a.index >= 0 && b.index >= 0) table[key] = plan;
  return plan;
}

function sortPasses(network: Network, a: Stop, b: Stop, shape: LegShape): LegPlan {
  const { nodes } = network.lines[a.line] as Line;
  const blockOf = (node: number): number => network.nodes[node]?.block as number;
  const [starts, ends] = [a.held.map(blockOf), b.held.map(blockOf)];
  const left: Pass[] = [];
  const passed: Pass[] = [];
  const entered: Pass[] = [];
  for (const { index, from, until } of shape.passes) {
    const node = nodes[index] as number;
    const pass = { index: node, from, until };
    const isStart = starts.includes(blockOf(node));
    const isEnd = ends.includes(blockOf(node));
    if (isStart) left.push(pass);
    if (isEnd) entered.push(isStart ? { ...pass, from: 0 } : pass);
    if (!isStart && !isEnd) passed.push(pass);
  }
  return { shape, left, passed, entered };
}

/** Time to change from one line to another at a node; on the platform of a lift nothing changes. */
export function turnTicks({ lines, motion }: Network, from: number, to: number): Micros {
  if (lines[from]?.kind === 'lift' || lines[to]?.kind === 'lift') return 0;
  return Math.ceil(motion.turnTime * MICROS_PER_SECOND);
}

/**
 * Shortest time from each stop at a node to `goal` on an empty network, by the stop's number; infinite
 * where no way leads there. Dijkstra's algorithm over legs and turns; remembered per goal and load.
 */
function timesTo(network: Network, goal: Spot, load: TrackLoad): Float64Array {
  const { byLine, count, times } = stopsOf(network);
  const key = `${goal.line} ${goal.offset} ${load}`;
  const known = times.get(key);
  if (known !== undefined) return known;
  const table = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  const queue = new EventQueue<Stop>();
  const reach = (stop: Stop, time: Micros): void => {
    if (time >= (table[stop.id] as number)) return;
    table[stop.id] = time;
    queue.push(time, 0, stop);
  };
  const end = stopAt(network, goal, count);
  for (const { line, index } of network.nodes[end.node]?.stations ?? []) {
    reach(byLine[line]?.[index] as Stop, 0);
  }
  if (end.index < 0) {
    for (const stop of stopsOn(network, end.line)) {
      reach(stop, legBetween(network, stop, end, load).shape.duration);
    }
  }
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { time, payload: stop } = next;
    if (time > (table[stop.id] as number)) continue;
    for (const other of byLine[stop.line] as readonly Stop[]) {
      if (other !== stop)
        reach(other, time + legBetween(network, other, stop, load).shape.duration);
    }
    for (const { line, index } of network.nodes[stop.node]?.stations ?? []) {
      if (line === stop.line) continue;
      reach(byLine[line]?.[index] as Stop, time + turnTicks(network, line, stop.line));
    }
  }
  times.set(key, table);
  return table;
}

/** Shortest time from a stop to `goal` with a load on an empty network; infinite without a way. */
export function timeToGo(network: Network, stop: Stop, goal: Spot, load: TrackLoad): Micros {
  const table = timesTo(network, goal, load);
  if (stop.index >= 0) return table[stop.id] as number;
  const isThere = stop.line === goal.line;
  let best = isThere
    ? legShape(network, stop.line, stop.offset, goal.offset, load).duration
    : Number.POSITIVE_INFINITY;
  for (const next of stopsOn(network, stop.line)) {
    best = Math.min(
      best,
      legBetween(network, stop, next, load).shape.duration + (table[next.id] as number),
    );
  }
  return best;
}
