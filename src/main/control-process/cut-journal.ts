import { existsSync, readFileSync, truncateSync } from 'node:fs';
import type { JournalEntry } from '../../control/journal.ts';
import type { Micros } from '../../kernel/time.ts';

/**
 * Latest time not after `t` at which a batch record and the plant agree for certain. An entry bears the time that
 * its writer had last seen, so what it tells of may have happened up to `delay` later.
 */
export function settledTime(times: readonly Micros[], t: Micros, delay: Micros): Micros {
  let settled = t;
  for (let i = times.findLastIndex((time) => time <= t); i >= 0; i--) {
    const time = times[i] as Micros;
    if (settled - time >= delay) break;
    settled = Math.min(settled, time - 1);
  }
  return settled;
}

/** Times of the entries of a batch record, in their order. */
export function journalTimes(path: string): readonly Micros[] {
  return linesOf(path).map(({ time }) => time);
}

/** Cuts off what a batch record tells of after `t`. */
export function cutJournal(path: string, t: Micros): void {
  const later = linesOf(path).find(({ time }) => time > t);
  if (later !== undefined) truncateSync(path, later.offset);
}

/** Whole lines of a batch record: their times, and where each begins [bytes]. */
function linesOf(path: string): readonly { readonly time: Micros; readonly offset: number }[] {
  if (!existsSync(path)) return [];
  const lines: { time: Micros; offset: number }[] = [];
  let offset = 0;
  for (const line of readFileSync(path, 'utf8').split('\n').slice(0, -1)) {
    if (line !== '') lines.push({ time: (JSON.parse(line) as JournalEntry).time, offset });
    offset += Buffer.byteLength(line) + 1;
  }
  return lines;
}
