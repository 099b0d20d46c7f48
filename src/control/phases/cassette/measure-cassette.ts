import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres } from '../../recipe/quantity.ts';
import { perform } from '../../task.ts';
import { connected, work } from './at-module.ts';
import { cassetteOf, rounded, volumeIn } from './holding.ts';
import { attemptOnly } from './linking.ts';
import { reserve } from './stations.ts';

/** Takes a sample of the cassette through its valve and measures it. */
export const measureCassette = definePhase({
  name: 'measureCassette',
  title: 'Measure the cassette',
  parameters: z.strictObject({
    sample: millilitres(0.1, 10).default(0.5),
    lineage: z.enum(['t', 'nk', 'msc']).default('t'),
    /** Whether everything is measured, which takes longer than counting. */
    full: z.boolean().default(false),
    /** The count of the product that the batch is released by. */
    final: z.boolean().default(false),
  }),
  vesselParameters: [],
  needs: {
    cassette: ['openSamplingValve', 'closeSamplingValve'],
    measuring: ['measure'],
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
  prepare: (context) => reserve(context, 'measuring'),
  *run(context, { sample, lineage, full, final }) {
    const cassette = cassetteOf(context);
    const assays = full ? 'full' : 'counts';
    const measured = yield* connected(context, 'measuring', ['sample'], function* (module) {
      yield* perform(cassette, 'openSamplingValve');
      try {
        return yield* work(context, module, 'measure', { volume: sample, assays, lineage });
      } finally {
        yield* attemptOnly(perform(cassette, 'closeSamplingValve'));
      }
    });
    const share = (name: string): number => rounded(Number(measured[name]) / 100, 6);
    const density = Number(measured.viableDensity ?? 0) * 1e6;
    yield* context.setFact('viableDensity', density);
    yield* context.setFact('viableCells', Math.round(density * volumeIn(context)));
    yield* context.setFact('viability', share('viability'));
    if (full) {
      yield* context.setFact('carPositive', share('carPositive'));
      yield* context.setFact('purity', share('purity'));
    }
    if (!final) return;
    // What was measured last before counts for the product, too.
    for (const name of ['viableCells', 'viability', 'carPositive', 'purity']) {
      const value = context.fact(name);
      if (value === undefined) continue;
      yield* context.setFact(`final${name[0]?.toUpperCase()}${name.slice(1)}`, value);
    }
    yield* context.setFact('finalVolumeMl', volumeIn(context));
  },
});
