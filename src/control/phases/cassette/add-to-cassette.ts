import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { CARRYING, CONNECTING, connected, rounded, volumeIn, work } from './at-module.ts';

/** Adds medium or buffer at the centrifuge: volumes of what is there, or up to a volume. */
export const addToCassette = definePhase({
  name: 'addToCassette',
  title: 'Add liquid to the cassette',
  parameters: z.strictObject({
    liquid: z.enum(['medium', 'buffer']),
    perVolume: z.number().min(0.01).max(10).optional(),
    fill: millilitres(1, 1000).optional(),
    flow: quantity('mL/min', 1, 200).default(60),
  }),
  vesselParameters: [],
  needs: { ...CARRYING, centrifuge: ['add'], centrifugeConnector: CONNECTING },
  facts: [],
  *run(context, { liquid, perVolume, fill, flow }) {
    const held = volumeIn(context);
    const volume = rounded(fill === undefined ? held * (perVolume ?? 0) : fill - held);
    if (volume < 0.05) return yield* context.note(`${held} mL are there; nothing to add`);
    yield* connected(context, 'centrifuge', 'process', (module) =>
      work(context, module, 'add', { liquid, volume, flow, mix: true }),
    );
  },
});
