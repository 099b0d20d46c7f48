import { z } from 'zod';
import { MICROS_PER_HOUR, MICROS_PER_MINUTE } from '../../kernel/time.ts';
import { definePhase, type PhaseContext } from '../phase.ts';
import { millilitres, quantity } from '../recipe/quantity.ts';
import { persist } from '../persist.ts';
import { stopPumps } from '../recovery.ts';
import { now, readNumber, type Task, wait, waitForChange, write } from '../task.ts';
import { type CultureReadings, readCulture, setFlow } from './culture.ts';
import { pump, seal, weld } from './line.ts';
import { perfusionFlows } from './perfusion.ts';

/** Fastest stirring that the cells are exposed to [rpm]. */
const FASTEST = 200;

/** How a culture is perfused. */
export const PERFUSION = {
  interval: quantity('h', 0.1, 24).default(4),
  glucose: quantity('mmol/L', 1, 30),
  perCell: z.number().min(1).max(1000).default(60),
  mostPerDay: z.number().min(0.1).max(5).default(1.5),
  volume: millilitres(200, 2200),
  /** Medium is added up to `volume` above this density. */
  feedAbove: quantity('10*6.{cells}/mL', 0.1, 50),
  feed: millilitres(10, 1000),
  /** Slow enough for the jacket to warm cold medium on its way in. */
  feedFlow: quantity('mL/min', 0.1, 200).default(5),
  feedLine: z.string(),
  permeateLine: z.string(),
};

type Plan = z.output<z.ZodObject<typeof PERFUSION>>;

/** Commands that looking after a culture sends. */
export const PERFUSION_NEEDS = {
  expansionReactor: [],
  pumpFeed: ['run', 'stop', 'dispense'],
  pumpPermeate: ['run', 'stop'],
  welder: ['weld', 'seal'],
};

/** Feeds a culture as what was seen asks for, and stirs more when oxygen is short. */
export function* lookAfter(
  context: PhaseContext,
  plan: Plan,
  seen: CultureReadings,
  stirring: number,
): Task<number> {
  const young = seen.volume < plan.volume - 20;
  if (young && (seen.density >= plan.feedAbove || seen.glucose < plan.glucose)) {
    const volume = Number(Math.min(plan.feed, plan.volume - seen.volume).toFixed(1));
    yield* setFlow(context, 'pumpFeed', 0);
    yield* context.note(
      `${volume} mL of medium at ${seen.density}e6/mL and ${seen.glucose} mM glucose`,
    );
    yield* pump(context, 'pumpFeed', { volume, flow: plan.feedFlow, untilEmpty: false });
  } else if (!young) {
    const flows = perfusionFlows(seen, plan);
    yield* setFlow(context, 'pumpFeed', flows.feed);
    yield* setFlow(context, 'pumpPermeate', flows.permeate);
  }
  if (seen.oxygen >= 30 || stirring >= FASTEST) return stirring;
  const faster = Math.min(FASTEST, stirring + 20);
  yield* write(context.device('expansionReactor'), 'agitationSetpoint', faster);
  return faster;
}

/** Ends the perfusion and parts the lines. */
export function* endPerfusion(context: PhaseContext, plan: Plan): Task<void> {
  yield* setFlow(context, 'pumpFeed', 0);
  yield* setFlow(context, 'pumpPermeate', 0);
  yield* seal(context, plan.feedLine);
  yield* seal(context, plan.permeateLine);
}

/**
 * Looks at the culture every few hours: adds medium while it is young and dense, then perfuses as
 * glucose asks, and stirs more when oxygen is short. Ends when there are cells enough and time is up;
 * perfusion goes on until another phase ends it.
 */
export const perfuse = definePhase({
  name: 'perfuse',
  title: 'Expand under perfusion',
  parameters: z.strictObject({
    ...PERFUSION,
    cells: quantity('{cells}', 1e8, 1e12),
    atLeast: quantity('h', 1, 500),
    atMost: quantity('h', 1, 500),
    agitation: quantity('/min', 0, 400).default(60),
  }),
  vesselParameters: [],
  needs: PERFUSION_NEEDS,
  facts: ['expandedCells', 'expansionHours', 'expansionGlucose'],
  *run(context, plan): Task<void> {
    const reactor = context.device('expansionReactor');
    yield* persist(whileFed(context), () => weld(context, plan.feedLine));
    yield* persist(whileFed(context), () => weld(context, plan.permeateLine));
    const begin = yield* now();
    let stirring = plan.agitation;
    for (;;) {
      const seen = yield* readCulture(reactor);
      const time = yield* now();
      const hours = (time - begin) / MICROS_PER_HOUR;
      const cells = seen.density * 1e6 * seen.volume;
      if ((cells >= plan.cells && hours >= plan.atLeast) || hours >= plan.atMost) {
        yield* context.setFact('expandedCells', Math.round(cells));
        yield* context.setFact('expansionHours', Number(hours.toFixed(2)));
        return yield* context.setFact('expansionGlucose', seen.glucose);
      }
      stirring = yield* persist(whileFed(context), () => lookAfter(context, plan, seen, stirring));
      // What has just ended is known; a pump that fails later, or an alarm of the reactor, is seen to at once.
      yield* wait(MICROS_PER_MINUTE);
      yield* waitForChange(
        [reactor, context.device('pumpFeed'), context.device('pumpPermeate')],
        time + plan.interval * MICROS_PER_HOUR,
      );
    }
  },
});

/**
 * The culture waits for a shared place where it keeps best: in its reactor, perfused. When the batch
 * has the place, perfusion ends.
 */
export const holdCulture = definePhase({
  name: 'holdCulture',
  title: 'Hold in culture',
  parameters: z.strictObject({ ...PERFUSION, waitFor: z.string() }),
  vesselParameters: [],
  needs: PERFUSION_NEEDS,
  facts: [],
  *prepare(context, { waitFor, ...plan }): Task<void> {
    const reactor = context.device('expansionReactor');
    const patience = plan.interval * MICROS_PER_HOUR;
    while (!(yield* context.reserve(waitFor, (yield* now()) + patience))) {
      const stirring = yield* readNumber(reactor, 'agitationSetpoint');
      const seen = yield* readCulture(reactor);
      yield* persist(whileFed(context), () => lookAfter(context, plan, seen, stirring));
    }
  },
  *run(context, plan): Task<void> {
    yield* persist(whileFed(context), () => endPerfusion(context, plan));
  },
});

/** How long a culture may stand without exchange of medium before it is given up [h]; assumed. */
const UNFED_HOURS = 24;

/** A culture of which a pump fails is kept warm and gassed, and nothing is taken from it. */
function whileFed(context: PhaseContext) {
  return {
    tell: context.record,
    patience: UNFED_HOURS,
    hold: () =>
      stopPumps(context.plant, [context.device('pumpFeed'), context.device('pumpPermeate')]),
  };
}
