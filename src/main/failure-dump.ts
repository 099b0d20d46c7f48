import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFailure } from '../twin/failure.ts';
import type { Twin } from '../twin/twin.ts';

/**
 * Writes what is known about a broken invariant to a file and returns the error to report, whose
 * message names the file.
 */
export function dumpFailure(twin: Twin, cause: unknown, folder = tmpdir()): Error {
  const failure = describeFailure(twin, cause);
  const file = join(folder, `doppel-${failure.scene}-seed-${failure.seed}-at-${failure.time}.json`);
  const where = write(file, `${JSON.stringify(failure, null, 2)}\n`);
  const message = `${failure.error.message}; the session is paused at ${failure.instant}, ${where}`;
  return new Error(message, { cause });
}

function write(file: string, text: string): string {
  try {
    writeFileSync(file, text);
    return `its last commands and state hash are in ${file}`;
  } catch (error) {
    return `no dump could be written: ${String(error)}`;
  }
}
