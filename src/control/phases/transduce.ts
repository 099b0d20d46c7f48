import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import { definePhase } from '../phase.ts';
import { quantity } from '../recipe/quantity.ts';
import { now, type Task, waitUntil } from '../task.ts';
import { readCulture, startReactor } from './culture.ts';

export const SET_POINTS = {
  temperature: quantity('Cel', 4, 42).default(37),
  ph: quantity('[pH]', 6.5, 8).default(7.2),
  oxygen: quantity('%', 5, 150).default(50),
  agitation: quantity('/min', 0, 400).default(60),
};

/** Starts control of the transduction reactor; the time counts from here. */
export const startTransduction = definePhase({
  name: 'startTransduction',
  title: 'Start transduction',
  parameters: z.strictObject(SET_POINTS),
  vesselParameters: [],
  needs: { transductionReactor: ['start'] },
  facts: ['transductionBegan'],
  *run(context, set): Task<void> {
    yield* startReactor(context.device('transductionReactor'), set);
    yield* context.setFact('transductionBegan', yield* now());
  },
});

/** Keeps cells and vector together, then until they are dense enough to be moved. */
export const transduce = definePhase({
  name: 'transduce',
  title: 'Transduce',
  parameters: z.strictObject({
    duration: quantity('h', 1, 96),
    /** Moved on when this dense. */
    density: quantity('10*6.{cells}/mL', 0, 100).default(0),
    atMost: quantity('h', 1, 200),
    interval: quantity('h', 0.1, 24).default(2),
  }),
  vesselParameters: [],
  needs: { transductionReactor: [] },
  facts: ['transductionHours', 'transductionDensity'],
  *run(context, { duration, density, atMost, interval }): Task<void> {
    const reactor = context.device('transductionReactor');
    const begin = Number(context.fact('transductionBegan') ?? (yield* now()));
    yield* waitUntil(begin + duration * MICROS_PER_HOUR);
    for (;;) {
      const seen = yield* readCulture(reactor);
      const time = yield* now();
      const hours = (time - begin) / MICROS_PER_HOUR;
      if (seen.density >= density || hours >= atMost) {
        yield* context.setFact('transductionHours', Number(hours.toFixed(2)));
        return yield* context.setFact('transductionDensity', seen.density);
      }
      yield* waitUntil(time + Math.min(interval, atMost - hours) * MICROS_PER_HOUR);
    }
  },
});
