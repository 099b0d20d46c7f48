import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';
import type { JournalEntry, JournalStore } from './journal.ts';

/**
 * Batch record as a file of JSON lines. Every entry is handed to the operating system before the
 * controller acts on it, so a killed controller loses at most the line it was writing; such a torn
 * last line is cut off when the file is opened again.
 */
export function fileJournal(path: string): JournalStore {
  const kept: JournalEntry[] = existsSync(path) ? readIntact(path) : [];
  return {
    append: (entry) => {
      appendFileSync(path, `${JSON.stringify(entry)}\n`);
      kept.push(entry);
    },
    entries: () => kept,
  };
}

/** Throws when a line other than the last is damaged: then the file is no batch record. */
function readIntact(path: string): JournalEntry[] {
  const text = readFileSync(path, 'utf8');
  const end = text.lastIndexOf('\n') + 1;
  if (end < text.length) truncateSync(path, Buffer.byteLength(text.slice(0, end)));
  return text
    .slice(0, end)
    .split('\n')
    .filter((line) => line !== '')
    .map((line, i) => {
      try {
        return JSON.parse(line) as JournalEntry;
      } catch {
        throw new Error(`${path}:${i + 1}: this is no line of a batch record; move the file away`);
      }
    });
}
