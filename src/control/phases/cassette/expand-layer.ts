import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../../kernel/time.ts';
import { definePhase, type PhaseContext } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { now, perform, readNumber, type Task } from '../../task.ts';
import { feedUpTo } from './feeding.ts';
import { cassetteOf, volumeIn } from './holding.ts';
import { cultivate, type Culture, incubate, withCulture } from './incubation.ts';
import { INCUBATING } from './slots.ts';

/** Share of the medium that is exchanged at once: it comes cold from its tank. */
const PORTION = 1 / 3;
/** Readings of the Raman sensor that are averaged, and the time between two. */
const READINGS = 5;
const BETWEEN = MICROS_PER_HOUR / 60;

/**
 * Grows cells on the surface of the cassette. No sensor sees a layer, so the number of cells is what takes
 * up the glucose that is missing. Medium is exchanged when glucose is low. Ends when there are cells
 * enough and time is up.
 */
export const expandLayer = definePhase({
  name: 'expandLayer',
  title: 'Expand on the surface of the cassette',
  parameters: z.strictObject({
    temperature: quantity('Cel', 4, 42).default(37),
    oxygen: quantity('%', 1, 150).default(90),
    interval: quantity('h', 1, 48).default(12),
    volume: millilitres(50, 1000),
    glucose: quantity('mmol/L', 0.1, 30),
    /** Of one cell in a day [pmol]. */
    uptake: z.number().min(0.1).max(1000),
    cells: quantity('{cells}', 1e5, 1e11),
    atLeast: quantity('h', 1, 2000),
    atMost: quantity('h', 1, 2000),
  }),
  vesselParameters: [],
  needs: { cassette: [], incubator: [...INCUBATING, 'exchange'] },
  facts: ['expandedCells', 'expansionHours', 'expansionGlucose'],
  *run(context, plan): Task<void> {
    const culture: Culture = { temperature: plan.temperature, oxygen: plan.oxygen };
    yield* incubate(context, culture);
    yield* feedUpTo(context, culture, plan.volume);
    const begin = yield* now();
    // Warm before it is looked at first.
    yield* cultivate(context, culture, begin + MICROS_PER_HOUR);
    let seen = yield* look(context);
    for (;;) {
      const hours = (seen.time - begin) / MICROS_PER_HOUR;
      const left = Math.min(plan.interval, plan.atMost - hours);
      const next = seen.time + Math.max(left, plan.interval / 2) * MICROS_PER_HOUR;
      while ((yield* now()) < next) yield* cultivate(context, culture, next);
      const latest = yield* look(context);
      const days = (latest.time - seen.time) / (24 * MICROS_PER_HOUR);
      // mmol/L times mL makes umol.
      const taken = Math.max(0, (seen.glucose - latest.glucose) * volumeIn(context));
      const cells = Math.round((taken * 1e6) / (plan.uptake * days));
      yield* context.setFact('expandedCells', cells);
      const passed = (latest.time - begin) / MICROS_PER_HOUR;
      // What is taken up in less than half an interval drowns in the noise of the sensor.
      const isOver = plan.atMost - passed < plan.interval / 2;
      if ((cells >= plan.cells && passed >= plan.atLeast) || isOver) {
        yield* context.setFact('expansionHours', Number(passed.toFixed(2)));
        return yield* context.setFact('expansionGlucose', latest.glucose);
      }
      // It must last for another interval, in which the cells may grow by a half.
      const expected = latest.glucose - 1.5 * (seen.glucose - latest.glucose);
      seen = latest;
      if (expected < plan.glucose) {
        yield* context.note(`medium exchanged at ${latest.glucose} mM glucose`);
        yield* exchange(context, culture, plan.volume);
        seen = yield* look(context);
      }
    }
  },
});

/** Glucose [mmol/L], averaged over some minutes, and when. */
function* look(context: PhaseContext): Task<{ readonly glucose: number; readonly time: number }> {
  let sum = 0;
  for (let i = 0; i < READINGS; i++) {
    sum += yield* readNumber(cassetteOf(context), 'glucose');
    const time = yield* now();
    yield { kind: 'waitUntil', time: time + BETWEEN };
  }
  return { glucose: Number((sum / READINGS).toFixed(3)), time: yield* now() };
}

/** Exchanges about all of the medium, portion by portion, with time to get warm between them. */
function* exchange(context: PhaseContext, culture: Culture, volume: number): Task<void> {
  const portion = Math.round(volume * PORTION);
  for (let moved = 0; moved < 1.5 * volume; moved += portion) {
    yield* withCulture(context, culture, (incubator, slot) =>
      perform(incubator, 'exchange', { slot, volume: portion }),
    );
    yield* cultivate(context, culture, (yield* now()) + MICROS_PER_HOUR / 2);
  }
}
