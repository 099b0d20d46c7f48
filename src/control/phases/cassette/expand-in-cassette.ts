import { z } from 'zod';
import { MICROS_PER_HOUR } from '../../../kernel/time.ts';
import { definePhase } from '../../phase.ts';
import { millilitres, quantity } from '../../recipe/quantity.ts';
import { now, perform, readNumber, type Task, waitUntil, write } from '../../task.ts';
import { perfusionFlows } from '../perfusion.ts';
import { CARRYING, CONNECTING, noteVolume, rounded, volumeIn } from './at-module.ts';
import { endIncubation, incubate, INCUBATING } from './incubation.ts';

/** Oxygen in air [%], by which saturation becomes a share of the gas. */
const AIR_OXYGEN = 0.2095;
/** Minutes of a day, for flows in volumes per day. */
const DAY = 1440;

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
    slot: z.number().int().min(1).max(8).default(1),
  }),
  vesselParameters: [],
  needs: { ...CARRYING, cassette: [], incubator: INCUBATING, incubatorConnector: CONNECTING },
  facts: ['inoculatedDensity', 'expandedCells', 'expansionHours', 'expansionGlucose'],
  *run(context, plan): Task<void> {
    const cassette = context.device('cassette');
    const incubator = context.device('incubator');
    const { slot } = plan;
    yield* write(incubator, 'temperatureSetpoint', plan.temperature);
    yield* write(incubator, 'oxygenSetpoint', rounded(AIR_OXYGEN * plan.oxygen, 1));
    yield* incubate(context, slot);

    function* feed(volume: number): Task<void> {
      if (volume < 1) return;
      const told = yield* perform(incubator, 'feed', { slot, volume: rounded(volume, 1) });
      yield* noteVolume(context, told.volume ?? volumeIn(context) + volume);
    }

    yield* feed(plan.begin - volumeIn(context));
    const begin = yield* now();
    yield* waitUntil(begin + MICROS_PER_HOUR);
    yield* context.setFact('inoculatedDensity', yield* readNumber(cassette, 'viableDensity'));
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
        break;
      }
      const isYoung = volume < plan.volume - 5;
      if (isYoung && (density >= plan.feedAbove || glucose < plan.glucose)) {
        yield* context.note(`medium at ${density}e6/mL and ${glucose} mM glucose`);
        yield* feed(Math.min(plan.feed, plan.volume - volume));
      } else if (!isYoung) {
        const seen = { density, glucose, lactate, volume, oxygen: plan.oxygen };
        const rate = rounded((perfusionFlows(seen, plan).feed * DAY) / volume, 3);
        yield* perform(incubator, 'setPerfusion', { slot, rate });
      }
      yield* waitUntil(time + plan.interval * MICROS_PER_HOUR);
    }
    yield* perform(incubator, 'setPerfusion', { slot, rate: 0 });
    yield* endIncubation(context, slot);
  },
});
