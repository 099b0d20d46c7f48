import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';
import {
  type MotionLimits,
  type MotionState,
  planSCurve,
  type SCurve,
  sampleSCurve,
} from '../trajectory/s-curve.ts';
import { planStop, type StopCurve, sampleStop } from '../trajectory/stop-curve.ts';
import type { TrackLoad } from '../../kernel/track.ts';
import type { Line, Network } from './network.ts';

/** While a shuttle is near the node number `index` of its line; ticks after the start of its motion. */
export interface Pass {
  readonly index: number;
  readonly from: Micros;
  readonly until: Micros;
}

/** Motion along a line from rest to rest. */
export interface LegShape {
  readonly curve: SCurve;
  readonly duration: Micros;
  /**
   * Nodes in the order of the way. A node counts as held while the shuttle is between the nodes beside
   * it, and from the moment from which it could no longer stop before that: so whoever brakes at any
   * time comes to rest among what it holds.
   */
  readonly passes: readonly Pass[];
}

/** Tick counts of a time in seconds, never too late or never too early. */
const ticksBefore = (seconds: number): Micros => Math.floor(seconds * MICROS_PER_SECOND);
const ticksAfter = (seconds: number): Micros => Math.ceil(seconds * MICROS_PER_SECOND);

/** Positions nearer than this [m] are one. */
const TOLERANCE = 1e-6;

/** Limits of a shuttle on a line [m/s, m/s2, m/s3]. */
export function limitsOn({ lines, motion }: Network, line: number, load: TrackLoad): MotionLimits {
  return motion.limits[(lines[line] as Line).kind][load];
}

/** First time in [0, end] at which the rising function reaches `value`; bisection to 1 ns. */
function timeOf(rising: (t: number) => number, value: number, end: number): number {
  let [low, high] = [0, end];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (rising(middle) >= value) high = middle;
    else low = middle;
  }
  return high;
}

/** Legs by shape of line, load, start and end. */
type Shapes = Map<string, Map<number, Map<number, LegShape>>[]>;

const SHAPES = new WeakMap<Network, Shapes>();
const LOADS: readonly TrackLoad[] = ['empty', 'cassette', 'module'];

/** Legs of a load from one offset on lines of a shape, by their end. */
function legsFrom(
  network: Network,
  shape: string,
  from: number,
  load: TrackLoad,
): Map<number, LegShape> {
  let shapes = SHAPES.get(network);
  if (shapes === undefined) {
    shapes = new Map();
    SHAPES.set(network, shapes);
  }
  let byLoad = shapes.get(shape);
  if (byLoad === undefined) {
    byLoad = LOADS.map(() => new Map());
    shapes.set(shape, byLoad);
  }
  const starts = byLoad[LOADS.indexOf(load)] as Map<number, Map<number, LegShape>>;
  let legs = starts.get(from);
  if (legs === undefined) {
    legs = new Map();
    starts.set(from, legs);
  }
  return legs;
}

/**
 * The motion from `from` to `to` [m] on a line with a load. Remembered per network: lines of one shape
 * share it.
 */
export function legShape(
  network: Network,
  line: number,
  from: number,
  to: number,
  load: TrackLoad,
): LegShape {
  const { shape, offsets } = network.lines[line] as Line;
  const legs = legsFrom(network, shape, from, load);
  let leg = legs.get(to);
  if (leg === undefined) {
    leg = planLeg(offsets, from, to, limitsOn(network, line, load));
    legs.set(to, leg);
  }
  return leg;
}

function planLeg(
  offsets: readonly number[],
  from: number,
  to: number,
  limits: MotionLimits,
): LegShape {
  const curve = planSCurve(Math.abs(to - from), limits);
  const braking = (t: number): number => stopAfter(curve, t, limits).distance;
  const moving = (t: number): number => sampleSCurve(curve, t).position;
  return {
    curve,
    duration: ticksAfter(curve.duration),
    passes: passesAlong(offsets, from, to, {
      enter: (s) => ticksBefore(timeOf(braking, s, curve.duration)),
      leave: (s) => ticksAfter(timeOf(moving, s, curve.duration)),
      end: ticksAfter(curve.duration),
    }),
  };
}

