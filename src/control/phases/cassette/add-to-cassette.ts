import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { connected, fillUp } from './at-module.ts';
import { rounded, volumeIn } from './holding.ts';
import { reserve } from './stations.ts';

/** Adds medium or buffer: volumes of what is there, or up to a volume. */
export const addToCassette = definePhase({
  name: 'addToCassette',
  title: 'Add liquid to the cassette',
  parameters: z.strictObject({
    /** Role of the module. */
    at: z.string(),
    liquid: z.enum(['medium', 'buffer']),
    perVolume: z.number().min(0.01).max(10).optional(),
    fill: millilitres(1, 1000).optional(),
    flow: quantity('mL/min', 1, 200).default(60),
  }),
  vesselParameters: [],
  roleParameters: { at: ['add'] },
  needs: {},
  facts: [],
  prepare: (context, { at }) => reserve(context, at),
  *run(context, { at, liquid, perVolume, fill, flow }) {
    const held = volumeIn(context);
    const target = rounded(fill ?? held * (1 + (perVolume ?? 0)));
    if (target - held < 0.05) return yield* context.note(`${held} mL are there; nothing to add`);
    yield* connected(context, at, ['process', 'perfusion'], (module) =>
      fillUp(context, module, target, { liquid, flow, mix: true }),
    );
  },
});
