import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { quantity } from '../recipe/quantity.ts';
import { perform } from '../task.ts';
import { bringOpen, deck, HANDLING_NEEDS, putBack } from './handling.ts';
import { placeName } from '../places.ts';

/** Takes as many living cells as the next vessel is made for; the rest is kept as a reserve. */
export const limitCells = definePhase({
  name: 'limitCells',
  title: 'Take a number of cells',
  parameters: z.strictObject({
    from: z.string(),
    to: z.string(),
    cells: quantity('{cells}', 1e6, 1e11),
  }),
  vesselParameters: ['from', 'to'],
  needs: { ...HANDLING_NEEDS, liquidHandler: ['transfer', 'mix'] },
  facts: ['takenCells'],
  *run(context, { from, to, cells }) {
    const [source, target] = [context.vessel(from), context.vessel(to)];
    const handler = context.device('liquidHandler');
    const [taken, given] = [deck(context, 1), deck(context, 2)];
    const held = Number(context.fact(`volume of ${source}`) ?? 0);
    const perMl = Number(context.fact('viableDensity') ?? 0);
    const volume = Number(Math.min(held, cells / Math.max(perMl, 1)).toFixed(2));
    yield* bringOpen(context, source, taken);
    yield* bringOpen(context, target, given);
    yield* perform(handler, 'mix', { place: placeName(taken), cycles: 5 });
    yield* perform(handler, 'transfer', {
      from: placeName(taken),
      to: placeName(given),
      volume,
      untilEmpty: true,
    });
    yield* context.setFact(`volume of ${source}`, Number((held - volume).toFixed(2)));
    yield* context.setFact(`volume of ${target}`, volume);
    yield* context.setFact('takenCells', Math.round(volume * perMl));
    yield* putBack(context, source);
  },
});
