import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../../kernel/time.ts';
import { definePhase } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { readNumber } from '../../task.ts';
import { CARRYING, CONNECTING, connected, rounded, work } from './at-module.ts';

/** Adds vector by the number of living cells last counted. */
export const addVectorToCassette = definePhase({
  name: 'addVectorToCassette',
  title: 'Add vector to the cassette',
  parameters: z.strictObject({
    multiplicity: z.number().min(0.1).max(100),
    /** Transducing units per mL of the stock. */
    titre: z.number().min(1e5).max(1e11),
    atMost: millilitres(0.1, 100),
  }),
  vesselParameters: [],
  needs: { ...CARRYING, transduction: ['addVector'], transductionConnector: CONNECTING },
  facts: ['vectorMl'],
  *run(context, { multiplicity, titre, atMost }) {
    const cells = Number(context.fact('viableCells') ?? 0);
    const volume = rounded(Math.max(0.05, Math.min(atMost, (multiplicity * cells) / titre)), 3);
    yield* connected(context, 'transduction', 'process', (module) =>
      work(context, module, 'addVector', { volume }),
    );
    yield* context.setFact('vectorMl', volume);
  },
});

/** Keeps cells and vector together, warm, rocked and gassed. */
export const transduceInCassette = definePhase({
  name: 'transduceInCassette',
  title: 'Transduce in the cassette',
  parameters: z.strictObject({
    temperature: quantity('Cel', 4, 40).default(37),
    agitation: quantity('/min', 0, 40).default(10),
    duration: quantity('h', 1, 96),
    /** Moved on when this dense. */
    density: quantity('10*6.{cells}/mL', 0, 100).default(0),
    atMost: quantity('h', 1, 200),
    interval: quantity('h', 0.1, 24).default(2),
  }),
  vesselParameters: [],
  needs: { ...CARRYING, transduction: ['temper'], transductionConnector: CONNECTING },
  facts: ['transductionHours', 'transductionDensity'],
  *run(context, { temperature, agitation, duration, density, atMost, interval }) {
    const cassette = context.device('cassette');
    let [hours, next, dense] = [0, duration, 0];
    yield* connected(context, 'transduction', 'perfusion', function* (module) {
      do {
        const held = { temperature, agitation, duration: next, gas: true };
        yield* work(context, module, 'temper', held, (next + 2) * MICROS_PER_HOUR);
        hours += next;
        next = Math.min(interval, atMost - hours);
        dense = yield* readNumber(cassette, 'viableDensity');
      } while (dense < density && next > 0.01);
    });
    yield* context.setFact('transductionHours', Number(hours.toFixed(2)));
    yield* context.setFact('transductionDensity', dense);
  },
});
