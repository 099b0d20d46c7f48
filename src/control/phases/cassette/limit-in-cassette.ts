import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { CARRYING, CONNECTING, connected, rounded, volumeIn, work } from './at-module.ts';

/** Removes living cells beyond a number, by the last count, and fills up with medium. */
export const limitInCassette = definePhase({
  name: 'limitInCassette',
  title: 'Keep a number of cells',
  parameters: z.strictObject({
    cells: quantity('{cells}', 1e6, 1e11),
    volume: millilitres(1, 1000),
  }),
  vesselParameters: [],
  needs: { ...CARRYING, magnet: ['mix', 'remove', 'add'], magnetConnector: CONNECTING },
  facts: ['takenCells'],
  *run(context, { cells, volume }) {
    const counted = Number(context.fact('viableCells') ?? 0);
    const surplus = counted > cells ? rounded(volumeIn(context) * (1 - cells / counted)) : 0;
    yield* connected(context, 'magnet', 'process', function* (module) {
      if (surplus >= 0.05) {
        yield* work(context, module, 'mix');
        yield* work(context, module, 'remove', { volume: surplus });
      }
      const lack = rounded(volume - volumeIn(context));
      if (lack >= 0.05) yield* work(context, module, 'add', { liquid: 'medium', volume: lack });
    });
    yield* context.setFact('takenCells', Math.round(Math.min(counted, cells)));
  },
});
