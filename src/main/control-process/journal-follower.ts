import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { JournalEntry } from '../../control/journal.ts';

/** Reads a batch record while another process writes it. */
export interface JournalFollower {
  /** Hands on the entries written since the last look; whether there were any. */
  poll(): boolean;
}

export function followJournal(
  path: string,
  onEntry: (entry: JournalEntry) => void,
): JournalFollower {
  let offset = 0;
  return {
    poll: () => {
      const text = readFrom(path, offset);
      // What follows the last line's end is still being written.
      const whole = text.slice(0, text.lastIndexOf('\n') + 1);
      if (whole === '') return false;
      offset += Buffer.byteLength(whole);
      for (const line of whole.split('\n')) {
        if (line !== '') onEntry(JSON.parse(line) as JournalEntry);
      }
      return true;
    },
  };
}

/** Empty when the file does not exist yet. */
function readFrom(path: string, offset: number): string {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
  try {
    const buffer = Buffer.alloc(Math.max(0, fstatSync(file).size - offset));
    return buffer.toString('utf8', 0, readSync(file, buffer, 0, buffer.length, offset));
  } finally {
    closeSync(file);
  }
}
