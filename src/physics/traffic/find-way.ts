import { EventQueue } from '../../kernel/event-queue.ts';
import type { Micros } from '../../kernel/time.ts';
import type { Step, Task } from './journey.ts';
import type { Pass } from './leg.ts';
import type { TrackLoad } from '../../kernel/track.ts';
import { blocksAt, isSameSpot, type Network, type Spot } from './network.ts';
import {
  countStops,
  legBetween,
  type LegPlan,
  type Stop,
  stopAt,
  stopsOn,
  timeToGo,
  turnTicks,
} from './stops.ts';
import { gapsOf, leaveBy, type Timetable } from './timetable.ts';

/** What a way is looked for. */
export interface WayRequest {
  /** Where the shuttle stands, when it can leave, and what it carries. */
  readonly start: Spot;
  readonly time: Micros;
  readonly load: TrackLoad;
  readonly tasks: readonly Task[];
  readonly home: Spot;
}

/** A shuttle at rest at a stop, after so many tasks, in a time in which the stop stays free. */
interface State {
  readonly stop: Stop;
  readonly phase: number;
  readonly time: Micros;
  /** End of the free time of the stop. */
  readonly until: Micros;
  /** When the last task was done; the time at the start while tasks are left. */
  readonly delivered: Micros;
  readonly before: State | undefined;
  /** When what led here from the state before began. */
  readonly start: Micros;
}

interface Search extends WayRequest {
  readonly table: Timetable;
  readonly network: Network;
  /** Stops of the lines that have some between nodes. */
  readonly lines: Map<number, readonly Stop[]>;
  /** Where each phase leads, and the least time from there until the last task is done. */
  readonly goals: readonly {
    readonly spot: Spot;
    readonly load: TrackLoad;
    readonly rest: Micros;
  }[];
  readonly queue: EventQueue<State>;
  /** Times at which states were reached, by phase, stop and end of the free time. */
  readonly reached: Map<number, Map<Micros, Micros>>;
  readonly estimates: Map<number, Micros>;
}

/**
 * The way of one shuttle past all others: from where it stands to each task in turn and home, with the
 * earliest end of the last task, then the earliest arrival; undefined when there is none.
 *
 * Safe interval path planning (Phillips and Likhachev, "SIPP: Safe Interval Path Planning for Dynamic
 * Environments", ICRA 2011, doi 10.1109/ICRA.2011.5980306) in continuous time: A* over (stop, free time
 * of the stop), in which the earliest arrival dominates since a shuttle may always wait there until the
 * free time ends. The moves are whole motions from rest to rest, so that plans keep the limits of speed
 * and acceleration, and the tasks and the way home are phases of one search.
 */
export function findWay(table: Timetable, request: WayRequest): readonly Step[] | undefined {
  const { network } = table;
  const search = prepare(table, request);
  const standing = blocksAt(network, request.start);
  if (standing.some((block) => table.barred[block])) return undefined;
  const start = stopAt(network, request.start, countStops(network));
  const [line] = search.lines.get(start.line)?.filter(({ id }) => id === start.id) ?? [];
  const until = stayUntil(table, line ?? start, request.time);
  const { time } = request;
  push(search, line ?? start, 0, time, until, undefined, time);
  for (let next = search.queue.pop(); next !== undefined; next = search.queue.pop()) {
    const state = next.payload;
    if (isStale(search, state)) continue;
    const isLast = state.phase === request.tasks.length;
    if (isLast && isSameSpot(network, state.stop, request.home)) return trace(search, state);
    doTask(search, state);
    turn(search, state);
    go(search, state);
  }
  return undefined;
}

function prepare(table: Timetable, request: WayRequest): Search {
  const { network } = table;
  const { tasks, home } = request;
  const lines = new Map<number, readonly Stop[]>();
  const count = countStops(network);
  [request.start, ...tasks.map(({ spot }) => spot), home].forEach((spot, k) => {
    const known = lines.get(spot.line) ?? stopsOn(network, spot.line);
    if (known.some((stop) => isSameSpot(network, stop, spot))) return;
    const more = [...known, stopAt(network, spot, count + k)];
    lines.set(
      spot.line,
      more.sort((a, b) => a.offset - b.offset),
    );
  });
  const goals: { spot: Spot; load: TrackLoad; rest: Micros }[] = [];
  let rest = 0;
  for (let k = tasks.length; k >= 0; k--) {
    const task = tasks[k];
    const spot = task?.spot ?? home;
    const load = tasks[k - 1]?.load ?? request.load;
    goals[k] = { spot, load, rest: rest + (task?.duration ?? 0) };
    const from = tasks[k - 1]?.spot;
    if (task !== undefined && from !== undefined) {
      rest += task.duration + timeToGo(network, stopAt(network, from, count), spot, load);
    }
  }
  return {
    ...request,
    table,
    network,
    lines,
    goals,
    queue: new EventQueue(),
    reached: new Map(),
    estimates: new Map(),
  };
}

