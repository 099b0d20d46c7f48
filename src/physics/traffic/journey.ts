import type { Micros } from '../../kernel/time.ts';
import type { MotionState } from '../trajectory/s-curve.ts';
import {
  brakePasses,
  brakeShape,
  legShape,
  type Pass,
  sampleBrake,
  sampleLeg,
  type Way,
} from './leg.ts';
import type { TrackLoad } from '../../kernel/track.ts';
import { blocksAt, type Line, type Network, pointAt, type Spot } from './network.ts';

/** Something to do at a spot, standing there for a while. */
export interface Task {
  /** By which its owner knows it, for instance `pick`. */
  readonly name: string;
  readonly spot: Spot;
  readonly duration: Micros;
  /** What the shuttle carries afterwards. */
  readonly load: TrackLoad;
}

/** Motion along a line from rest to rest. */
export interface Leg extends Way {
  readonly kind: 'leg';
  readonly start: Micros;
}

/** A leg broken off `elapsed` ticks after it began. */
export interface Brake extends Way {
  readonly kind: 'brake';
  readonly start: Micros;
  readonly elapsed: Micros;
}

/** Change to the wheels of another line at a node. */
export interface Turn {
  readonly kind: 'turn';
  readonly start: Micros;
  readonly duration: Micros;
  /** The same node on the other line. */
  readonly to: Spot;
}

/** A task being done; `done` ticks of it had been done before. */
export interface TaskStep {
  readonly kind: 'task';
  readonly start: Micros;
  readonly task: Task;
  readonly done: Micros;
}

export type Step = Leg | Brake | Turn | TaskStep;

/** What a shuttle does from where it stands: steps in the order of time; between them it rests. Plain data. */
export interface Journey {
  readonly origin: Spot;
  readonly load: TrackLoad;
  readonly steps: readonly Step[];
}

/** Time at which a step is over. */
export function endOfStep(network: Network, step: Step): Micros {
  switch (step.kind) {
    case 'leg':
      return step.start + legShape(network, step.line, step.from, step.to, step.load).duration;
    case 'brake':
      return step.start + brakeShape(network, step, step.elapsed).duration;
    case 'turn':
      return step.start + step.duration;
    case 'task':
      return step.start + step.task.duration - step.done;
  }
}

/** Where a step ends. */
export function spotAfter(network: Network, step: Step): Spot {
  switch (step.kind) {
    case 'leg':
      return { line: step.line, offset: step.to };
    case 'brake':
      return { line: step.line, offset: brakeShape(network, step, step.elapsed).rest };
    case 'turn':
      return step.to;
    case 'task':
      return step.task.spot;
  }
}

/** Where a journey ends, and when; the time is minus infinity for one without steps. */
export function endOfJourney(
  network: Network,
  { origin, steps }: Journey,
): { readonly spot: Spot; readonly time: Micros } {
  const last = steps.at(-1);
  if (last === undefined) return { spot: origin, time: Number.NEGATIVE_INFINITY };
  return { spot: spotAfter(network, last), time: endOfStep(network, last) };
}

/** TrackLoad after a step. */
export function loadAfter(load: TrackLoad, step: Step): TrackLoad {
  return step.kind === 'task' ? step.task.load : load;
}

/** The same journey seen from `now` on: what is over by then is its origin. */
export function continueJourney(network: Network, journey: Journey, now: Micros): Journey {
  let { origin, load } = journey;
  let past = 0;
  for (const step of journey.steps) {
    if (endOfStep(network, step) > now) break;
    origin = spotAfter(network, step);
    load = loadAfter(load, step);
    past += 1;
  }
  return past === 0 ? journey : { origin, load, steps: journey.steps.slice(past) };
}

/** The step under way at `t`, undefined at rest. */
export function stepAt(network: Network, { steps }: Journey, t: Micros): Step | undefined {
  return steps.find((step) => step.start <= t && t < endOfStep(network, step));
}

/** Position, speed and acceleration at one time. */
export interface Motion extends MotionState {
  /** `position` is the offset on this line. */
  readonly line: number;
}

