import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { connected, fillUp, weighed, work } from './at-module.ts';
import { rounded, volumeIn } from './holding.ts';
import { reserve } from './stations.ts';

/** Removes living cells beyond a number, by the last count, and fills up with medium. */
export const limitInCassette = definePhase({
  name: 'limitInCassette',
  title: 'Keep a number of cells',
  parameters: z.strictObject({
    /** Role of the module. */
    at: z.string(),
    cells: quantity('{cells}', 1e6, 1e11),
    volume: millilitres(1, 1000),
  }),
  vesselParameters: [],
  roleParameters: { at: ['mix', 'remove', 'add'] },
  needs: {},
  facts: ['takenCells'],
  prepare: (context, { at }) => reserve(context, at),
  *run(context, { at, cells, volume }) {
    const counted = Number(context.fact('viableCells') ?? 0);
    const kept = rounded(volumeIn(context) * Math.min(1, cells / Math.max(1, counted)));
    yield* connected(context, at, ['process', 'perfusion'], function* (module) {
      // Removed are the cells beyond the number; an attempt that was interrupted goes on.
      const surplus = rounded((yield* weighed(context, module)) - kept);
      if (surplus >= 0.05 && context.fact('takenCells') === undefined) {
        yield* work(context, module, 'mix');
        yield* work(context, module, 'remove', { volume: surplus });
      }
      yield* context.setFact('takenCells', Math.round(Math.min(counted, cells)));
      yield* fillUp(context, module, volume, { liquid: 'medium' });
    });
  },
});
