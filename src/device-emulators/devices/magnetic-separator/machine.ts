import { assign, setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  /** Length of the present step and of the separation's later steps [s]. */
  readonly stepTime: number;
  readonly washTime: number;
  readonly elutionTime: number;
}

type Event =
  | { type: 'label'; duration: number }
  | { type: 'separate' }
  | { type: 'activate'; duration: number }
  | { type: 'incubate'; duration: number }
  | { type: 'removeBeads'; duration: number }
  | { type: 'exchangeSet' }
  | { type: 'abort' }
  | { type: 'reset' }
  | { type: 'separation.planned'; load: number; wash: number; elution: number }
  | { type: 'column.clogged' };

/** One step after another on the input or the target bottle. Delays in milliseconds. */
export const magneticSeparatorMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: unknown } },
  actions: actionNames(
    'labelStarted',
    'labelled',
    'labellingCut',
    'separationAsked',
    'separationStarted',
    'separated',
    'activationStarted',
    'activated',
    'incubationStarted',
    'incubated',
    'removalStarted',
    'beadsRemoved',
    'stopped',
    'clogged',
    'cleared',
    'setExchanged',
  ),
  delays: {
    // An operator needs ten minutes from outside, through gloves; assumed.
    exchange: 600_000,
    step: ({ context }) => context.stepTime * 1000,
    wash: ({ context }) => context.washTime * 1000,
    elution: ({ context }) => context.elutionTime * 1000,
  },
}).createMachine({
  context: { stepTime: 0, washTime: 0, elutionTime: 0 },
  initial: 'idle',
  states: {
    idle: {
      on: {
        label: {
          target: 'labelling',
          actions: [assign({ stepTime: ({ event }) => event.duration }), 'labelStarted'],
        },
        separate: { target: 'preparing', actions: 'separationAsked' },
        activate: {
          target: 'activating',
          actions: [assign({ stepTime: ({ event }) => event.duration }), 'activationStarted'],
        },
        incubate: {
          target: 'incubating',
          actions: [assign({ stepTime: ({ event }) => event.duration }), 'incubationStarted'],
        },
        removeBeads: {
          target: 'debeading',
          actions: [assign({ stepTime: ({ event }) => event.duration }), 'removalStarted'],
        },
        reset: {},
        exchangeSet: 'exchanging',
      },
    },
    exchanging: {
      after: { exchange: { target: 'idle', actions: ['setExchanged', 'complete'] } },
      on: { abort: 'idle' },
    },
    labelling: {
      after: { step: { target: 'idle', actions: 'labelled' } },
      on: { abort: { target: 'idle', actions: 'labellingCut' } },
    },
    preparing: {
      on: {
        'separation.planned': {
          target: 'loading',
          actions: [
            assign({
              stepTime: ({ event }) => event.load,
              washTime: ({ event }) => event.wash,
              elutionTime: ({ event }) => event.elution,
            }),
            'separationStarted',
          ],
        },
        abort: { target: 'idle', actions: 'stopped' },
      },
    },
    loading: {
      after: { step: 'washing' },
      on: {
        abort: { target: 'idle', actions: 'stopped' },
        'column.clogged': { target: 'error', actions: 'clogged' },
      },
    },
    washing: {
      after: { wash: 'eluting' },
      on: { abort: { target: 'idle', actions: 'stopped' } },
    },
    eluting: {
      after: { elution: { target: 'idle', actions: 'separated' } },
      on: { abort: { target: 'idle', actions: 'stopped' } },
    },
    activating: {
      after: { step: { target: 'idle', actions: 'activated' } },
      on: { abort: { target: 'idle', actions: 'stopped' } },
    },
    incubating: {
      after: { step: { target: 'idle', actions: 'incubated' } },
      on: { abort: { target: 'idle', actions: 'stopped' } },
    },
    debeading: {
      after: { step: { target: 'idle', actions: 'beadsRemoved' } },
      on: { abort: { target: 'idle', actions: 'stopped' } },
    },
    error: { on: { reset: { target: 'idle', actions: 'cleared' } } },
  },
});
