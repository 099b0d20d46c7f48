import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, minutes } from '../../recipe/quantity.ts';
import { connected, ensure, work } from './at-module.ts';
import { volumeIn } from './holding.ts';
import { reserve } from './stations.ts';

/** Binds beads to the wanted cells, and keeps those on the magnet, which gives them back in buffer. */
export const selectInCassette = definePhase({
  name: 'selectInCassette',
  title: 'Select in the cassette',
  parameters: z.strictObject({
    cells: z.enum(['t', 'nk']).default('t'),
    beads: millilitres(0.1, 50),
    duration: minutes(0.05, 120),
    /** Volume of that buffer. */
    keep: millilitres(1, 500),
  }),
  vesselParameters: [],
  needs: { magnet: ['select'] },
  facts: ['selectedMl'],
  prepare: (context) => reserve(context, 'magnet'),
  *run(context, { cells, beads, duration, keep }) {
    const reagent = cells === 'nk' ? 'nkSelectionBeads' : 'selectionBeads';
    yield* connected(context, 'magnet', ['process', 'perfusion'], function* (module) {
      yield* ensure(context, module, reagent, beads);
      yield* work(context, module, 'select', { reagent, beads, duration, keep });
    });
    yield* context.setFact('selectedMl', volumeIn(context));
  },
});
