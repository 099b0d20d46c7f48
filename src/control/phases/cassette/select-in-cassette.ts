import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, minutes } from '../../recipe/quantity.ts';
import { connected, ensure, fillUp, work } from './at-module.ts';
import { volumeIn } from './holding.ts';
import { reserve } from './stations.ts';

/** Buffer in which the magnet gives the selected cells back [mL]; the rest is filled with medium. */
const ELUTION = 20;

/** Binds beads to the wanted cells, keeps those on the magnet, and brings them into medium. */
export const selectInCassette = definePhase({
  name: 'selectInCassette',
  title: 'Select in the cassette',
  parameters: z.strictObject({
    cells: z.enum(['t', 'nk']).default('t'),
    beads: millilitres(0.1, 50),
    duration: minutes(0.05, 120),
    volume: millilitres(1, 1000),
  }),
  vesselParameters: [],
  needs: { selector: ['select', 'add'] },
  facts: ['selectedMl'],
  prepare: (context) => reserve(context, 'selector'),
  *run(context, { cells, beads, duration, volume }) {
    const reagent = cells === 'nk' ? 'nkSelectionBeads' : 'selectionBeads';
    yield* connected(context, 'selector', ['process', 'perfusion'], function* (module) {
      const keep = Math.min(ELUTION, volume);
      // Cells that were selected before the module failed are not selected again.
      if (context.fact('selectedMl') === undefined) {
        yield* ensure(context, module, reagent, beads);
        yield* work(context, module, 'select', { reagent, beads, duration, keep });
        yield* context.setFact('selectedMl', volumeIn(context));
      }
      yield* fillUp(context, module, volume, { liquid: 'medium' });
    });
    yield* context.setFact('selectedMl', volumeIn(context));
  },
});
