import type { Micros } from '../../kernel/time.ts';
import { areHoldsApart } from './hold-up.ts';
import { endOfJourney, holdsOf, type Journey, loadAfter, type Step } from './journey.ts';
import { legShape } from './leg.ts';
import type { TrackLoad } from '../../kernel/track.ts';
import {
  blocksAt,
  isSameSpot,
  type Line,
  type Network,
  type NetworkNode,
  nodeAt,
  type Spot,
} from './network.ts';
import { platformAt, platformArrival, platformTime } from './platform.ts';
import type { Traffic } from './traffic.ts';

/** A shuttle that was stopped: what it is bound to do, and what it had in mind after that. */
export interface Stopped {
  readonly id: string;
  readonly lead: Journey;
  readonly steps: readonly Step[];
}

/** One node further, a turn or a task, at the time at which it would have been over. */
interface Move {
  readonly member: number;
  readonly time: Micros;
  readonly step: Step;
  /** Where the move ends. */
  readonly to: Spot;
}

/** A member on its way. */
interface Member {
  spot: Spot;
  ready: Micros;
  load: TrackLoad;
  readonly steps: Step[];
}

/**
 * Journeys for shuttles that were stopped at one instant by one disturbance: all do what they had in
 * mind, node by node in the old order of arrivals, each as early as those before it allow, once all other
 * shuttles are home. Undefined when something still stands in their way.
 *
 * With nothing in their way this always succeeds: when a shuttle moves on to a node in that order, every
 * other stands at the node that it last came to in the old plan or further on by what it took to brake,
 * and that node it held at the very time of that arrival; since in the old plan no two held one block,
 * the node to move to is free.
 */
export function rejoin(
  network: Network,
  traffic: Traffic,
  group: readonly Stopped[],
  now: Micros,
): ReadonlyMap<string, Journey> | undefined {
  const others = Object.values(traffic.shuttles).filter(({ held }) => held === undefined);
  const free = Math.max(
    now,
    ...others.map(({ journey }) => endOfJourney(network, journey).time),
    ...group.map(({ lead }) => endOfJourney(network, lead).time),
  );
  const members = group.map(({ lead }) => ({
    spot: endOfJourney(network, lead).spot,
    ready: free,
    load: lead.steps.reduce(loadAfter, lead.load),
    steps: [...lead.steps],
  }));
  const released = new Map<number, { readonly at: Micros; readonly height: number }>();
  network.isShaft.forEach((isShaft, block) => {
    if (!isShaft) return;
    const platform = platformAt(network, traffic, block, free);
    released.set(block, {
      at: Math.max(free, platformArrival(network, platform)),
      height: platform.to,
    });
  });
  for (const move of listMoves(network, group, members)) {
    const member = members[move.member] as Member;
    const occupied = members.flatMap(({ spot }, k) =>
      k === move.member ? [] : blocksAt(network, spot),
    );
    if (!advance(network, member, move, occupied, released)) return undefined;
  }
  const journeys = new Map(
    group.map(({ id, lead }, k) => [id, { ...lead, steps: members[k]?.steps ?? [] }] as const),
  );
  return areFree(network, traffic, journeys, now) ? journeys : undefined;
}

/** All moves of all members in the order of time. */
function listMoves(
  network: Network,
  group: readonly Stopped[],
  members: readonly Member[],
): readonly Move[] {
  const moves = group.flatMap(({ steps }, member) => {
    const { spot } = members[member] as Member;
    return steps.flatMap((step, k) => movesOf(network, step, member, k === 0 ? spot : undefined));
  });
  return moves.sort((a, b) => a.time - b.time || a.member - b.member);
}

