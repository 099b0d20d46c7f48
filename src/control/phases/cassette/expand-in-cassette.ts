import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../../kernel/time.ts';
import { definePhase } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { now, perform, readNumber, type Task } from '../../task.ts';
import { perfusionFlows } from '../perfusion.ts';
import { feedUpTo } from './feeding.ts';
import { cassetteOf, held, rounded, volumeIn } from './holding.ts';
import { cultivate, type Culture, incubate, withCulture } from './incubation.ts';
import { INCUBATING } from './slots.ts';

/** Minutes of a day, for flows in volumes per day. */
const DAY = 1440;
/** Smallest relative change of the perfusion that is worth a command. */
const NOTABLE = 0.05;

/**
 * Looks at the culture every few hours: adds medium while the cassette is not full, then lets the
 * module perfuse it as glucose asks. Ends when there are cells enough and time is up.
 */
export const expandInCassette = definePhase({
  name: 'expandInCassette',
  title: 'Expand in the cassette',
  parameters: z.strictObject({
    temperature: quantity('Cel', 4, 42).default(37),
    oxygen: quantity('%', 1, 150).default(50),
    interval: quantity('h', 0.1, 24).default(4),
    glucose: quantity('mmol/L', 1, 30),
    perCell: z.number().min(1).max(1000).default(60),
    mostPerDay: z.number().min(0.1).max(5).default(1.5),
    /** Volume to begin with, and the one to be reached. */
    begin: millilitres(10, 1000),
    volume: millilitres(50, 1000),
    /** Medium is added up to `volume` above this density. */
    feedAbove: quantity('10*6.{cells}/mL', 0.1, 50),
    feed: millilitres(10, 1000),
    cells: quantity('{cells}', 1e6, 1e12),
    atLeast: quantity('h', 1, 2000),
    atMost: quantity('h', 1, 2000),
  }),
  vesselParameters: [],
  needs: { cassette: [], incubator: INCUBATING },
  facts: ['inoculatedDensity', 'expandedCells', 'expansionHours', 'expansionGlucose'],
  *run(context, plan): Task<void> {
    const culture: Culture = { temperature: plan.temperature, oxygen: plan.oxygen };
    const cassette = cassetteOf(context);
    yield* incubate(context, culture);
    yield* feedUpTo(context, culture, plan.begin);
    const begin = yield* now();
    yield* cultivate(context, culture, begin + MICROS_PER_HOUR);
    yield* context.setFact('inoculatedDensity', yield* readNumber(cassette, 'viableDensity'));
    // Rate that was set last, and the slot in which it was.
    let [set, at] = [0, ''];
    for (;;) {
      const density = yield* readNumber(cassette, 'viableDensity');
      const glucose = yield* readNumber(cassette, 'glucose');
      const lactate = yield* readNumber(cassette, 'lactate');
      const volume = volumeIn(context);
      const time = yield* now();
      const hours = (time - begin) / MICROS_PER_HOUR;
      const cells = density * 1e6 * volume;
      if ((cells >= plan.cells && hours >= plan.atLeast) || hours >= plan.atMost) {
        yield* context.setFact('expandedCells', Math.round(cells));
        yield* context.setFact('expansionHours', Number(hours.toFixed(2)));
        yield* context.setFact('expansionGlucose', glucose);
        return;
      }
      const isYoung = volume < plan.volume - 5;
      if (isYoung && (density >= plan.feedAbove || glucose < plan.glucose)) {
        yield* context.note(`medium at ${density}e6/mL and ${glucose} mM glucose`);
        yield* feedUpTo(context, culture, Math.min(plan.volume, volume + plan.feed));
      } else if (!isYoung) {
        const seen = { density, glucose, lactate, volume, oxygen: plan.oxygen };
        const rate = rounded((perfusionFlows(seen, plan).feed * DAY) / volume, 3);
        const place = held(context, 'slot');
        if (place !== at || Math.abs(rate - set) > NOTABLE * set) {
          yield* withCulture(context, culture, (incubator, slot) =>
            perform(incubator, 'setPerfusion', { slot, rate }),
          );
          [set, at] = [rate, held(context, 'slot')];
        }
      }
      yield* cultivate(context, culture, time + plan.interval * MICROS_PER_HOUR);
    }
  },
});
