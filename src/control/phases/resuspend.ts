import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { count } from '../recipe/quantity.ts';
import { perform } from '../task.ts';
import { bringOpen, deck, HANDLING_NEEDS } from './handling.ts';
import { placeName } from '../places.ts';

export const resuspend = definePhase({
  name: 'resuspend',
  title: 'Resuspend',
  parameters: z.strictObject({ vessel: z.string(), strokes: count(3, 50).default(10) }),
  vesselParameters: ['vessel'],
  needs: { ...HANDLING_NEEDS, liquidHandler: ['mix'] },
  facts: [],
  *run(context, { vessel, strokes }) {
    const place = deck(context, 1);
    yield* bringOpen(context, context.vessel(vessel), place);
    yield* perform(context.device('liquidHandler'), 'mix', {
      place: placeName(place),
      cycles: strokes,
    });
  },
});
