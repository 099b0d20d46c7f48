import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { millilitres } from '../recipe/quantity.ts';
import { perform } from '../task.ts';
import { bringOpen, deck, HANDLING_NEEDS, putBack } from './handling.ts';
import { placeName } from '../places.ts';

/** With `fill`, tops up to a volume; with `perVolume`, adds that share of what is there. */
export const addLiquid = definePhase({
  name: 'addLiquid',
  title: 'Add liquid',
  parameters: z.strictObject({
    vessel: z.string(),
    from: z.string(),
    volume: millilitres(0.05, 240).optional(),
    fill: millilitres(1, 240).optional(),
    perVolume: z.number().min(0.01).max(10).optional(),
    mix: z.number().int().min(0).max(50).default(10),
    untilEmpty: z.boolean().default(false),
  }),
  vesselParameters: ['vessel', 'from'],
  needs: { ...HANDLING_NEEDS, liquidHandler: ['transfer', 'mix'] },
  facts: [],
  *run(context, { vessel, from, volume, fill, perVolume, mix, untilEmpty }) {
    const target = context.vessel(vessel);
    const source = context.vessel(from);
    const handler = context.device('liquidHandler');
    const [to, reagent] = [deck(context, 1), deck(context, 3)];
    const before = Number(context.fact(`volume of ${target}`) ?? 0);
    const wanted = volume ?? (fill === undefined ? before * (perVolume ?? 0) : fill - before);
    // A second attempt does not add again what the first one has added.
    const addition = `${source} to ${target}`;
    const isAdded = context.fact('addition') === addition;
    if (!isAdded && wanted < 0.05) {
      return yield* context.note(`${target} holds ${before} mL; nothing to add`);
    }
    yield* bringOpen(context, target, to);
    if (!isAdded) {
      yield* bringOpen(context, source, reagent);
      const { volume: added } = yield* perform(handler, 'transfer', {
        from: placeName(reagent),
        to: placeName(to),
        volume: Number(wanted.toFixed(3)),
        untilEmpty,
      });
      const after = before + (typeof added === 'number' ? added : wanted);
      yield* context.setFact(`volume of ${target}`, Number(after.toFixed(2)));
      yield* context.setFact('addition', addition);
    }
    if (mix > 0) yield* perform(handler, 'mix', { place: placeName(to), cycles: mix });
    yield* putBack(context, source);
    yield* context.setFact('addition', '');
  },
});
