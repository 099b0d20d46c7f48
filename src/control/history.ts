import type { JournalEntry } from './journal.ts';

/** What the record of earlier runs says about one batch. */
export interface BatchHistory {
  readonly started: boolean;
  readonly finished?: Extract<JournalEntry, { type: 'batch.finished' }>;
  /** Paths of the functions, phases, decisions and rounds that have finished. */
  readonly finishedPaths: ReadonlySet<string>;
  /** Paths of the phases that were begun and have not finished. */
  readonly openPaths: ReadonlySet<string>;
  /** Paths of the functions that were begun. */
  readonly openFunctions: ReadonlySet<string>;
  /** Shared places that the batch has for itself. */
  readonly held: ReadonlySet<string>;
  /** Facts in order, with the phase that found them out. */
  readonly facts: readonly Extract<JournalEntry, { type: 'fact' }>[];
  readonly steps: ReadonlyMap<number, { readonly start: number; readonly end?: number }>;
}

/** Histories of all batches that the record knows. */
export function historiesOf(entries: readonly JournalEntry[]): ReadonlyMap<string, BatchHistory> {
  const byBatch = new Map<string, JournalEntry[]>();
  for (const entry of entries) {
    const own = byBatch.get(entry.batch);
    if (own === undefined) byBatch.set(entry.batch, [entry]);
    else own.push(entry);
  }
  return new Map([...byBatch].map(([batch, own]) => [batch, historyOf(own)]));
}

/** History of one batch by its own entries; without any, it has not begun. */
export function historyOf(own: readonly JournalEntry[]): BatchHistory {
  const finishedPaths = new Set<string>();
  const openPaths = new Set<string>();
  const openFunctions = new Set<string>();
  const held = new Set<string>();
  const steps = new Map<number, { start: number; end?: number }>();
  for (const entry of own) {
    if (entry.type === 'phase.started') openPaths.add(entry.path);
    else if (entry.type === 'function.started') openFunctions.add(entry.path);
    else if (entry.type === 'phase.finished' || entry.type === 'function.finished') {
      openPaths.delete(entry.path);
      finishedPaths.add(entry.path);
    } else if (entry.type === 'claimed') held.add(entry.resource);
    else if (entry.type === 'released') held.delete(entry.resource);
    else if (entry.type === 'step.started') steps.set(entry.step, { start: entry.time });
    else if (entry.type === 'step.finished') {
      steps.set(entry.step, { start: steps.get(entry.step)?.start ?? entry.time, end: entry.time });
    }
  }
  const finished = own.find((entry) => entry.type === 'batch.finished');
  return {
    started: own.length > 0,
    ...(finished === undefined ? {} : { finished }),
    finishedPaths,
    openPaths,
    openFunctions,
    held,
    facts: own.filter((entry) => entry.type === 'fact'),
    steps,
  };
}