/** Moves of one step; `at` is where the shuttle stands already, on the way of the step. */
function movesOf(network: Network, step: Step, member: number, at: Spot | undefined): Move[] {
  if (step.kind === 'turn') {
    return [{ member, time: step.start + step.duration, step, to: step.to }];
  }
  if (step.kind === 'task') {
    const time = step.start + step.task.duration - step.done;
    return [{ member, time, step, to: step.task.spot }];
  }
  const { line, from, to } = step;
  const { offsets } = network.lines[line] as Line;
  const { passes, duration } = legShape(network, line, from, to, step.load);
  const sign = to >= from ? 1 : -1;
  const begin = at?.line === line ? at.offset : from;
  const moves: Move[] = [];
  for (const { index, until } of passes) {
    // A node is left when the next one is reached.
    const offset = offsets[index + sign];
    if (offset === undefined || sign * (to - offset) <= 0 || sign * (offset - begin) <= 1e-6)
      continue;
    moves.push({ member, time: step.start + until, step, to: { line, offset } });
  }
  if (sign * (to - begin) > 1e-6) {
    moves.push({ member, time: step.start + duration, step, to: { line, offset: to } });
  }
  return moves;
}

/** Does one move as early as it can be done; false when its way is not free. */
function advance(
  network: Network,
  member: Member,
  { step, to }: Move,
  occupied: readonly number[],
  released: Map<number, { readonly at: Micros; readonly height: number }>,
): boolean {
  if (step.kind === 'turn' || step.kind === 'task') {
    member.steps.push({ ...step, start: member.ready });
    member.ready += step.kind === 'turn' ? step.duration : step.task.duration - step.done;
    member.load = loadAfter(member.load, step);
    member.spot = step.kind === 'turn' ? step.to : member.spot;
    return true;
  }
  const { line } = to;
  const from = offsetOn(network, member.spot, line);
  if (from === undefined) return false;
  const { nodes } = network.lines[line] as Line;
  const { passes, duration } = legShape(network, line, from, to.offset, member.load);
  const standing = blocksAt(network, member.spot);
  const reached = blocksAt(network, to);
  let start = member.ready;
  for (const { index, from: entered } of passes) {
    const { block, position } = network.nodes[nodes[index] as number] as NetworkNode;
    if (standing.includes(block)) continue;
    if (occupied.includes(block)) return false;
    const use = released.get(block);
    if (use === undefined) continue;
    const call = network.isShaft[block] ? platformTime(network, use.height, position[2]) : 0;
    start = Math.max(start, use.at + call - entered);
  }
  for (const { index, until } of passes) {
    const { block, position } = network.nodes[nodes[index] as number] as NetworkNode;
    if (!reached.includes(block)) released.set(block, { at: start + until, height: position[2] });
  }
  member.steps.push({ kind: 'leg', start, line, from, to: to.offset, load: member.load });
  member.ready = start + duration;
  member.spot = to;
  return true;
}

/** Offset of a spot on a line that goes through it. */
function offsetOn(network: Network, spot: Spot, line: number): number | undefined {
  if (spot.line === line) return spot.offset;
  const node = nodeAt(network, spot);
  if (node === undefined) return undefined;
  const station = network.nodes[node]?.stations.find((s) => s.line === line);
  return station && network.lines[line]?.offsets[station.index];
}

/** Whether journeys end at home and meet neither each other nor any other shuttle nor a closed block. */
function areFree(
  network: Network,
  { shuttles, closed }: Traffic,
  journeys: ReadonlyMap<string, Journey>,
  now: Micros,
): boolean {
  const ids = Object.keys(shuttles);
  const holdsBy = (id: string, journey: Journey | undefined) =>
    holdsOf(network, journeys.get(id) ?? (journey as Journey)).filter(({ until }) => until > now);
  return [...journeys].every(([id, journey]) => {
    const home = shuttles[id]?.home;
    if (home === undefined || !isSameSpot(network, endOfJourney(network, journey).spot, home)) {
      return false;
    }
    const holds = holdsBy(id, journey);
    return (
      holds.every(({ block }) => !closed.includes(network.blocks[block] as string)) &&
      ids.every(
        (other) =>
          other === id || areHoldsApart(network, holds, holdsBy(other, shuttles[other]?.journey)),
      )
    );
  });
}
