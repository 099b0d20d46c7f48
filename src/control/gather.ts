import { batchContext, type BatchState, enter, has, leave } from './batch-context.ts';
import { BatchFailure } from './batch-failure.ts';
import { brokenUnit } from './repairs.ts';
import { PhaseFailure, type Task } from './task.ts';

/** Where in the batch a shared place is waited for. */
interface Where {
  /** For people. */
  readonly title: string;
  readonly path: string;
}

/**
 * Gets hold of all shared places that a step begins with. A unit that broke down while the batch waited
 * for the others, and in which nothing is yet, is exchanged for another; meanwhile others may go on.
 */
export function* gather(state: BatchState, where: Where, resources: readonly string[]): Task<void> {
  const taken: string[] = [];
  for (;;) {
    for (const resource of resources) {
      if (has(state, resource)) continue;
      yield* enterFor(state, where, resource);
      taken.push(resource);
    }
    const broken = yield* brokenUnit(state, taken);
    if (broken === undefined) return;
    yield* batchContext(state, where.path).note(`${broken} has broken down; another is waited for`);
    for (const resource of taken.splice(0)) yield* leave(state, resource);
  }
}

/** Waits for a shared place; one that will never be free again ends the batch. */
export function* enterFor(state: BatchState, { title, path }: Where, resource: string): Task<void> {
  try {
    yield* enter(state, path, resource);
  } catch (error) {
    if (!(error instanceof PhaseFailure)) throw error;
    throw new BatchFailure(`${title}: ${error.message}`);
  }
}