/** Nodes that a motion from one offset to another holds, by the times at which it gets so far. */
function passesAlong(
  offsets: readonly number[],
  from: number,
  to: number,
  when: { enter(s: number): Micros; leave(s: number): Micros; end: Micros },
): Pass[] {
  const sign = to >= from ? 1 : -1;
  const distance = Math.abs(to - from);
  // Way from the start to a node; the ends of the line have nothing beyond them.
  const way = (index: number): number => {
    const offset = offsets[index];
    if (offset !== undefined) return sign * (offset - from);
    return index < 0 === sign > 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  };
  const passes: Pass[] = [];
  const last = offsets.length - 1;
  for (let k = 0; k <= last; k++) {
    const index = sign > 0 ? k : last - k;
    const [before, after] = [way(index - sign), way(index + sign)];
    if (after < TOLERANCE || before > distance - TOLERANCE) continue;
    passes.push({
      index,
      from: before < TOLERANCE ? 0 : when.enter(before),
      until: after > distance - TOLERANCE ? when.end : when.leave(after),
    });
  }
  return passes;
}

/** Where a motion would end if it braked `t` [s] after its start, and how. */
function stopAfter(
  curve: SCurve,
  t: number,
  limits: MotionLimits,
): { stop: StopCurve; distance: number } {
  const stop = planStop(sampleSCurve(curve, t), limits);
  const { position } = sampleStop(stop, stop.duration);
  return { stop, distance: Math.min(position, curve.distance) };
}

/** Ends of a motion along a line. */
export interface Way {
  readonly line: number;
  /** Offsets on the line [m]. */
  readonly from: number;
  readonly to: number;
  readonly load: TrackLoad;
}

/** A motion that was broken off: what is left of it. */
export interface BrakeShape {
  readonly stop: StopCurve;
  readonly duration: Micros;
  /** Where it ends on the line [m]. */
  readonly rest: number;
}

/** Braking `elapsed` ticks after the start of a leg, within the limits of that leg. */
export function brakeShape(network: Network, way: Way, elapsed: Micros): BrakeShape {
  const { line, from, to, load } = way;
  const { curve } = legShape(network, line, from, to, load);
  const { stop, distance } = stopAfter(
    curve,
    elapsed / MICROS_PER_SECOND,
    limitsOn(network, line, load),
  );
  const rest = snap(network, line, from + Math.sign(to - from) * distance);
  return { stop, duration: ticksAfter(stop.duration), rest };
}

/** Nodes held while braking, in ticks after it began. */
export function brakePasses(
  network: Network,
  way: Way,
  { stop, duration, rest }: BrakeShape,
): Pass[] {
  const { position } = stop.start;
  return passesAlong(
    (network.lines[way.line] as Line).offsets,
    way.from + Math.sign(way.to - way.from) * position,
    rest,
    {
      enter: () => 0,
      leave: (s) =>
        ticksAfter(timeOf((t) => sampleStop(stop, t).position - position, s, stop.duration)),
      end: duration,
    },
  );
}

/** The offset of the node at an offset, or that itself between nodes. */
function snap({ lines }: Network, line: number, offset: number): number {
  return (lines[line] as Line).offsets.find((o) => Math.abs(o - offset) < TOLERANCE) ?? offset;
}

/** Offset on the line, velocity, acceleration and jerk along it, `elapsed` ticks into a leg. */
export function sampleLeg(network: Network, way: Way, elapsed: Micros): MotionState {
  const { curve } = legShape(network, way.line, way.from, way.to, way.load);
  return along(sampleSCurve(curve, elapsed / MICROS_PER_SECOND), way);
}

/** The same for a motion that brakes `elapsed` ticks after its start, `since` ticks after that. */
export function sampleBrake(
  network: Network,
  way: Way,
  elapsed: Micros,
  since: Micros,
): MotionState {
  const { stop, rest, duration } = brakeShape(network, way, elapsed);
  const state = along(sampleStop(stop, since / MICROS_PER_SECOND), way);
  return since >= duration ? { ...state, position: rest } : state;
}

function along(state: MotionState, { from, to }: Way): MotionState {
  const sign = to >= from ? 1 : -1;
  return {
    position: from + sign * state.position,
    velocity: sign * state.velocity,
    acceleration: sign * state.acceleration,
    jerk: sign * state.jerk,
  };
}
