import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { minutes } from '../recipe/quantity.ts';
import { perform } from '../task.ts';
import { bringOpen, HANDLING_NEEDS } from './handling.ts';

/** Holds the activation beads on the magnet and takes them away. */
export const debead = definePhase({
  name: 'debead',
  title: 'Remove beads',
  parameters: z.strictObject({ vessel: z.string(), duration: minutes(0.05, 60).default(5) }),
  vesselParameters: ['vessel'],
  needs: { ...HANDLING_NEEDS, separator: ['removeBeads'] },
  facts: [],
  *run(context, { vessel, duration }) {
    const separator = context.device('separator');
    const target = context.vessel(vessel);
    yield* bringOpen(context, target, `${separator}.target`);
    const { volume } = yield* perform(separator, 'removeBeads', { duration });
    yield* context.setFact(`volume of ${target}`, Number(volume ?? 0));
  },
});
