import type { JournalEntry } from './journal.ts';

type Intent = Extract<JournalEntry, { type: 'intent' }>;

interface Place {
  readonly batch: string;
  readonly path: string;
  readonly key: string;
}

interface Slot {
  value?: { readonly value: unknown };
  intent?: Intent;
}

/** Replies and intents that an interrupted phase had got so far. */
export interface Replay {
  reply(place: Place, index: number): { readonly value: unknown } | undefined;
  intent(place: Place, index: number): Intent | undefined;
  /** Whether the place was reached before. */
  covers(place: Place, index: number): boolean;
  /** The phase has ended; its replies are not needed again. */
  forget(batch: string, path: string): void;
}

/**
 * Collects them from a batch record. A later start of the same phase supersedes what was collected
 * before, as do the entries of phases that have finished.
 */
export function replayOf(entries: readonly JournalEntry[]): Replay {
  const phases = new Map<string, Map<string, Slot>>();
  const phase = (batch: string, path: string): Map<string, Slot> => {
    const name = `${batch} ${path}`;
    const found = phases.get(name) ?? new Map<string, Slot>();
    phases.set(name, found);
    return found;
  };
  for (const entry of entries) {
    if (entry.type === 'phase.started' || entry.type === 'phase.finished') {
      phases.delete(`${entry.batch} ${entry.path}`);
    } else if (entry.type === 'reply' || entry.type === 'intent') {
      const slots = phase(entry.batch, entry.path);
      const slot = slots.get(`${entry.thread} ${entry.index}`) ?? {};
      if (entry.type === 'reply') slot.value = { value: entry.value };
      else slot.intent = entry;
      slots.set(`${entry.thread} ${entry.index}`, slot);
    }
  }
  const slot = ({ batch, path, key }: Place, index: number) =>
    phases.get(`${batch} ${path}`)?.get(`${key} ${index}`);
  return {
    reply: (place, index) => slot(place, index)?.value,
    intent: (place, index) => slot(place, index)?.intent,
    covers: (place, index) => slot(place, index) !== undefined,
    forget: (batch, path) => void phases.delete(`${batch} ${path}`),
  };
}
