import type { Vec3 } from '../../kernel/pose.ts';
import type { TrackKind, TrackMotion, TrackNode, TrackPlan } from '../../kernel/track.ts';

/** A node with the lines it lies on. */
export interface NetworkNode {
  readonly id: string;
  readonly position: Vec3;
  /** Index of its block. */
  readonly block: number;
  /** Lines through it, and its index on each. */
  readonly stations: readonly Station[];
}

/** A node as part of a line. */
export interface Station {
  readonly line: number;
  readonly index: number;
}

/** A maximal straight run of track of one kind, which a shuttle can go along without a stop. */
export interface Line {
  readonly kind: TrackKind;
  /** Nodes from one end to the other, and the distance of each from the first [m]. */
  readonly nodes: readonly number[];
  readonly offsets: readonly number[];
  readonly origin: Vec3;
  /** Unit vector. */
  readonly direction: Vec3;
  /** Lines of one shape share it: what holds along one holds along all. */
  readonly shape: string;
}

/** A network as shuttles use it: constant for the life of a plant. */
export interface Network {
  readonly nodes: readonly NetworkNode[];
  readonly lines: readonly Line[];
  /** Names of the blocks. */
  readonly blocks: readonly string[];
  /** Whether each block is the shaft of a lift. */
  readonly isShaft: readonly boolean[];
  readonly motion: TrackMotion;
}

/** A position on a line, `offset` [m] from its first node. */
export interface Spot {
  readonly line: number;
  readonly offset: number;
}

/** Positions closer than this [m] are one. */
const TOLERANCE = 1e-6;

/**
 * Joins nodes and edges into straight lines.
 *
 * @throws RangeError naming the node or edge when ids repeat or are unknown, an edge is neither level
 *   nor, of a lift, vertical, a node has no track, or a lift is not one block of its own
 */
export function createNetwork({ nodes, edges, motion }: TrackPlan): Network {
  const indexOf = new Map<string, number>();
  for (const { id } of nodes) {
    if (indexOf.has(id)) throw new RangeError(`two nodes are named ${id}`);
    indexOf.set(id, indexOf.size);
  }
  const at = (id: string): number => {
    const index = indexOf.get(id);
    if (index === undefined) throw new RangeError(`an edge leads to the unknown node ${id}`);
    return index;
  };
  const blocks = [...new Set(nodes.map(({ block }) => block))];
  const tracks = edges.map(({ from, to, kind }) => {
    const track = { a: at(from), b: at(to), kind, used: false };
    checkTrack(nodes, track);
    return track;
  });
  const lines: Line[] = [];
  const stations: Station[][] = nodes.map(() => []);
  for (const track of tracks) {
    if (track.used) continue;
    const chain = followTrack(nodes, tracks, track);
    chain.forEach((node, index) => stations[node]?.push({ line: lines.length, index }));
    lines.push(lineThrough(nodes, chain, track.kind));
  }
  nodes.forEach(({ id }, k) => {
    if (stations[k]?.length === 0) throw new RangeError(`no track leads to the node ${id}`);
  });
  const isShaft = blocks.map((name) => isLiftBlock(nodes, tracks, name));
  return {
    nodes: nodes.map(({ id, position, block }, k) => {
      return { id, position, block: blocks.indexOf(block), stations: stations[k] ?? [] };
    }),
    lines,
    blocks,
    isShaft,
    motion,
  };
}

interface Track {
  readonly a: number;
  readonly b: number;
  readonly kind: TrackKind;
  used: boolean;
}

function between(nodes: readonly TrackNode[], a: number, b: number): Vec3 {
  const [p, q] = [(nodes[a] as TrackNode).position, (nodes[b] as TrackNode).position];
  return [q[0] - p[0], q[1] - p[1], q[2] - p[2]];
}

function checkTrack(nodes: readonly TrackNode[], { a, b, kind }: Track): void {
  const [x, y, z] = between(nodes, a, b);
  const name = `the edge from ${nodes[a]?.id} to ${nodes[b]?.id}`;
  if (Math.hypot(x, y, z) < TOLERANCE) throw new RangeError(`${name} has no length`);
  if (kind === 'lift' && Math.hypot(x, y) > TOLERANCE) {
    throw new RangeError(`${name} is of a lift but not vertical`);
  }
  if (kind !== 'lift' && Math.abs(z) > TOLERANCE) throw new RangeError(`${name} is not level`);
  if (kind === 'lift' && nodes[a]?.block !== nodes[b]?.block) {
    throw new RangeError(`${name} is of a lift, so both nodes must be of one block`);
  }
}

