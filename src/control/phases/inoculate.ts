import { z } from 'zod';
import { MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { definePhase } from '../phase.ts';
import { millilitres, quantity } from '../recipe/quantity.ts';
import { PhaseFailure, perform, readNumber, wait } from '../task.ts';
import { startReactor } from './culture.ts';
import { pump, seal, weld } from './line.ts';
import { SET_POINTS } from './transduce.ts';

/** Longest time for the medium to become warm [min]. */
const LONGEST_WARMING = 360;

/** Fills the expansion reactor with medium, warms it, and pumps the cells over. */
export const inoculate = definePhase({
  name: 'inoculate',
  title: 'Inoculate the expansion reactor',
  parameters: z.strictObject({
    ...SET_POINTS,
    medium: millilitres(100, 2000),
    feedLine: z.string(),
    transferLine: z.string(),
    flow: quantity('mL/min', 1, 400).default(50),
  }),
  vesselParameters: [],
  needs: {
    expansionReactor: ['start'],
    transductionReactor: ['stop'],
    pumpFeed: ['dispense'],
    pumpTransfer: ['dispense'],
    welder: ['weld', 'seal'],
  },
  facts: ['inoculatedDensity'],
  *run(context, { medium, feedLine, transferLine, flow, ...set }) {
    const reactor = context.device('expansionReactor');
    yield* weld(context, feedLine);
    const filled = yield* readNumber(reactor, 'volume');
    if (filled < medium - 10) {
      const volume = Number((medium - filled).toFixed(1));
      yield* pump(context, 'pumpFeed', { volume, flow: 200, untilEmpty: false });
    }
    yield* startReactor(reactor, set);
    let minutes = 0;
    while (Math.abs((yield* readNumber(reactor, 'temperature')) - set.temperature) > 1) {
      if (minutes >= LONGEST_WARMING) {
        const message = `${reactor} does not reach ${set.temperature} Cel; check its jacket`;
        throw new PhaseFailure(reactor, { code: 'MALFUNCTION', message });
      }
      yield* wait(10 * MICROS_PER_MINUTE);
      minutes += 10;
    }
    yield* weld(context, transferLine);
    yield* pump(context, 'pumpTransfer', { volume: 400, flow, untilEmpty: true });
    yield* seal(context, transferLine);
    yield* perform(context.device('transductionReactor'), 'stop');
    yield* wait(10 * MICROS_PER_MINUTE);
    yield* context.setFact('inoculatedDensity', yield* readNumber(reactor, 'livingCellDensity'));
  },
});
