import { z } from 'zod';
import { definePhase, type PhaseContext } from '../phase.ts';
import { millilitres, quantity } from '../recipe/quantity.ts';
import { perform, PhaseFailure, type Task } from '../task.ts';
import { bringOpen, deck, HANDLING_NEEDS, putBack } from './handling.ts';
import { placeName } from '../places.ts';

/** Brings the cells to the product's volume in buffer and cryoprotectant; the latter comes last. */
export const formulate = definePhase({
  name: 'formulate',
  title: 'Formulate',
  parameters: z.strictObject({
    vessel: z.string(),
    buffer: z.string(),
    cryoprotectant: z.string(),
    volume: millilitres(5, 240),
    /** Share of cryoprotectant in the product and in its stock. */
    dmso: quantity('%', 0, 20),
    stock: quantity('%', 1, 100),
  }),
  vesselParameters: ['vessel', 'buffer', 'cryoprotectant'],
  needs: { ...HANDLING_NEEDS, liquidHandler: ['transfer', 'mix'] },
  facts: ['formulatedMl'],
  *run(context, { vessel, buffer, cryoprotectant, volume, dmso, stock }) {
    const target = context.vessel(vessel);
    const handler = context.device('liquidHandler');
    const protectant = Number(((volume * dmso) / stock).toFixed(2));
    const held = Number(context.fact(`volume of ${target}`) ?? 0);
    const diluent = Number((volume - protectant - held).toFixed(2));
    if (diluent < -0.5) {
      const message = `${target} holds ${held} mL, too much for ${volume} mL of product; concentrate it`;
      throw new PhaseFailure(handler, { code: 'OVERFLOW', message });
    }
    yield* bringOpen(context, target, deck(context, 1));
    yield* add(context, target, context.vessel(buffer), diluent);
    yield* add(context, target, context.vessel(cryoprotectant), volume - diluent - held);
    yield* perform(handler, 'mix', { place: placeName(deck(context, 1)), cycles: 10 });
    yield* context.setFact('formulatedMl', Number(context.fact(`volume of ${target}`)));
  },
});

function* add(context: PhaseContext, target: string, source: string, volume: number): Task<void> {
  if (volume < 0.05) return;
  const from = deck(context, 3);
  yield* bringOpen(context, source, from);
  yield* perform(context.device('liquidHandler'), 'transfer', {
    from: placeName(from),
    to: placeName(deck(context, 1)),
    volume: Number(volume.toFixed(2)),
  });
  const held = Number(context.fact(`volume of ${target}`) ?? 0);
  yield* context.setFact(`volume of ${target}`, Number((held + volume).toFixed(2)));
  yield* putBack(context, source);
}
