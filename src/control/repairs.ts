import { MICROS_PER_HOUR, type Micros } from '../kernel/time.ts';
import type { BatchState } from './batch-context.ts';
import { BatchFailure } from './batch-failure.ts';
import { now, readText, type Task, waitForChange } from './task.ts';

/** How long people are given to repair a device before a batch is left as it is; assumed. */
const REPAIR = 72 * MICROS_PER_HOUR;
/** Tries again after each repair of what has broken down, for as long as people are given for it. */
export function* untilRepaired(state: BatchState, work: () => Task<void>): Task<void> {
  const limit = (yield* now()) + REPAIR;
  for (;;) {
    try {
      return yield* work();
    } catch (error) {
      const device = error instanceof BatchFailure ? error.device : undefined;
      if (device === undefined || !(yield* waitForRepair(state, device, limit))) throw error;
    }
  }
}

/** Why a device waits for people; empty when it does not. */
export function* whyDown(device: string): Task<string> {
  const state = yield* readText(device, 'state');
  if (state === 'broken') return `${device} has broken down`;
  return state === 'unpowered' ? `${device} has no power` : '';
}

/** Waits until a time for a device that is broken or has no power; false when it is not so, or still is. */
export function* waitForRepair({ plan }: BatchState, device: string, until: Micros): Task<boolean> {
  if (!plan.plant.devices.some(({ id }) => id === device)) return false;
  const isBroken = function* (): Task<boolean> {
    return (yield* whyDown(device)) !== '';
  };
  if (!(yield* isBroken())) return false;
  for (let time = yield* now(); time < until; time = yield* now()) {
    yield* waitForChange([device], until);
    if (!(yield* isBroken())) return true;
  }
  return false;
}

/** Device that has broken down in one of the units that a batch has got hold of. */
export function* brokenUnit(
  { plan, held }: BatchState,
  resources: readonly string[],
): Task<string | undefined> {
  const units = resources.flatMap((resource) => plan.realised.units[resource] ?? []);
  for (const { name, equipment } of units) {
    if (!held.has(name)) continue;
    for (const id of Object.values(equipment)) {
      if ((yield* readText(id, 'state')) === 'broken') return id;
    }
  }
  return undefined;
}