/** Where a shuttle is at `t` and how it moves: a pure function of time. */
export function motionAt(network: Network, journey: Journey, t: Micros): Motion {
  let { origin } = journey;
  for (const step of journey.steps) {
    if (t < step.start) break;
    const since = t - step.start;
    if (step.kind === 'leg' && t < endOfStep(network, step)) {
      return { line: step.line, ...sampleLeg(network, step, since) };
    }
    if (step.kind === 'brake' && t < endOfStep(network, step)) {
      return { line: step.line, ...sampleBrake(network, step, step.elapsed, since) };
    }
    origin = spotAfter(network, step);
  }
  return { line: origin.line, position: origin.offset, velocity: 0, acceleration: 0, jerk: 0 };
}

/** What a shuttle carries at `t`. */
export function loadAt(network: Network, journey: Journey, t: Micros): TrackLoad {
  let { load } = journey;
  for (const step of journey.steps) {
    if (endOfStep(network, step) > t) break;
    load = loadAfter(load, step);
  }
  return load;
}

/** While a block is one shuttle's: from `from` up to, not including, `until`. */
export interface Hold {
  readonly block: number;
  readonly from: Micros;
  readonly until: Micros;
  /** Height [m] at which the shuttle comes into the block and at which it leaves; it matters in lifts. */
  readonly enters: number;
  readonly leaves: number;
}

const HOLDS = new WeakMap<Journey, readonly Hold[]>();

/**
 * All blocks that a journey holds and when, the place of rest at its end for ever; per block in the
 * order of time, no two of which touch. Remembered per journey.
 */
export function holdsOf(network: Network, journey: Journey): readonly Hold[] {
  let holds = HOLDS.get(journey);
  if (holds === undefined) {
    holds = mergeHolds(listHolds(network, journey));
    HOLDS.set(journey, holds);
  }
  return holds;
}

function listHolds(network: Network, { origin, steps }: Journey): Hold[] {
  const holds: Hold[] = [];
  let spot = origin;
  let since = Number.NEGATIVE_INFINITY;
  const rest = (until: Micros): void => {
    const height = pointAt(network, spot)[2];
    for (const block of blocksAt(network, spot)) {
      holds.push({ block, from: since, until, enters: height, leaves: height });
    }
  };
  for (const step of steps) {
    const end = endOfStep(network, step);
    const to = spotAfter(network, step);
    // A brake begins in motion: its leg, and where that began, are past.
    if (step.kind !== 'brake') rest(step.kind === 'leg' ? step.start : end);
    if (step.kind === 'leg') {
      const { passes } = legShape(network, step.line, step.from, step.to, step.load);
      listPasses(network, step, passes, to.offset, holds);
    } else if (step.kind === 'brake') {
      const passes = brakePasses(network, step, brakeShape(network, step, step.elapsed));
      listPasses(network, step, passes, to.offset, holds);
    }
    spot = to;
    since = end;
  }
  rest(Number.POSITIVE_INFINITY);
  return holds;
}

function listPasses(
  network: Network,
  { line, from, start }: Way & { readonly start: Micros },
  passes: readonly Pass[],
  to: number,
  holds: Hold[],
): void {
  const { kind, nodes } = network.lines[line] as Line;
  for (const pass of passes) {
    const node = network.nodes[nodes[pass.index] as number];
    if (node === undefined) continue;
    const isRide = kind === 'lift';
    holds.push({
      block: node.block,
      from: start + pass.from,
      until: start + pass.until,
      enters: isRide ? pointAt(network, { line, offset: from })[2] : node.position[2],
      leaves: isRide ? pointAt(network, { line, offset: to })[2] : node.position[2],
    });
  }
}

function mergeHolds(holds: readonly Hold[]): Hold[] {
  const merged: Hold[] = [];
  const sorted = holds
    .map((hold, order) => ({ hold, order }))
    .sort((a, b) => a.hold.block - b.hold.block || a.hold.from - b.hold.from || a.order - b.order);
  for (const { hold } of sorted) {
    const last = merged.at(-1);
    if (last === undefined || last.block !== hold.block || hold.from > last.until) {
      merged.push(hold);
    } else if (hold.until >= last.until) {
      merged[merged.length - 1] = { ...last, until: hold.until, leaves: hold.leaves };
    }
  }
  return merged;
}
