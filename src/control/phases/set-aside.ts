import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { HANDLING_NEEDS, putBack } from './handling.ts';

export const setAside = definePhase({
  name: 'setAside',
  title: 'Cap vessels and put them back',
  parameters: z.strictObject({ vessels: z.array(z.string()).min(1) }),
  vesselParameters: ['vessels'],
  needs: HANDLING_NEEDS,
  facts: [],
  *run(context, { vessels }) {
    for (const vessel of vessels) yield* putBack(context, context.vessel(vessel));
  },
});
