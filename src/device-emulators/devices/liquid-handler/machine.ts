import { assign, setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { CHANNELS, LARGE, planMixing, planStrokes, type StrokePlan } from './plan.ts';

interface Config {
  readonly channelFlow: number;
  readonly moveTime: number;
  readonly tipTime: number;
}

interface Context extends Config {
  readonly strokesLeft: number;
  readonly strokeTime: number;
}

type Event =
  | { type: 'transfer'; volume: number }
  | { type: 'discard'; volume: number }
  | { type: 'mix'; cycles: number }
  | { type: 'loadTips' }
  | { type: 'exchangeSet' }
  | { type: 'abort' }
  | { type: 'reset' }
  | { type: 'work.ended' }
  | { type: 'work.failed' };

type Counters = Pick<Context, 'strokesLeft' | 'strokeTime'>;

function countersOf({ strokes, strokeTime }: StrokePlan): Counters {
  return { strokesLeft: strokes, strokeTime };
}

/** Fetches tips, strokes until done, drops the tips. Delays in milliseconds. */
export const liquidHandlerMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Config } },
  actions: actionNames(
    'workStarted',
    'strokeStarted',
    'strokeDone',
    'workDone',
    'tipsDropped',
    'workStopped',
    'clotted',
    'cleared',
    'tipsLoaded',
    'wasteExchanged',
  ),
  guards: { isLastStroke: ({ context }) => context.strokesLeft <= 1 },
  delays: {
    // An operator needs ten minutes from outside, through gloves; assumed.
    exchange: 600_000,
    tips: ({ context }) => context.tipTime * 1000,
    stroke: ({ context }) => context.strokeTime * 1000,
  },
}).createMachine({
  context: ({ input }) => ({ ...input.config, strokesLeft: 0, strokeTime: 1 }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        transfer: {
          target: 'fetching',
          actions: [
            assign(({ context, event }) => countersOf(planStrokes(event.volume, context))),
            'workStarted',
          ],
        },
        discard: {
          target: 'fetching',
          actions: [
            assign(({ context, event }) => countersOf(planStrokes(event.volume, context))),
            'workStarted',
          ],
        },
        mix: {
          target: 'fetching',
          actions: [
            assign(({ context, event }) =>
              countersOf(planMixing(event.cycles, CHANNELS * LARGE.capacity, context)),
            ),
            'workStarted',
          ],
        },
        loadTips: { actions: 'tipsLoaded' },
        reset: {},
        exchangeSet: 'exchanging',
      },
    },
    exchanging: {
      after: {
        exchange: { target: 'idle', actions: ['tipsLoaded', 'wasteExchanged', 'complete'] },
      },
      on: { abort: 'idle' },
    },
    fetching: {
      after: { tips: 'stroking' },
      on: { abort: { target: 'retracting', actions: 'workStopped' } },
    },
    stroking: {
      entry: 'strokeStarted',
      after: {
        stroke: [
          { guard: 'isLastStroke', target: 'dropping', actions: ['strokeDone', 'workDone'] },
          {
            target: 'stroking',
            reenter: true,
            actions: [
              assign({ strokesLeft: ({ context }) => context.strokesLeft - 1 }),
              'strokeDone',
            ],
          },
        ],
      },
      on: {
        'work.ended': { target: 'dropping', actions: 'workDone' },
        'work.failed': { target: 'error', actions: 'clotted' },
        abort: { target: 'retracting', actions: 'workStopped' },
      },
    },
    dropping: {
      after: { tips: { target: 'idle', actions: 'tipsDropped' } },
      on: { abort: { target: 'retracting', actions: 'workStopped' } },
    },
    retracting: { after: { tips: { target: 'idle', actions: 'cleared' } } },
    error: { on: { reset: { target: 'retracting' }, loadTips: { actions: 'tipsLoaded' } } },
  },
});
