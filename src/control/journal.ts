import type { Value } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';

/** A named outcome of a phase, used by decisions and the report. */
export type Facts = Readonly<Record<string, number | boolean | string>>;

/**
 * One line of the batch record. Times are simulated. `path` names a function, by step number, position
 * in the step and, in loops, the round, and below it a phase. A function says what was required, its
 * `operation` entries which device did it and what it returned. `intent` and `reply` entries let a restarted controller give an
 * interrupted phase the same replies again and so bring it exactly to where it was.
 */
export type JournalEntry = { readonly batch: string; readonly time: Micros } & (
  | { readonly type: 'batch.started'; readonly product: string; readonly recipe: string }
  | {
      readonly type: 'batch.finished';
      readonly outcome: 'complete' | 'failed';
      readonly reason: string;
    }
  | {
      readonly type: 'step.started' | 'step.finished';
      readonly step: number;
      readonly name: string;
    }
  | {
      readonly type: 'function.started';
      readonly path: string;
      readonly function: string;
      /** Parameters and required specifications in the words of the recipe. */
      readonly parameters: Readonly<Record<string, unknown>>;
      readonly specifications: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'function.finished'; readonly path: string; readonly function: string }
  /** The batch has a shared place for itself, or no longer. */
  | { readonly type: 'claimed' | 'released'; readonly resource: string }
  | {
      readonly type: 'operation';
      readonly path: string;
      readonly device: string;
      readonly operation: number;
      readonly command: string;
      readonly parameters: Readonly<Record<string, Value>>;
      readonly state: string;
      readonly code: string;
      /** Returned values in the declared units. */
      readonly result: Readonly<Record<string, Value>>;
    }
  | { readonly type: 'phase.started'; readonly path: string; readonly phase: string }
  | { readonly type: 'phase.finished'; readonly path: string }
  | {
      readonly type: 'fact';
      readonly path: string;
      readonly name: string;
      readonly value: number | boolean | string;
    }
  | {
      readonly type: 'phase.failed';
      readonly path: string;
      readonly device: string;
      readonly code: string;
      readonly message: string;
      /** `elsewhere`: another device is to do it. */
      readonly action: 'retry' | 'recover' | 'elsewhere' | 'fail';
    }
  | { readonly type: 'phase.restarted'; readonly path: string; readonly rule: string }
  | {
      readonly type: 'decision';
      readonly path: string;
      readonly text: string;
      readonly taken: boolean;
    }
  /** A person is asked to do something, and has done it. */
  | {
      readonly type: 'operator';
      readonly path: string;
      readonly device: string;
      readonly text: string;
      readonly state: 'asked' | 'done';
    }
  /** What waits is about to lose its shelf life, or has lost it. */
  | {
      readonly type: 'shelfLife';
      readonly path: string;
      readonly waitsFor: string;
      readonly due: Micros;
      readonly state: 'ending' | 'over';
    }
  /** A device does no work, or does again; its resources are withheld meanwhile. */
  | {
      readonly type: 'equipment';
      readonly path: string;
      readonly device: string;
      readonly state: 'unavailable' | 'available';
      readonly reason: string;
    }
  | { readonly type: 'note'; readonly path: string; readonly text: string }
  | {
      readonly type: 'intent';
      readonly path: string;
      readonly thread: string;
      readonly index: number;
      readonly device: string;
      readonly command: string;
      /** Number of the device's latest operation before the command. */
      readonly before: number;
    }
  | {
      readonly type: 'reply';
      readonly path: string;
      readonly thread: string;
      readonly index: number;
      readonly value: unknown;
    }
);

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An entry without what is known where it is written: batch, time and path. */
export type PhaseNote = Without<Extract<JournalEntry, { path: string }>, 'batch' | 'time' | 'path'>;

/** Append-only store of a batch record. */
export interface JournalStore {
  append(entry: JournalEntry): void;
  /** All entries so far, in order. */
  entries(): readonly JournalEntry[];
}

/** A batch record that lives as long as the process. */
export function memoryJournal(initial: readonly JournalEntry[] = []): JournalStore {
  const kept: JournalEntry[] = [...initial];
  return {
    append: (entry) => {
      kept.push(entry);
    },
    entries: () => kept,
  };
}

/** The same for runs that nobody restarts: what only a restart needs is not kept. */
export function plainRecord(): JournalStore {
  const { append, entries } = memoryJournal();
  return {
    append: (entry) => {
      if (entry.type !== 'intent' && entry.type !== 'reply') append(entry);
    },
    entries,
  };
}
