import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { perform } from '../task.ts';
import { bringOpen, carry, HANDLING_NEEDS } from './handling.ts';

/** Fills what is in a bottle into the product's bag and seals it. */
export const fillBag = definePhase({
  name: 'fillBag',
  title: 'Fill a bag',
  parameters: z.strictObject({ vessel: z.string(), bag: z.string() }),
  vesselParameters: ['vessel', 'bag'],
  needs: { ...HANDLING_NEEDS, filler: ['fill', 'seal'] },
  facts: ['filledMl'],
  *run(context, { vessel, bag }) {
    const filler = context.device('filler');
    const [source, product] = [context.vessel(vessel), context.vessel(bag)];
    const volume = Number(context.fact(`volume of ${source}`) ?? 0);
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
