import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { perform } from '../task.ts';
import { carry } from './handling.ts';

/** Hands a bag out through the product lock: both doors are never open together. */
export const exportProduct = definePhase({
  name: 'exportProduct',
  title: 'Hand the product out',
  parameters: z.strictObject({
    bag: z.string(),
    /** Place outside, `device.place`. */
    to: z.string(),
  }),
  vesselParameters: ['bag'],
  placeParameters: ['to'],
  needs: {
    robot: ['pick', 'place'],
    productLock: ['openInner', 'closeInner', 'openOuter', 'closeOuter', 'decontaminate', 'unload'],
  },
  facts: [],
  *run(context, { bag, to }) {
    const lock = context.device('productLock');
    const name = context.vessel(bag);
    const outside = context.place(to);
    if (context.locate(name) === outside) return;
    yield* carry(context, name, `${lock}.position1`);
    yield* perform(lock, 'openOuter');
    yield* perform(lock, 'unload', { position: 1, to: outside });
    yield* context.moved(name, outside);
    yield* perform(lock, 'closeOuter');
    yield* perform(lock, 'decontaminate');
  },
});