/** Number of a stop in a phase. */
function keyOf({ network, tasks }: Search, { id }: Stop, phase: number): number {
  return phase * (countStops(network) + tasks.length + 2) + id;
}

function estimate(search: Search, stop: Stop, phase: number): Micros {
  const key = keyOf(search, stop, phase);
  let time = search.estimates.get(key);
  if (time === undefined) {
    const { spot, load } = search.goals[phase] as Search['goals'][number];
    time = timeToGo(search.network, stop, spot, load);
    search.estimates.set(key, time);
  }
  return time;
}

/** Puts a state into the queue unless the same was reached as early; the order is the estimated end. */
function push(
  search: Search,
  stop: Stop,
  phase: number,
  time: Micros,
  until: Micros,
  before: State | undefined,
  start: Micros,
): void {
  const { reached, queue, tasks, goals } = search;
  const toGo = estimate(search, stop, phase);
  if (toGo === Number.POSITIVE_INFINITY) return;
  const key = keyOf(search, stop, phase);
  let times = reached.get(key);
  if (times === undefined) {
    times = new Map();
    reached.set(key, times);
  }
  if (time >= (times.get(until) ?? Number.POSITIVE_INFINITY)) return;
  times.set(until, time);
  const delivered = phase === before?.phase ? before.delivered : time;
  const end = phase === tasks.length ? delivered : time + toGo + (goals[phase]?.rest as Micros);
  queue.push(end, time + toGo, { stop, phase, time, until, delivered, before, start });
}

function isStale(search: Search, { stop, phase, time, until }: State): boolean {
  return (search.reached.get(keyOf(search, stop, phase))?.get(until) as Micros) < time;
}

/** Until when a shuttle at rest at a stop may stay. */
function stayUntil(table: Timetable, stop: Stop, t: Micros): Micros {
  return Math.min(...stop.held.map((node) => leaveBy(table, node, t)));
}

function doTask(search: Search, state: State): void {
  const task = search.tasks[state.phase];
  if (task === undefined || !isSameSpot(search.network, state.stop, task.spot)) return;
  const time = state.time + task.duration;
  if (time >= state.until) return;
  push(search, state.stop, state.phase + 1, time, state.until, state, state.time);
}

function turn(search: Search, state: State): void {
  const { network } = search;
  const { stop, until } = state;
  for (const { line, index } of network.nodes[stop.node]?.stations ?? []) {
    if (line === stop.line) continue;
    const time = state.time + turnTicks(network, stop.line, line);
    if (time >= until) continue;
    const to = (search.lines.get(line) ?? stopsOn(network, line)).find((s) => s.index === index);
    push(search, to as Stop, state.phase, time, until, state, state.time);
  }
}

/** Goes to each stop of the line where a stop can be of use. */
function go(search: Search, state: State): void {
  const { network, table } = search;
  const stops = search.lines.get(state.stop.line) ?? stopsOn(network, state.stop.line);
  const here = stops.indexOf(state.stop);
  for (const sign of [1, -1]) {
    for (let k = here + sign; ; k += sign) {
      const stop = stops[k];
      if (stop === undefined) break;
      if (stop.held.some((node) => isBarred(table, node))) break;
      const next = stops[k + sign];
      if (k !== here + sign && !isUseful(search, state, stop, next)) continue;
      goTo(search, state, stop);
    }
  }
}

function isBarred({ network, barred }: Timetable, node: number): boolean {
  return barred[network.nodes[node]?.block as number] === true;
}

/** Whether one may want to stop here: for a task, to turn, or since the track beyond is not free. */
function isUseful(
  search: Search,
  { phase, time }: State,
  stop: Stop,
  beyond: Stop | undefined,
): boolean {
  const { network, goals, table } = search;
  if (stop.node >= 0 && (network.nodes[stop.node]?.stations.length ?? 0) > 1) return true;
  if (isSameSpot(network, stop, (goals[phase] as Search['goals'][number]).spot)) return true;
  return beyond?.held.some((node) => leaveBy(table, node, time) < Infinity) === true;
}