/** Whether a block is a lift's; the nodes of such a block are joined by the lift's edges alone. */
function isLiftBlock(nodes: readonly TrackNode[], tracks: readonly Track[], name: string): boolean {
  const inside = tracks.filter((t) => nodes[t.a]?.block === name && nodes[t.b]?.block === name);
  const lifts = inside.filter(({ kind }) => kind === 'lift');
  if (lifts.length === 0) return false;
  const count = nodes.filter(({ block }) => block === name).length;
  if (lifts.length !== inside.length || count !== lifts.length + 1) {
    throw new RangeError(`the block ${name} of a lift must hold the stops of that lift alone`);
  }
  return true;
}

/** Nodes of the straight run of one kind that `seed` is part of. */
function followTrack(nodes: readonly TrackNode[], tracks: readonly Track[], seed: Track): number[] {
  seed.used = true;
  const extend = (from: number, to: number): number[] => {
    const chain: number[] = [];
    let [previous, last] = [from, to];
    for (;;) {
      const next = tracks.find(
        (t) =>
          !t.used &&
          t.kind === seed.kind &&
          (t.a === last || t.b === last) &&
          isStraight(nodes, previous, last, t.a === last ? t.b : t.a),
      );
      if (next === undefined) return chain;
      next.used = true;
      [previous, last] = [last, next.a === last ? next.b : next.a];
      chain.push(last);
    }
  };
  const forth = extend(seed.a, seed.b);
  const back = extend(seed.b, seed.a);
  return [...back.reverse(), seed.a, seed.b, ...forth];
}

function isStraight(nodes: readonly TrackNode[], a: number, b: number, c: number): boolean {
  const [u, v] = [between(nodes, a, b), between(nodes, b, c)];
  const dot = u[0] * v[0] + u[1] * v[1] + u[2] * v[2];
  return dot > (1 - TOLERANCE) * Math.hypot(...u) * Math.hypot(...v);
}

function lineThrough(nodes: readonly TrackNode[], chain: readonly number[], kind: TrackKind): Line {
  const [first, last] = [chain[0] as number, chain.at(-1) as number];
  const whole = between(nodes, first, last);
  const length = Math.hypot(...whole);
  // Rounded, so that lines of one shape have one shape whatever their place.
  const offsets = chain.map((node) => round(Math.hypot(...between(nodes, first, node))));
  return {
    kind,
    nodes: chain,
    offsets,
    origin: (nodes[first] as TrackNode).position,
    direction: [whole[0] / length, whole[1] / length, whole[2] / length],
    shape: `${kind} ${offsets.join(' ')}`,
  };
}

function round(length: number): number {
  return Math.round(length * 1e6) / 1e6;
}

/** Position of a spot [m]. */
export function pointAt({ lines }: Network, { line, offset }: Spot): Vec3 {
  const { origin, direction } = lines[line] as Line;
  return [
    origin[0] + direction[0] * offset,
    origin[1] + direction[1] * offset,
    origin[2] + direction[2] * offset,
  ];
}

/** Index on its line of the node at a spot, -1 between nodes. */
export function stationIndexAt({ lines }: Network, { line, offset }: Spot): number {
  return (lines[line] as Line).offsets.findIndex((o) => Math.abs(o - offset) < TOLERANCE);
}

/** The node at a spot; undefined between nodes. */
export function nodeAt(network: Network, spot: Spot): number | undefined {
  return network.lines[spot.line]?.nodes[stationIndexAt(network, spot)];
}

/** Whether two spots are one point of the network, be it on different lines. */
export function isSameSpot(network: Network, a: Spot, b: Spot): boolean {
  if (a.line === b.line) return Math.abs(a.offset - b.offset) < TOLERANCE;
  const node = nodeAt(network, a);
  return node !== undefined && node === nodeAt(network, b);
}

/** A spot at a node, by the node's name; undefined for an unknown one. */
export function spotOfNode({ nodes, lines }: Network, id: string): Spot | undefined {
  const [station] = nodes.find((node) => node.id === id)?.stations ?? [];
  if (station === undefined) return undefined;
  return { line: station.line, offset: lines[station.line]?.offsets[station.index] ?? 0 };
}

/** Blocks in which a shuttle at rest at a spot is: of the node, or of both nodes beside it. */
export function blocksAt(network: Network, spot: Spot): readonly number[] {
  const { nodes, offsets } = network.lines[spot.line] as Line;
  const blockOf = (index: number): number => network.nodes[nodes[index] as number]?.block as number;
  const index = stationIndexAt(network, spot);
  if (index >= 0) return [blockOf(index)];
  const next = offsets.findIndex((o) => o > spot.offset);
  const [a, b] = [blockOf(next - 1), blockOf(next)];
  return a === b ? [a] : [a, b];
}
