import { z } from 'zod';
import { definePhase } from '../phase.ts';
import { perform } from '../task.ts';
import { bringOpen, HANDLING_NEEDS } from './handling.ts';

/** Counts a sample of an open vessel, or of the culture behind the counter's sampling line. */
export const countCells = definePhase({
  name: 'countCells',
  title: 'Count cells',
  parameters: z.strictObject({
    vessel: z.string().optional(),
    counter: z.enum(['counterA', 'counterD']).default('counterA'),
    /** The count of the product that the batch is released by. */
    final: z.boolean().default(false),
  }),
  vesselParameters: ['vessel'],
  needs: { ...HANDLING_NEEDS, counterA: ['count'] },
  facts: [
    'viableDensity',
    'viability',
    'viableCells',
    'carPositive',
    'finalViableCells',
    'finalViability',
    'finalCarPositive',
    'finalVolumeMl',
  ],
  *run(context, { vessel, counter, final }) {
    const device = context.device(counter);
    const name = vessel === undefined ? '' : context.vessel(vessel);
    if (name !== '') yield* bringOpen(context, name, `${device}.sample`);
    const source = name === '' ? 'line' : 'place';
    const counted = yield* perform(device, 'count', { source });
    const density = Number(counted.viableDensity ?? 0) * 1e6;
    const viability = Number((Number(counted.viability ?? 0) / 100).toPrecision(6));
    const volume = Number(context.fact(`volume of ${name}`) ?? 0);
    const cells = Math.round(density * volume);
    yield* context.setFact('viableDensity', density);
    yield* context.setFact('viability', viability);
    yield* context.setFact('viableCells', cells);
    const car = counted.carPositive;
    const carPositive = typeof car === 'number' ? Number((car / 100).toPrecision(6)) : undefined;
    if (carPositive !== undefined) yield* context.setFact('carPositive', carPositive);
    if (!final) return;
    yield* context.setFact('finalViableCells', cells);
    yield* context.setFact('finalViability', viability);
    if (carPositive !== undefined) yield* context.setFact('finalCarPositive', carPositive);
    yield* context.setFact('finalVolumeMl', volume);
  },
});
