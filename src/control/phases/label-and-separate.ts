import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { millilitres, minutes } from '../recipe/quantity.ts';
import { perform } from '../task.ts';
import { bringOpen, HANDLING_NEEDS, putBack } from './handling.ts';

/** Binds magnetic beads to the wanted cells and selects them into another bottle. */
export const labelAndSeparate = definePhase({
  name: 'labelAndSeparate',
  title: 'Label and separate',
  parameters: z.strictObject({
    vessel: z.string(),
    into: z.string(),
    beads: millilitres(0.1, 50),
    duration: minutes(0.05, 120),
  }),
  vesselParameters: ['vessel', 'into'],
  needs: { ...HANDLING_NEEDS, separator: ['label', 'separate'] },
  facts: ['selectedMl'],
  *run(context, { vessel, into, beads, duration }) {
    const separator = context.device('separator');
    const [input, target] = [context.vessel(vessel), context.vessel(into)];
    yield* bringOpen(context, input, `${separator}.input`);
    yield* bringOpen(context, target, `${separator}.target`);
    yield* perform(separator, 'label', { beads, duration });
    const { volume } = yield* perform(separator, 'separate');
    yield* context.setFact(`volume of ${target}`, Number(volume ?? 0));
    yield* context.setFact(`volume of ${input}`, 0);
    yield* context.setFact('selectedMl', Number(volume ?? 0));
    yield* putBack(context, input);
  },
});
