import { z } from 'zod';
import { definePhase } from '../../phase.ts';
import { count, millilitres, quantity } from '../../recipe/quantity.ts';
import { connected, ensure, fillUp, weighed, work } from './at-module.ts';
import { rounded } from './holding.ts';
import { reserve } from './stations.ts';

/** Brings the cells to a volume in electroporation buffer, adds DNA by their number, and pulses them. */
export const electroporateCassette = definePhase({
  name: 'electroporateCassette',
  title: 'Electroporate in the cassette',
  parameters: z.strictObject({
    voltage: quantity('V', 10, 1000),
    pulseDuration: quantity('ms', 0.05, 50),
    pulses: count(1, 20),
    /** DNA per million living cells [ug], and in the stock [ug/mL]. */
    dna: z.number().min(0).max(100),
    stock: z.number().min(1).max(1e5),
    volume: millilitres(5, 50),
  }),
  vesselParameters: [],
  needs: { electroporation: ['electroporate', 'add'] },
  facts: ['electroporatedCells'],
  prepare: (context) => reserve(context, 'electroporation'),
  *run(context, { voltage, pulseDuration, pulses, dna, stock, volume }) {
    const cells = Number(context.fact('viableCells') ?? 0);
    const reagent = rounded(Math.min(volume / 2, (dna * cells) / 1e6 / stock));
    const once = 'cells that were pulsed are not pulsed again';
    yield* connected(
      context,
      'electroporation',
      ['process', 'perfusion'],
      function* (module) {
        const lack = rounded(volume - reagent - (yield* weighed(context, module)));
        if (lack > 0) yield* ensure(context, module, 'electroporationBuffer', lack);
        yield* fillUp(context, module, rounded(volume - reagent), {
          liquid: 'electroporationBuffer',
        });
        yield* ensure(context, module, 'transposon', reagent);
        yield* work(context, module, 'electroporate', { voltage, pulseDuration, pulses, reagent });
      },
      { once },
    );
    yield* context.setFact('electroporatedCells', cells);
  },
});
