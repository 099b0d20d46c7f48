import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { quantity } from '../recipe/quantity.ts';
import { perform } from '../task.ts';
import { carry } from './handling.ts';

export const freezeBag = definePhase({
  name: 'freezeBag',
  title: 'Freeze a bag',
  parameters: z.strictObject({
    bag: z.string(),
    rate: quantity('K/min', 0.1, 10).default(1),
    target: quantity('Cel', -150, -20).default(-80),
  }),
  vesselParameters: ['bag'],
  needs: { robot: ['pick', 'place'], freezer: ['openDoor', 'closeDoor', 'freeze', 'hold'] },
  facts: ['coolingRate'],
  *run(context, { bag, rate, target }) {
    const freezer = context.device('freezer');
    const name = context.vessel(bag);
    if (context.locate(name) !== `${freezer}.place1`) {
      yield* perform(freezer, 'closeDoor');
      yield* perform(freezer, 'hold', { temperature: 4 });
      yield* carry(context, name, `${freezer}.place1`);
    }
    yield* perform(freezer, 'closeDoor');
    const { coolingRate } = yield* perform(freezer, 'freeze', { rate, target });
    yield* context.setFact('coolingRate', Number(coolingRate ?? 0));
  },
});
