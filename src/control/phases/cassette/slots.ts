import type { PhaseContext } from '../../phase.ts';
import { claim, PhaseFailure, perform, readText, type Task } from '../../task.ts';
import { priorityOf, whileHaving } from './claiming.ts';
import { deviceOf, placeName } from '../../places.ts';
import { held } from './holding.ts';
import { attemptOnly, tellFailure, unlink } from './linking.ts';

/** Commands of an incubation module that phases send. */
export const INCUBATING = [
  'store',
  'retrieve',
  'incubate',
  'setPerfusion',
  'feed',
  'stop',
] as const;

/** Number of a slot `incubator.slot3`. */
export function slotNumber(slot: string): number {
  return Number(placeName(slot).replace('slot', ''));
}

/** Whether the cassette stands in its slot. */
export function isInSlot(context: PhaseContext): boolean {
  return held(context, 'slot') !== '' && held(context, 'at') === held(context, 'slot');
}

/** Works at an incubator, which does one thing at a time for all its cassettes. */
export function atIncubator<T>(
  context: PhaseContext,
  incubator: string,
  work: () => Task<T>,
): Task<T> {
  return whileHaving(context, `${incubator}.work`, work);
}

/** Ends the culture and brings the cassette to the transfer place, by hand where the lift cannot. */
export function* leaveSlot(context: PhaseContext): Task<void> {
  const place = held(context, 'slot');
  const incubator = deviceOf(place);
  const slot = slotNumber(place);
  yield* atIncubator(context, incubator, () => attemptOnly(perform(incubator, 'stop', { slot })));
  yield* unlink(context);
  const station = `${incubator}.transfer`;
  yield* claim([{ resource: station, cost: 0, regardless: true }], priorityOf(context));
  yield* context.setFact('station', station);
  yield* atIncubator(context, incubator, () => retrieve(context, incubator, slot));
  yield* context.setFact('at', station);
}

function* retrieve(context: PhaseContext, incubator: string, slot: number): Task<void> {
  if ((yield* readText(incubator, 'state')) !== 'broken') {
    try {
      yield* perform(incubator, 'retrieve', { slot });
      return;
    } catch (error) {
      if (!(error instanceof PhaseFailure)) throw error;
      yield* tellFailure(context, error, 'retry');
    }
  }
  yield* context.note(`${incubator} gives the cassette in slot ${slot} by hand`);
  yield* perform(incubator, 'releaseManually', { slot });
}
