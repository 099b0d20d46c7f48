import { performance } from 'node:perf_hooks';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Micros } from '../../kernel/time.ts';
import type { Advance } from '../twin-thread/messages.ts';
import type { TimeMode } from '../twin-thread/time-control.ts';

export interface GrantOptions {
  readonly mode: TimeMode;
  now(): Micros;
  /** Advances until `until` or the first instant at which something decisive happens. */
  step(until: Micros): Advance | Promise<Advance>;
  /** Rejects the grant under way when aborted. */
  readonly signal: AbortSignal;
  /** Called some times a second. */
  onBreath(): void;
}

/** Longest stretch without a look at signals and timers [ms of wall clock]. */
const BREATH_MS = 50;
/** Step of the clock when it is paced [ms of wall clock]. */
const PACE_MS = 20;

/**
 * Grants of simulated time by one client. A factor makes each grant take its share of the wall
 * clock; where it ends is the same in every mode.
 */
export function createGrants(options: GrantOptions): (until: Micros) => Promise<Micros> {
  const { mode, signal } = options;
  const factor = mode.kind === 'scaled' ? mode.factor : Number.POSITIVE_INFINITY;
  const startWall = performance.now();
  const startTime = options.now();
  let breath = startWall;

  async function breathe(): Promise<void> {
    signal.throwIfAborted();
    if (performance.now() - breath < BREATH_MS) return;
    await setImmediate();
    breath = performance.now();
    options.onBreath();
  }

  return async (until) => {
    for (;;) {
      await breathe();
      const allowed = startTime + (performance.now() - startWall) * 1000 * factor;
      const limit = Math.max(options.now(), Math.floor(Math.min(until, allowed)));
      const { time, decisive } = await options.step(limit);
      if (decisive || time >= until) return time;
      await setTimeout(PACE_MS, undefined, { signal });
    }
  };
}
