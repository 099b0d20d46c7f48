import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { quantity } from '../recipe/quantity.ts';
import { perform } from '../task.ts';

export const thawBag = definePhase({
  name: 'thawBag',
  title: 'Thaw a bag',
  parameters: z.strictObject({ bag: z.string(), target: quantity('Cel', 1, 37).default(15) }),
  vesselParameters: ['bag'],
  needs: { thawUnit: ['load', 'thaw'] },
  facts: ['thawMinutes'],
  *run(context, { bag, target }) {
    const unit = context.device('thawUnit');
    const name = context.vessel(bag);
    if (context.locate(name) !== `${unit}.bag`) {
      yield* perform(unit, 'load', { bag: name });
      yield* context.moved(name, `${unit}.bag`);
    }
    const { duration } = yield* perform(unit, 'thaw', { target });
    yield* context.setFact('thawMinutes', Number(duration ?? 0) / 60);
  },
});
