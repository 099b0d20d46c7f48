import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../../kernel/time.ts';
import { definePhase } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { now, readNumber } from '../../task.ts';
import { connected, ensure, weighed, work } from './at-module.ts';
import { cassetteOf, rounded, volumeIn } from './holding.ts';
import { cultivate, incubate } from './incubation.ts';
import { INCUBATING } from './slots.ts';
import { reserve } from './stations.ts';

/** Adds vector by the number of living cells last counted, fresh from an operator. */
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
  needs: { transduction: ['addVector'] },
  facts: ['vectorMl'],
  prepare: (context) => reserve(context, 'transduction'),
  *run(context, { multiplicity, titre, atMost }) {
    const cells = Number(context.fact('viableCells') ?? 0);
    const dose = rounded(Math.max(0.05, Math.min(atMost, (multiplicity * cells) / titre)), 3);
    const target = volumeIn(context) + dose;
    yield* connected(context, 'transduction', ['perfusion'], function* (module) {
      const volume = rounded(target - (yield* weighed(context, module)));
      if (volume < 0.05) return;
      yield* ensure(context, module, 'vector', volume, true);
      yield* work(context, module, 'addVector', { volume });
    });
    yield* context.setFact('vectorMl', dose);
  },
});

/**
 * Keeps cells and vector together: warm and rocked in the module for the time of contact, then in an
 * incubator, so that others can have the module.
 */
export const transduceInCassette = definePhase({
  name: 'transduceInCassette',
  title: 'Transduce in the cassette',
  parameters: z.strictObject({
    temperature: quantity('Cel', 4, 40).default(37),
    oxygen: quantity('%', 1, 150).default(50),
    agitation: quantity('/min', 0, 40).default(10),
    contact: quantity('h', 0.1, 24).default(2),
    duration: quantity('h', 1, 96),
    /** Moved on when this dense. */
    density: quantity('10*6.{cells}/mL', 0, 100).default(0),
    atMost: quantity('h', 1, 200),
    interval: quantity('h', 0.1, 24).default(2),
  }),
  vesselParameters: [],
  needs: { transduction: ['temper'], incubator: INCUBATING },
  facts: ['transductionHours', 'transductionDensity'],
  *run(context, plan) {
    const { temperature, oxygen, agitation } = plan;
    const culture = { temperature, oxygen };
    const begin = yield* now();
    const contact = Math.min(plan.contact, plan.duration);
    yield* connected(context, 'transduction', ['perfusion'], function* (module) {
      const hold = { temperature, agitation, duration: contact, gas: true };
      yield* work(context, module, 'temper', hold, (contact + 2) * MICROS_PER_HOUR);
    });
    yield* incubate(context, culture);
    for (let hours = 0; ; ) {
      const next = Math.max(plan.duration - hours, Math.min(plan.interval, plan.atMost - hours));
      const until = (yield* now()) + next * MICROS_PER_HOUR;
      while ((yield* now()) < until) yield* cultivate(context, culture, until);
      hours = ((yield* now()) - begin) / MICROS_PER_HOUR;
      const density = yield* readNumber(cassetteOf(context), 'viableDensity');
      if (density < plan.density && hours < plan.atMost) continue;
      yield* context.setFact('transductionHours', Number(hours.toFixed(2)));
      return yield* context.setFact('transductionDensity', density);
    }
  },
});
