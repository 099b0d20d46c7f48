import { MICROS_PER_SECOND, type Micros } from '../../kernel/time.ts';
import { planSCurve, sampleSCurve } from '../trajectory/s-curve.ts';
import { type Hold, holdsOf, motionAt } from './journey.ts';
import { type Network, pointAt } from './network.ts';
import type { Platform, Traffic } from './traffic.ts';

/** Time that the empty platform of a lift needs between two heights [m]. */
export function platformTime({ motion }: Network, from: number, to: number): Micros {
  const { duration } = planSCurve(Math.abs(to - from), motion.limits.lift.empty);
  return Math.ceil(duration * MICROS_PER_SECOND);
}

/** When a platform is where it goes by itself. */
export function platformArrival(network: Network, { from, to, start }: Platform): Micros {
  return start + platformTime(network, from, to);
}

/**
 * Holds of a block by all shuttles in the order of time, with the name of the holder. They are apart, so
 * the order is that of their ends; when one began may no longer be known.
 */
export function holdersOf(
  network: Network,
  { shuttles }: Traffic,
  block: number,
): (Hold & { readonly shuttle: string })[] {
  return Object.keys(shuttles)
    .flatMap((shuttle) => {
      const journey = shuttles[shuttle]?.journey;
      if (journey === undefined) return [];
      const own = holdsOf(network, journey).filter((hold) => hold.block === block);
      return own.map((hold) => ({ ...hold, shuttle }));
    })
    .sort((a, b) => a.until - b.until);
}

/**
 * What the platform of a lift does at `now` by itself. It leaves for the next shuttle as late as it
 * can, so that a way that is planned before that may still use it.
 */
export function platformAt(
  network: Network,
  traffic: Traffic,
  block: number,
  now: Micros,
): Platform {
  let platform = traffic.platforms[network.blocks[block] as string] as Platform;
  for (const { from, until, enters, leaves } of holdersOf(network, traffic, block)) {
    // What is older than what was written down is in that already.
    if (until <= platform.start) continue;
    if (until <= now) {
      platform = { from: leaves, to: leaves, start: until };
      continue;
    }
    if (from <= now) return { from: enters, to: enters, start: Math.max(0, from) };
    const call = from - platformTime(network, platform.to, enters);
    return call <= now ? { from: platform.to, to: enters, start: call } : platform;
  }
  return platform;
}

/** Shuttle that holds a block at `now`. */
export function holderOf(
  network: Network,
  traffic: Traffic,
  block: number,
  now: Micros,
): string | undefined {
  return holdersOf(network, traffic, block).find(({ from, until }) => from <= now && now < until)
    ?.shuttle;
}

/** Height of the platform of a lift at `now` [m]: that of the shuttle which holds the lift, if any. */
export function platformHeight(
  network: Network,
  traffic: Traffic,
  block: number,
  now: Micros,
): number {
  const holder = holderOf(network, traffic, block, now);
  const journey = holder === undefined ? undefined : traffic.shuttles[holder]?.journey;
  if (journey !== undefined) {
    const { line, position } = motionAt(network, journey, now);
    return pointAt(network, { line, offset: position })[2];
  }
  const { from, to, start } = platformAt(network, traffic, block, now);
  const curve = planSCurve(Math.abs(to - from), network.motion.limits.lift.empty);
  const { position } = sampleSCurve(curve, (now - start) / MICROS_PER_SECOND);
  return from + Math.sign(to - from) * position;
}

/** Whether two holds leave each other free, with time for the platform to go from one to the other. */
export function areApart(network: Network, a: Hold, b: Hold): boolean {
  if (a.block !== b.block) return true;
  const [first, second] = a.from <= b.from ? [a, b] : [b, a];
  const call = network.isShaft[a.block] ? platformTime(network, first.leaves, second.enters) : 0;
  return first.until + call <= second.from;
}
