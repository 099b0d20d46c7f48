import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { perform } from '../task.ts';
import { collect } from './bring-kit.ts';
import { carry } from './handling.ts';

/** Hands a bag out through the product lock to those who fetch it: both doors are never open together. */
export const exportProduct = definePhase({
  name: 'exportProduct',
  title: 'Hand the product out',
  parameters: z.strictObject({
    bag: z.string(),
    /** Shelf outside, `device.place`. */
    to: z.string(),
  }),
  vesselParameters: ['bag'],
  placeParameters: ['to'],
  needs: {
    robot: ['pick', 'place'],
    goods: ['collect'],
    productLock: ['openInner', 'closeInner', 'openOuter', 'closeOuter', 'decontaminate', 'unload'],
  },
  facts: [],
  *run(context, { bag, to }) {
    const lock = context.device('productLock');
    const name = context.vessel(bag);
    const outside = context.place(to);
    if (!context.isHere(name)) return;
    if (context.locate(name) !== outside) {
      yield* carry(context, name, `${lock}.position1`);
      // It may have been left open by an attempt that failed.
      yield* perform(lock, 'closeInner');
      yield* perform(lock, 'openOuter');
      yield* perform(lock, 'unload', { position: 1, to: outside });
      yield* context.moved(name, outside);
    }
    yield* collect(context, name);
    yield* perform(lock, 'closeOuter');
    yield* perform(lock, 'decontaminate');
  },
});
