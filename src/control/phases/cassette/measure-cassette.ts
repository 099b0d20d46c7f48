import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres } from '../../recipe/quantity.ts';
import { perform } from '../../task.ts';
import { CARRYING, CONNECTING, connected, rounded, volumeIn, work } from './at-module.ts';

/** Takes a sample of the cassette through its valve and measures it. */
export const measureCassette = definePhase({
  name: 'measureCassette',
  title: 'Measure the cassette',
  parameters: z.strictObject({
    sample: millilitres(0.1, 10).default(0.5),
    lineage: z.enum(['t', 'nk', 'msc']).default('t'),
    /** The count of the product that the batch is released by. */
    final: z.boolean().default(false),
  }),
  vesselParameters: [],
  needs: {
    ...CARRYING,
    cassette: ['openSamplingValve', 'closeSamplingValve'],
    measuring: ['measure'],
    measuringConnector: CONNECTING,
  },
  facts: [
    'viableDensity',
    'viability',
    'viableCells',
    'carPositive',
    'purity',
    'finalViableCells',
    'finalViability',
    'finalCarPositive',
    'finalPurity',
    'finalVolumeMl',
  ],
  *run(context, { sample, lineage, final }) {
    const cassette = context.device('cassette');
    const measured = yield* connected(context, 'measuring', 'sample', function* (module) {
      yield* perform(cassette, 'openSamplingValve');
      const result = yield* work(context, module, 'measure', {
        volume: sample,
        assays: 'full',
        lineage,
      });
      yield* perform(cassette, 'closeSamplingValve');
      return result;
    });
    const share = (name: string): number => rounded(Number(measured[name] ?? 0) / 100, 6);
    const density = Number(measured['viableDensity'] ?? 0) * 1e6;
    const cells = Math.round(density * volumeIn(context));
    const facts = {
      viableCells: cells,
      viability: share('viability'),
      carPositive: share('carPositive'),
      purity: share('purity'),
    };
    yield* context.setFact('viableDensity', density);
    for (const [name, value] of Object.entries(facts)) {
      yield* context.setFact(name, value);
      if (final) yield* context.setFact(`final${name[0]?.toUpperCase()}${name.slice(1)}`, value);
    }
    if (final) yield* context.setFact('finalVolumeMl', volumeIn(context));
  },
});