/** Pushes the states that one motion to `stop` leads to, one for each free time of that stop. */
function goTo(search: Search, state: State, stop: Stop): void {
  const { network, goals, table } = search;
  const { load } = goals[state.phase] as Search['goals'][number];
  const leg = legBetween(network, state.stop, stop, load);
  const { duration } = leg.shape;
  const arrive = (start: Micros, until: Micros): void =>
    push(search, stop, state.phase, start + duration, until, state, start);
  if (network.lines[stop.line]?.kind === 'lift') {
    // The lift is held all the way; only where it is wanted next matters.
    const until = stayUntil(table, stop, state.time);
    if (state.time + duration < until) arrive(state.time, until);
    return;
  }
  const latest = latestStart(table, state, leg);
  let start = state.time;
  while (start <= latest && start < Number.POSITIVE_INFINITY) {
    const free = earliestStart(table, leg.passed, start);
    const end = earliestEnd(table, leg.entered, free);
    if (end.start > free) start = end.start;
    else if (free > latest) return;
    else {
      if (end.until > free + duration) arrive(free, end.until);
      start = end.next;
    }
  }
}

/** When a motion must start, so that the blocks in which the shuttle stands are left in time. */
function latestStart(table: Timetable, { time, until }: State, { left }: LegPlan): Micros {
  let latest = until;
  for (const pass of left) {
    latest = Math.min(latest, leaveBy(table, pass.index, time) - pass.until);
  }
  return latest;
}

/** Earliest time from `start` on at which all nodes on the way are free as long as they are needed. */
function earliestStart(table: Timetable, passed: readonly Pass[], start: Micros): Micros {
  let free = start;
  for (let k = 0; k < passed.length && free < Number.POSITIVE_INFINITY; ) {
    const { index, from, until } = passed[k] as Pass;
    const gaps = gapsOf(table, index);
    let best = Number.POSITIVE_INFINITY;
    for (let g = 0; g < gaps.length; g += 2) {
      const begin = Math.max(free, (gaps[g] as Micros) - from);
      if (begin + until > (gaps[g + 1] as Micros)) continue;
      best = begin;
      break;
    }
    k = best > free ? 0 : k + 1;
    free = best;
  }
  return free;
}

/**
 * The free time of the last nodes in which a motion that starts at `start` or later ends: when it must
 * start at the earliest, until when it lasts, and when it must start to get into the next one.
 */
function earliestEnd(
  table: Timetable,
  entered: readonly Pass[],
  start: Micros,
): { start: Micros; until: Micros; next: Micros } {
  let begin = start;
  let until = Number.POSITIVE_INFINITY;
  let next = Number.POSITIVE_INFINITY;
  for (const { index, from } of entered) {
    const gaps = gapsOf(table, index);
    let g = 0;
    while (g < gaps.length && (gaps[g + 1] as Micros) <= begin + from) g += 2;
    const [low, high] = [gaps[g], gaps[g + 1]];
    if (low === undefined || high === undefined) return { start: Infinity, until, next };
    begin = Math.max(begin, low - from);
    until = Math.min(until, high);
    next = Math.min(next, (gaps[g + 2] ?? Number.POSITIVE_INFINITY) - from);
  }
  return { start: begin, until, next };
}

/** Whether a motion along a line leads from one state to the next. */
function isLeg(before: State, { phase, stop }: State): boolean {
  return before.phase === phase && before.stop.line === stop.line;
}

function trace(search: Search, end: State): readonly Step[] {
  const steps: Step[] = [];
  for (let state = end; state.before !== undefined; state = state.before) {
    const { before, start, stop, phase, time } = state;
    const { line, offset: to } = stop;
    const task = search.tasks[before.phase];
    if (isLeg(before, state)) {
      const { load } = search.goals[phase] as Search['goals'][number];
      steps.push({ kind: 'leg', start, line, from: before.stop.offset, to, load });
    } else if (phase !== before.phase && task !== undefined) {
      steps.push({ kind: 'task', start, task, done: 0 });
    } else if (time > start) {
      // On the platform of a lift a turn takes no time and is none.
      steps.push({ kind: 'turn', start, duration: time - start, to: { line, offset: to } });
    }
  }
  return steps.reverse();
}
