import { z } from 'zod';
import { definePhase, type KitVessel, type PhaseContext } from '../phase.ts';
import { perform, type Task } from '../task.ts';
import { carry, HANDLING_NEEDS } from './handling.ts';
import { placeName } from '../places.ts';

/** Positions of the material lock. */
const POSITIONS = 4;

/**
 * Has the vessels of a kit delivered, labelled for the batch, and takes them in through the material
 * lock to where they belong. What is in the plant already stays as it is.
 */
export const bringKit = definePhase({
  name: 'bringKit',
  title: 'Bring vessels in',
  parameters: z.strictObject({ kit: z.string() }),
  vesselParameters: [],
  kitParameters: ['kit'],
  needs: {
    ...HANDLING_NEEDS,
    goods: ['deliver', 'collect'],
    materialLock: ['openOuter', 'closeOuter', 'closeInner', 'decontaminate', 'load'],
  },
  facts: [],
  *run(context, { kit }) {
    const items = context.kit(kit);
    for (const [i, item] of items.entries()) {
      if (!context.isHere(item.vessel)) yield* deliver(context, item, i + 1);
    }
    const goods = `${context.device('goods')}.`;
    const outside = items.filter(
      ({ vessel, home }) => home !== '' && context.locate(vessel).startsWith(goods),
    );
    for (let i = 0; i < outside.length; i += POSITIONS) {
      yield* passThroughLock(context, outside.slice(i, i + POSITIONS));
    }
    for (const { vessel, home } of items) {
      if (home !== '' && context.locate(vessel) !== home) yield* putInPlace(context, vessel, home);
    }
  },
});

function* deliver(context: PhaseContext, item: KitVessel, position: number): Task<void> {
  const { vessel, kind, fill } = item;
  const { place } = yield* perform(context.device('goods'), 'deliver', {
    ...{ vessel, kind, position, batch: context.batch },
    ...fill,
  });
  yield* context.moved(vessel, String(place));
  yield* context.setFact(`home of ${vessel}`, String(place));
}

function* passThroughLock(context: PhaseContext, items: readonly KitVessel[]): Task<void> {
  const lock = context.device('materialLock');
  yield* perform(lock, 'closeInner');
  yield* perform(lock, 'openOuter');
  for (const [i, { vessel }] of items.entries()) {
    yield* perform(lock, 'load', { vessel, position: i + 1 });
    yield* context.moved(vessel, `${lock}.position${i + 1}`);
  }
  yield* perform(lock, 'closeOuter');
  yield* perform(lock, 'decontaminate');
  for (const { vessel, home } of items) yield* putInPlace(context, vessel, home);
}

function* putInPlace(context: PhaseContext, vessel: string, home: string): Task<void> {
  yield* carry(context, vessel, home);
  yield* context.setFact(`home of ${vessel}`, home);
}

/** Has what stands on a shelf of the goods station fetched: it leaves the plant. */
export function* collect(context: PhaseContext, vessel: string): Task<void> {
  const position = Number(/\d+$/.exec(placeName(context.locate(vessel)))?.[0] ?? 0);
  yield* perform(context.device('goods'), 'collect', { position });
  yield* context.moved(vessel, '');
}
