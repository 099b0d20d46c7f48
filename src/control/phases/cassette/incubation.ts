import type { PhaseContext } from '../../phase.ts';
import { perform, type Task } from '../../task.ts';
import { bring, cassetteOf, connect, disconnect } from './at-module.ts';

/** Commands of an incubation module that phases send. */
export const INCUBATING = [
  'store',
  'retrieve',
  'incubate',
  'setPerfusion',
  'feed',
  'stop',
] as const;

/** Rocking of a cassette in its slot [rpm]. */
const AGITATION = 10;

/** Puts the cassette into a slot, connects it and starts its culture. */
export function* incubate(context: PhaseContext, slot: number): Task<void> {
  const cassette = cassetteOf(context);
  const incubator = context.device('incubator');
  const place = `${incubator}.slot${slot}`;
  if (context.locate(cassette) !== place) {
    yield* bring(context, 'incubator');
    yield* perform(incubator, 'store', { slot });
    yield* context.moved(cassette, place);
  }
  yield* connect(context, 'incubator', 'perfusion', slot);
  yield* perform(incubator, 'incubate', { slot, agitation: AGITATION });
}

/** Ends the culture and brings the cassette to the transfer place. */
export function* endIncubation(context: PhaseContext, slot: number): Task<void> {
  const incubator = context.device('incubator');
  yield* perform(incubator, 'stop', { slot });
  yield* disconnect(context, 'incubator', slot);
  yield* perform(incubator, 'retrieve', { slot });
  yield* context.moved(cassetteOf(context), `${incubator}.transfer`);
}
