import type { Micros } from '../kernel/time.ts';

/** What a lagging sensor remembers of the past: its output at one instant. */
export interface LagMemory {
  readonly since: Micros;
  readonly output: number;
}

/** Lags after which an old value has no weight left: exp(-12) is 6e-6. */
const FORGOTTEN = 12;

/** Straight pieces by which the true value since the latest change is followed. */
const PIECES = 8;

/**
 * Output at `t` of a first-order lag T y' = x - y. The true value x is a smooth function of time since
 * `memory.since` (whatever steps it calls for a new memory), taken as straight between nine points of
 * the last twelve lags; on each piece the solution is exact. A memory without a finite output, or
 * older than that, begins at the true value.
 *
 * @param lag T [s], positive
 */
export function lagged(
  memory: LagMemory,
  truthAt: (t: Micros) => number,
  t: Micros,
  lag: number,
): number {
  const begin = Math.max(memory.since, t - Math.ceil(FORGOTTEN * lag * 1e6));
  let from = truthAt(begin);
  let output = begin === memory.since && Number.isFinite(memory.output) ? memory.output : from;
  if (t <= begin) return output;
  let last = begin;
  for (let piece = 1; piece <= PIECES; piece++) {
    const next = begin + Math.round(((t - begin) * piece) / PIECES);
    const seconds = (next - last) / 1e6;
    if (seconds <= 0) continue;
    const to = truthAt(next);
    const behind = (lag * (to - from)) / seconds;
    output = to - behind + (output - from + behind) * Math.exp(-seconds / lag);
    from = to;
    last = next;
  }
  return output;
}
