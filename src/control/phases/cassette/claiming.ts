import type { Micros } from '../../../kernel/time.ts';
import type { PhaseContext } from '../../phase.ts';
import { reserve } from '../../reserve.ts';
import { type Candidate, claim, now, release, type Task } from '../../task.ts';
import { held, type Holding } from './holding.ts';

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
  const wanted = { candidates, waitsFor, priority: priorityOf(context), due, tell: context.record };
  return (yield* reserve(wanted)) ?? '';
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
