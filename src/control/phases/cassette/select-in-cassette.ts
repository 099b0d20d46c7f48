import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, minutes } from '../../recipe/quantity.ts';
import { CARRYING, CONNECTING, connected, rounded, volumeIn, work } from './at-module.ts';

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
  needs: { ...CARRYING, magnet: ['select', 'add'], magnetConnector: CONNECTING },
  facts: ['selectedMl'],
  *run(context, { cells, beads, duration, volume }) {
    const reagent = cells === 'nk' ? 'nkSelectionBeads' : 'selectionBeads';
    yield* connected(context, 'magnet', 'process', function* (module) {
      const keep = Math.min(ELUTION, volume);
      yield* work(context, module, 'select', { reagent, beads, duration, keep });
      const lack = rounded(volume - volumeIn(context));
      if (lack >= 0.05) yield* work(context, module, 'add', { liquid: 'medium', volume: lack });
    });
    yield* context.setFact('selectedMl', volumeIn(context));
  },
});
