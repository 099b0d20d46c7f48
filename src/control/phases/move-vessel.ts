import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { bringCapped, bringOpen, HANDLING_NEEDS } from './handling.ts';

export const moveVessel = definePhase({
  name: 'moveVessel',
  title: 'Move a vessel',
  parameters: z.strictObject({
    vessel: z.string(),
    to: z.string(),
    cap: z.enum(['on', 'off']).default('on'),
  }),
  vesselParameters: ['vessel'],
  placeParameters: ['to'],
  needs: HANDLING_NEEDS,
  facts: [],
  *run(context, { vessel, to, cap }) {
    const bring = cap === 'on' ? bringCapped : bringOpen;
    yield* bring(context, context.vessel(vessel), context.place(to));
  },
});
