import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../../kernel/time.ts';
import { definePhase } from '../../phase.ts';
import { quantity } from '../../recipe/quantity.ts';
import { now } from '../../task.ts';
import { connected, ensure, weighed, work } from './at-module.ts';
import { rounded, volumeIn } from './holding.ts';
import { cultivate, incubate } from './incubation.ts';
import { INCUBATING } from './slots.ts';
import { reserve } from './stations.ts';

/** Adds activation beads by the number of cells, and incubates. */
export const activateInCassette = definePhase({
  name: 'activateInCassette',
  title: 'Activate in the cassette',
  parameters: z.strictObject({
    cells: z.enum(['t', 'nk']).default('t'),
    beadsPerCell: z.number().min(0.1).max(20),
    /** Beads per mL of the stock. */
    stock: z.number().min(1e6).max(1e11),
    duration: quantity('h', 0.05, 240),
    temperature: quantity('Cel', 4, 40).default(37),
    oxygen: quantity('%', 1, 150).default(50),
  }),
  vesselParameters: [],
  needs: { magnet: ['addBeads'], incubator: INCUBATING },
  facts: ['activationBeadsMl'],
  prepare: (context) => reserve(context, 'magnet'),
  *run(context, { cells, beadsPerCell, stock, duration, temperature, oxygen }) {
    const reagent = cells === 'nk' ? 'nkActivationBeads' : 'activationBeads';
    const wanted = (beadsPerCell * Number(context.fact('takenCells') ?? 0)) / stock;
    const beads = rounded(Math.min(100, Math.max(0.05, wanted)));
    const target = volumeIn(context) + beads;
    yield* connected(context, 'magnet', ['process', 'perfusion'], function* (module) {
      const volume = rounded(target - (yield* weighed(context, module)));
      if (volume < 0.05) return;
      yield* ensure(context, module, reagent, volume);
      yield* work(context, module, 'addBeads', { reagent, volume });
    });
    yield* context.setFact('activationBeadsMl', beads);
    const culture = { temperature, oxygen };
    const end = (yield* now()) + duration * MICROS_PER_HOUR;
    yield* incubate(context, culture);
    while ((yield* now()) < end) yield* cultivate(context, culture, end);
  },
});
