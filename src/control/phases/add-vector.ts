import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { millilitres } from '../recipe/quantity.ts';
import { perform } from '../task.ts';
import { bringOpen, deck, HANDLING_NEEDS, putBack } from './handling.ts';
import { placeName } from '../places.ts';

/** Adds virus particles by the number of living cells last counted. */
export const addVector = definePhase({
  name: 'addVector',
  title: 'Add vector',
  parameters: z.strictObject({
    vessel: z.string(),
    from: z.string(),
    /** Transducing units per living cell. */
    multiplicity: z.number().min(0.1).max(100),
    /** Transducing units per mL of the stock. */
    titre: z.number().min(1e5).max(1e11),
    atMost: millilitres(0.1, 50),
  }),
  vesselParameters: ['vessel', 'from'],
  needs: { ...HANDLING_NEEDS, liquidHandler: ['transfer', 'mix'] },
  facts: ['vectorMl'],
  *run(context, { vessel, from, multiplicity, titre, atMost }) {
    const [target, vial] = [context.vessel(vessel), context.vessel(from)];
    const handler = context.device('liquidHandler');
    const [to, source] = [deck(context, 2), deck(context, 3)];
    const cells = Number(context.fact('viableCells') ?? context.fact('takenCells') ?? 0);
    const volume = Number(
      Math.max(0.05, Math.min(atMost, (multiplicity * cells) / titre)).toFixed(3),
    );
    yield* bringOpen(context, target, to);
    yield* bringOpen(context, vial, source);
    yield* perform(handler, 'transfer', {
      from: placeName(source),
      to: placeName(to),
      volume,
      untilEmpty: true,
    });
    yield* perform(handler, 'mix', { place: placeName(to), cycles: 5 });
    yield* putBack(context, vial);
    const before = Number(context.fact(`volume of ${target}`) ?? 0);
    yield* context.setFact(`volume of ${target}`, Number((before + volume).toFixed(2)));
    yield* context.setFact('vectorMl', volume);
  },
});
