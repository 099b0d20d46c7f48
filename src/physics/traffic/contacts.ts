import type { Vec3 } from '../../kernel/pose.ts';
import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';
import { endOfStep, type Journey, motionAt } from './journey.ts';
import { type Network, pointAt } from './network.ts';
import { SHUTTLE_LENGTH, SHUTTLE_WIDTH } from './shuttle-motion.data.ts';

/** Room that a shuttle takes up with what it carries, about its middle [m]; the height is assumed. */
const ROOM: Vec3 = [SHUTTLE_LENGTH, SHUTTLE_WIDTH, 1];

/** Shortest step in a search for a contact; in it two shuttles meet by a few centimetres. */
const LEAST_STEP: Micros = MICROS_PER_SECOND / 100;

/** Rest, or motion along one line: the shuttle stays within the box between two corners. */
export interface Stretch {
  readonly from: Micros;
  readonly until: Micros;
  readonly low: Vec3;
  readonly high: Vec3;
  readonly journey: Journey;
}

function positionAt(network: Network, journey: Journey, t: Micros): Vec3 {
  const { line, position } = motionAt(network, journey, t);
  return pointAt(network, { line, offset: position });
}

/** What a shuttle does from `now` on, by its motion alone. */
export function stretchesOf(network: Network, journey: Journey, now: Micros): readonly Stretch[] {
  const times = new Set<Micros>([now]);
  for (const step of journey.steps) {
    for (const time of [step.start, endOfStep(network, step)]) if (time > now) times.add(time);
  }
  const sorted = [...times].sort((a, b) => a - b);
  return sorted.map((from, k) => {
    const until = sorted[k + 1] ?? Number.POSITIVE_INFINITY;
    const a = positionAt(network, journey, from);
    const b = positionAt(network, journey, Number.isFinite(until) ? until : from);
    const corner = (pick: (...values: number[]) => number): Vec3 => [
      pick(a[0], b[0]),
      pick(a[1], b[1]),
      pick(a[2], b[2]),
    ];
    return { from, until, low: corner(Math.min), high: corner(Math.max), journey };
  });
}

/** Distance at which boxes between two pairs of corners pass one another; negative when they meet. */
function gapBetween(a: Pick<Stretch, 'low' | 'high'>, b: Pick<Stretch, 'low' | 'high'>): number {
  const gap = (axis: 0 | 1 | 2): number =>
    Math.max(a.low[axis] - b.high[axis], b.low[axis] - a.high[axis]) - ROOM[axis];
  return Math.max(gap(0), gap(1), gap(2));
}

/**
 * When two shuttles touch for the first time; undefined when they never do. Only their motions count,
 * nothing that they reserved. Where the boxes of two stretches meet, time advances by what the present
 * distance takes at the highest speeds.
 */
export function firstContact(
  network: Network,
  a: readonly Stretch[],
  b: readonly Stretch[],
): Micros | undefined {
  const limits = Object.values(network.motion.limits).flatMap((kind) => Object.values(kind));
  const fastest = 2 * Math.max(...limits.map(({ velocity }) => velocity));
  let [i, j] = [0, 0];
  for (let x = a[0], y = b[0]; x !== undefined && y !== undefined; x = a[i], y = b[j]) {
    const until = Math.min(x.until, y.until);
    if (gapBetween(x, y) < 0) {
      const contact = search(network, x, y, until, fastest);
      if (contact !== undefined) return contact;
    }
    if (!Number.isFinite(until)) return undefined;
    if (x.until === until) i += 1;
    if (y.until === until) j += 1;
  }
  return undefined;
}

function search(
  network: Network,
  { from, journey }: Stretch,
  other: Stretch,
  until: Micros,
  fastest: number,
): Micros | undefined {
  for (let t = Math.max(from, other.from); t < until; ) {
    const [p, q] = [positionAt(network, journey, t), positionAt(network, other.journey, t)];
    const gap = gapBetween({ low: p, high: p }, { low: q, high: q });
    if (gap < 0) return t;
    if (!Number.isFinite(until)) return undefined;
    t += Math.max(LEAST_STEP, Math.floor((gap / fastest) * MICROS_PER_SECOND));
  }
  return undefined;
}
