import type { PhaseNote } from '../../journal.ts';
import { MICROS_PER_MINUTE } from '../../../kernel/time.ts';
import { type Candidate, claim, release, type Task, wait } from '../../task.ts';

/** People who serve the modules, and the time from the call until one begins; assumed. */
const STAFF = 3;
const RESPONSE_MINUTES = 10;

/** Operators are resources like others: each does one thing at a time. */
const OPERATORS: readonly Candidate[] = Array.from({ length: STAFF }, (_, i) => ({
  resource: `operator.${i + 1}`,
  cost: i,
}));

/** Asks an operator, waits until one has come, and has the work done. The record tells both ends. */
export function* byOperator<T>(
  tell: (note: PhaseNote) => Task<void>,
  device: string,
  text: string,
  work: () => Task<T>,
  priority = 0,
): Task<T> {
  yield* tell({ type: 'operator', device, text, state: 'asked' });
  const operator = (yield* claim(OPERATORS, priority)) ?? '';
  try {
    yield* wait(RESPONSE_MINUTES * MICROS_PER_MINUTE);
    const result = yield* work();
    yield* tell({ type: 'operator', device, text, state: 'done' });
    return result;
  } finally {
    yield* release(operator);
  }
}
