import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../kernel/time.ts';
import type { PhaseNote } from './journal.ts';
import { now, PhaseFailure, type Task, wait } from './task.ts';

/** Time between two tries while people see to a device; assumed. */
export const HELP_PAUSE = 10 * MICROS_PER_MINUTE;

/** Whether people can put right what a device failed with, so that the same may be tried again. */
export function canBeHelped({ code }: PhaseFailure): boolean {
  return code === 'MALFUNCTION' || code === 'DEVICE_ERROR' || code === 'NOT_CONNECTED';
}

/** What people are asked to do about a failure. */
export function callFor({ device, message }: PhaseFailure): string {
  return `see to ${device}: ${message}`;
}

interface Persistence {
  tell(note: PhaseNote): Task<void>;
  /** How long it goes on trying [h]. */
  readonly patience: number;
  /** Puts things into a safe condition for as long as it takes. */
  hold?(): Task<void>;
}

/**
 * Does what must not be given up soon: when a device fails, people are asked to see to it, and the work is tried
 * again until it goes or patience is over.
 */
export function* persist<T>({ tell, patience, hold }: Persistence, work: () => Task<T>): Task<T> {
  let limit: number | undefined;
  let asked: { readonly device: string; readonly text: string } | undefined;
  for (;;) {
    try {
      const result = yield* work();
      if (asked !== undefined) yield* tell({ type: 'operator', ...asked, state: 'done' });
      return result;
    } catch (error) {
      if (!(error instanceof PhaseFailure) || !canBeHelped(error)) throw error;
      const time = yield* now();
      limit ??= time + patience * MICROS_PER_HOUR;
      if (time >= limit) throw error;
      const { device, code, message } = error;
      if (asked?.device !== device) {
        yield* tell({ type: 'phase.failed', device, code, message, action: 'retry' });
        asked = { device, text: callFor(error) };
        yield* tell({ type: 'operator', ...asked, state: 'asked' });
        yield* hold?.() ?? nothing();
      }
      yield* wait(Math.min(limit - time, HELP_PAUSE));
    }
  }
}

function* nothing(): Task<void> {}
