import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event = { type: 'empty' } | { type: 'changeBin' } | { type: 'changeBag' } | { type: 'abort' };

/** Pours a vessel into the waste bag, or is being emptied itself; looks at the levels every ten minutes. */
export const wasteStationMachine = setup({
  types: {} as {
    context: { pourTime: number };
    events: Event;
    input: { config: { pourTime: number } };
  },
  actions: actionNames(
    'pourStarted',
    'poured',
    'pourStopped',
    'binChanged',
    'bagChanged',
    'inspect',
  ),
  // An operator needs ten minutes from outside, through gloves; assumed.
  delays: {
    pour: ({ context }) => context.pourTime * 1000,
    watch: 600_000,
    change: 600_000,
  },
}).createMachine({
  context: ({ input }) => ({ pourTime: input.config.pourTime }),
  initial: 'idle',
  states: {
    idle: {
      after: { watch: { target: 'idle', reenter: true, actions: 'inspect' } },
      on: {
        empty: { target: 'pouring', actions: 'pourStarted' },
        changeBin: 'changingBin',
        changeBag: 'changingBag',
      },
    },
    changingBin: {
      after: { change: { target: 'idle', actions: ['binChanged', 'inspect', 'complete'] } },
      on: { abort: 'idle' },
    },
    changingBag: {
      after: { change: { target: 'idle', actions: ['bagChanged', 'inspect', 'complete'] } },
      on: { abort: 'idle' },
    },
    pouring: {
      after: { pour: { target: 'idle', actions: ['poured', 'inspect'] } },
      on: { abort: { target: 'idle', actions: 'pourStopped' } },
    },
  },
});
