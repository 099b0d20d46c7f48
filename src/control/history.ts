import type { JournalEntry } from './journal.ts';

/** What the record of earlier runs says about one batch. */
export interface BatchHistory {
  readonly started: boolean;
  readonly finished?: Extract<JournalEntry, { type: 'batch.finished' }>;
  /** Paths of the phases that have finished. */
  readonly finishedPhases: ReadonlySet<string>;
  /** Paths of the phases that were begun and have not finished. */
  readonly openPhases: ReadonlySet<string>;
  /** Facts in order, with the phase that found them out. */
  readonly facts: readonly Extract<JournalEntry, { type: 'fact' }>[];
  readonly steps: ReadonlyMap<number, { readonly start: number; readonly end?: number }>;
}

export function historyOf(entries: readonly JournalEntry[], batch: string): BatchHistory {
  const own = entries.filter((entry) => entry.batch === batch);
  const finishedPhases = new Set<string>();
  const openPhases = new Set<string>();
  const steps = new Map<number, { start: number; end?: number }>();
  for (const entry of own) {
    if (entry.type === 'phase.started') openPhases.add(entry.path);
    else if (entry.type === 'phase.finished') {
      openPhases.delete(entry.path);
      finishedPhases.add(entry.path);
    } else if (entry.type === 'step.started') steps.set(entry.step, { start: entry.time });
    else if (entry.type === 'step.finished') {
      steps.set(entry.step, { start: steps.get(entry.step)?.start ?? entry.time, end: entry.time });
    }
  }
  const finished = own.find((entry) => entry.type === 'batch.finished');
  return {
    started: own.length > 0,
    ...(finished === undefined ? {} : { finished }),
    finishedPhases,
    openPhases,
    facts: own.filter((entry) => entry.type === 'fact'),
    steps,
  };
}
