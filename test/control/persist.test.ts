import { describe, expect, it } from 'vitest';
import type { PhaseNote } from '../../src/control/journal.ts';
import { HELP_PAUSE, persist } from '../../src/control/persist.ts';
import { PhaseFailure, type Request, type Task } from '../../src/control/task.ts';
import type { ErrorCode } from '../../src/kernel/error-catalogue.ts';
import { MICROS_PER_HOUR } from '../../src/kernel/time.ts';

interface Run {
  readonly outcome: unknown;
  readonly time: number;
  readonly notes: readonly PhaseNote[];
  readonly held: number;
}

/** Lets work that fails so often, with one code, persist for an hour. */
function run(failures: number, code: ErrorCode = 'MALFUNCTION'): Run {
  let [tries, time, held] = [0, 0, 0];
  const notes: PhaseNote[] = [];
  const task = persist(
    {
      patience: 1,
      *tell(note): Task<void> {
        notes.push(note);
      },
      *hold(): Task<void> {
        held += 1;
      },
    },
    function* (): Task<string> {
      tries += 1;
      if (tries <= failures) throw new PhaseFailure('pump-1', { code, message: 'it is stuck' });
      return 'done';
    },
  );
  try {
    for (let step = task.next(); ; ) {
      if (step.done === true) return { outcome: step.value, time, notes, held };
      const request: Request = step.value;
      if (request.kind === 'waitUntil') time = request.time;
      step = task.next(time);
    }
  } catch (outcome) {
    return { outcome, time, notes, held };
  }
}

describe('work that must not be given up', () => {
  it('is tried again until it goes; people are asked once, and things are held meanwhile', () => {
    const { outcome, time, notes, held } = run(3);
    expect([outcome, time, held]).toEqual(['done', 3 * HELP_PAUSE, 1]);
    expect(notes.map((note) => ('state' in note ? note.state : note.type))).toEqual([
      'phase.failed',
      'asked',
      'done',
    ]);
  });

  it('is given up when patience is over', () => {
    const { outcome, time } = run(1000);
    expect(outcome).toBeInstanceOf(PhaseFailure);
    expect(time).toBe(MICROS_PER_HOUR);
  });

  it('is given up at once when people cannot help', () => {
    const { outcome, time, notes } = run(1, 'OUT_OF_RANGE');
    expect(outcome).toBeInstanceOf(PhaseFailure);
    expect([time, notes]).toEqual([0, []]);
  });
});
