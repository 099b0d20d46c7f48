import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, minutes, quantity } from '../../recipe/quantity.ts';
import { connected, work } from './at-module.ts';
import { volumeIn } from './holding.ts';
import { reserve } from './stations.ts';

/** Spins the cassette and takes the supernatant off; with `volume`, gives buffer up to it. */
export const spinCassette = definePhase({
  name: 'spinCassette',
  title: 'Spin the cassette',
  parameters: z.strictObject({
    acceleration: quantity('[g]', 50, 3500),
    duration: minutes(0.1, 120),
    keep: millilitres(1, 500),
    volume: millilitres(5, 1000).optional(),
    /** Whether the volume before is that of a harvest. */
    harvest: z.boolean().default(false),
  }),
  vesselParameters: [],
  needs: { centrifuge: ['wash', 'concentrate'] },
  facts: ['residual', 'harvestedMl'],
  prepare: (context) => reserve(context, 'centrifuge'),
  *run(context, { acceleration, duration, keep, volume, harvest }) {
    const before = volumeIn(context);
    const spin = { acceleration, duration, keep };
    yield* connected(context, 'centrifuge', ['process', 'perfusion'], (module) =>
      volume === undefined
        ? work(context, module, 'concentrate', spin)
        : work(context, module, 'wash', { ...spin, cycles: 1, volume }),
    );
    if (harvest) yield* context.setFact('harvestedMl', before);
    const residual = (Number(context.fact('residual') ?? 1) * Math.min(keep, before)) / before;
    yield* context.setFact('residual', Number(residual.toPrecision(6)));
  },
});
