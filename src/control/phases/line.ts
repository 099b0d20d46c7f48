import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import type { PhaseContext } from '../phase.ts';
import { perform, start, finish, type Task, wait } from '../task.ts';
import { bringOpen } from './handling.ts';

/** Makes a line be joined. */
export function* weld(context: PhaseContext, line: string, role = 'welder'): Task<void> {
  yield* perform(context.device(role), 'weld', { line: context.line(line) });
}

/** Makes a line be parted. */
export function* seal(context: PhaseContext, line: string, role = 'welder'): Task<void> {
  yield* perform(context.device(role), 'seal', { line: context.line(line) });
}

/** Pumps a volume [mL] and returns what was moved [mL]. */
export function* pump(
  context: PhaseContext,
  role: string,
  parameters: {
    readonly volume: number;
    readonly flow: number;
    readonly untilEmpty: boolean;
  },
): Task<number> {
  const device = context.device(role);
  const { volume } = yield* finish(device, yield* start(device, 'dispense', parameters));
  return Number(volume ?? 0);
}

/** Puts an open vessel under the nozzle of a lock, pumps, and shuts the lock again. */
export function* pumpAtLock(
  context: PhaseContext,
  vessel: string,
  lockRole: string,
  role: string,
  parameters: Parameters<typeof pump>[2],
): Task<number> {
  const lock = context.device(lockRole);
  yield* bringOpen(context, vessel, `${lock}.nozzle`);
  yield* perform(lock, 'openValve');
  try {
    return yield* pump(context, role, parameters);
  } finally {
    // Whatever became of it: an open valve keeps the vessel from being fetched.
    yield* perform(lock, 'closeValve');
  }
}

/** Time in which an operator exchanges a tubing set [min]; assumed. */
const TUBING_MINUTES = 10;

/** Has new tubing put in for lines, which are parted first. */
export function* renewLines(
  context: PhaseContext,
  lines: readonly string[],
  role = 'welder',
): Task<void> {
  for (const line of lines) {
    yield* seal(context, line, role);
    yield* wait(TUBING_MINUTES * MICROS_PER_MINUTE);
    yield* perform(context.device(role), 'renew', { line: context.line(line) });
  }
}
