import { MICROS_PER_MINUTE, type Micros } from '../../../kernel/time.ts';
import type { PhaseContext } from '../../phase.ts';
import { type Candidate, claim, now, release, type Task } from '../../task.ts';
import { held, type Holding } from './holding.ts';

/** Time before the end of a shelf life at which the batch goes ahead of others; assumed. */
const WARNING = 45 * MICROS_PER_MINUTE;
/** What that adds to a priority: more than orders differ by. */
const URGENT = 1000;

/** Priority of the batch among those who wait for the same. */
export function priorityOf(context: PhaseContext): number {
  return context.order.priority ?? 0;
}

/**
 * Waits for one of several resources. Shortly before what waits loses its shelf life, it goes ahead
 * of all others; the record says so, and also when the time is over.
 */
export function* claimOne(
  context: PhaseContext,
  candidates: readonly Candidate[],
  waitsFor: string,
): Task<string> {
  const due = Number(context.fact('due') ?? 0);
  const priority = priorityOf(context);
  const never = Number.POSITIVE_INFINITY;
  if (due <= 0) return (yield* claim(candidates, priority, never)) ?? '';
  const calm = yield* claim(candidates, priority, due - WARNING);
  if (calm !== undefined) return calm;
  yield* context.record({ type: 'shelfLife', waitsFor, due, state: 'ending' });
  const urgent = yield* claim(candidates, priority + URGENT, due);
  if (urgent !== undefined) return urgent;
  yield* context.record({ type: 'shelfLife', waitsFor, due, state: 'over' });
  return (yield* claim(candidates, priority + URGENT, never)) ?? '';
}

/** Waits for one of several resources for some minutes. */
export function* claimSoon(
  context: PhaseContext,
  candidates: readonly Candidate[],
  patience: Micros,
): Task<string> {
  const until = (yield* now()) + patience;
  return (yield* claim(candidates, priorityOf(context), until)) ?? '';
}

/** Has something for the time of some work that nobody else may do meanwhile. */
export function* whileHaving<T>(
  context: PhaseContext,
  resource: string,
  work: () => Task<T>,
): Task<T> {
  // Others hold it for minutes only, and a broken device is worked at too.
  yield* claim([{ resource, cost: 0, regardless: true }], priorityOf(context));
  try {
    return yield* work();
  } finally {
    yield* release(resource);
  }
}

/** Gives back what a fact names. */
export function* giveBack(context: PhaseContext, name: Holding): Task<void> {
  const resource = held(context, name);
  if (resource === '') return;
  yield* release(resource);
  yield* context.setFact(name, '');
}
