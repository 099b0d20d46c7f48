import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { perform } from '../task.ts';
import { bringOpen, carry, HANDLING_NEEDS, measureVolume } from './handling.ts';
import { millilitres, quantity } from '../recipe/quantity.ts';

/** Weighs what is in a bottle, fills it into the product's bag but for what the tube keeps, and seals. */
export const fillBag = definePhase({
  name: 'fillBag',
  title: 'Fill a bag',
  parameters: z.strictObject({
    vessel: z.string(),
    bag: z.string(),
    /** Left in tube and bottle. */
    keep: millilitres(0, 20).default(1.5),
    emptyMass: quantity('g', 1, 500).default(48),
  }),
  vesselParameters: ['vessel', 'bag'],
  needs: { ...HANDLING_NEEDS, balance: ['weigh'], filler: ['fill', 'seal'] },
  facts: ['filledMl'],
  *run(context, { vessel, bag, keep, emptyMass }) {
    const filler = context.device('filler');
    const [source, product] = [context.vessel(vessel), context.vessel(bag)];
    const held = yield* measureVolume(context, source, emptyMass);
    const volume = Number(Math.max(1, held - keep).toFixed(1));
    yield* bringOpen(context, source, `${filler}.source`);
    yield* carry(context, product, `${filler}.bag`);
    const filled = yield* perform(filler, 'fill', { volume, untilEmpty: true });
    yield* perform(filler, 'seal');
    const moved = Number(filled.volume ?? 0);
    yield* context.setFact(`volume of ${product}`, moved);
    yield* context.setFact(`volume of ${source}`, 0);
    yield* context.setFact('filledMl', moved);
  },
});
