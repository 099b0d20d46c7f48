import { MICROS_PER_MINUTE, type Micros } from '../kernel/time.ts';
import type { PhaseNote } from './journal.ts';
import { type Candidate, claim, type Task } from './task.ts';

/** Time before the end of a shelf life at which the batch goes ahead of others; assumed. */
const WARNING = 45 * MICROS_PER_MINUTE;
/** What that adds to a priority: more than orders and steps differ by. */
const URGENT = 1000;

export interface Wanted {
  readonly candidates: readonly Candidate[];
  /** What the record says that the batch waits for. */
  readonly waitsFor: string;
  readonly priority: number;
  /** When what waits loses its shelf life; 0 when nothing does. */
  readonly due: Micros;
  readonly tell: (note: PhaseNote) => Task<void>;
}

/**
 * Waits for one of several resources, at most until a time. Shortly before what waits loses its shelf
 * life, it goes ahead of all others; the record says so, and also when the time is over.
 */
export function* reserve(
  { candidates, waitsFor, priority, due, tell }: Wanted,
  until: Micros = Number.POSITIVE_INFINITY,
): Task<string | undefined> {
  if (due <= 0) return yield* claim(candidates, priority, until);
  const stages = [
    { limit: due - WARNING, extra: 0, state: 'ending' },
    { limit: due, extra: URGENT, state: 'over' },
  ] as const;
  for (const { limit, extra, state } of stages) {
    const given = yield* claim(candidates, priority + extra, Math.min(until, limit));
    if (given !== undefined || until < limit) return given;
    yield* tell({ type: 'shelfLife', waitsFor, due, state });
  }
  return yield* claim(candidates, priority + URGENT, until);
}
