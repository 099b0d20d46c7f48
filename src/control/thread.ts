import type { Request, Task } from './task.ts';

/** A value or an error. */
export type Outcome = { readonly value: unknown } | { readonly error: unknown };

/** A task on its way, with what the scheduler knows of it. */
export interface Thread {
  /** Place among all: of several that can go on, the lowest does. */
  readonly order: number;
  /** Name in the record: the batch, and of side-by-side tasks their place in it. */
  readonly key: string;
  readonly batch: string;
  readonly task: Task<unknown>;
  readonly parent: Thread | undefined;
  /** Ends with the others: nobody waits for it. */
  readonly isService: boolean;
  /** Path of the phase whose replies are recorded, if inside one. */
  path: string;
  /** Replies given in this phase so far. */
  index: number;
  /** Bundles of side-by-side tasks begun so far. */
  bundles: number;
  /** Side-by-side tasks that it waits for. */
  children: readonly Thread[];
  /** What it waits for; undefined when it can go on with `input`. */
  waiting: Request | undefined;
  /** Handle of the timer that ends the wait. */
  timer: number | undefined;
  /** Devices that changed since it last looked. */
  seen: Set<string> | undefined;
  input: Outcome;
  outcome: Outcome | undefined;
}

export function newThread(
  order: number,
  key: string,
  batch: string,
  task: Task<unknown>,
  parent?: Thread,
  isService = false,
): Thread {
  return {
    ...{ order, key, batch, task, parent, isService },
    ...{ path: parent?.path ?? '', index: 0, bundles: 0, children: [] },
    ...{ waiting: undefined, timer: undefined, seen: undefined },
    ...{ input: { value: undefined }, outcome: undefined },
  };
}

/** Lets a thread run to its next request; undefined when it has ended. */
export function advance(thread: Thread): Request | undefined {
  const { input, task } = thread;
  thread.input = { value: undefined };
  try {
    const step = 'error' in input ? task.throw(input.error) : task.next(input.value);
    if (step.done !== true) return step.value;
    thread.outcome = { value: step.value };
  } catch (error) {
    thread.outcome = { error };
  }
  return undefined;
}

/** What side-by-side tasks came to, once all have ended: their values, or the first error. */
export function bundleOutcome(children: readonly Thread[]): Outcome | undefined {
  if (children.some(({ outcome }) => outcome === undefined)) return undefined;
  const failed = children.find(({ outcome }) => outcome !== undefined && 'error' in outcome);
  if (failed?.outcome !== undefined) return failed.outcome;
  return {
    value: children.map(({ outcome }) =>
      outcome !== undefined && 'value' in outcome ? outcome.value : undefined,
    ),
  };
}
