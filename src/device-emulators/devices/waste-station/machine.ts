import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event = { type: 'empty' } | { type: 'abort' };

/** Pours a vessel into the waste bag; looks at the levels every ten minutes. */
export const wasteStationMachine = setup({
  types: {} as {
    context: { pourTime: number };
    events: Event;
    input: { config: { pourTime: number } };
  },
  actions: actionNames('pourStarted', 'poured', 'pourStopped', 'inspect'),
  delays: { pour: ({ context }) => context.pourTime * 1000, watch: 600_000 },
}).createMachine({
  context: ({ input }) => ({ pourTime: input.config.pourTime }),
  initial: 'idle',
  states: {
    idle: {
      after: { watch: { target: 'idle', reenter: true, actions: 'inspect' } },
      on: { empty: { target: 'pouring', actions: 'pourStarted' } },
    },
    pouring: {
      after: { pour: { target: 'idle', actions: ['poured', 'inspect'] } },
      on: { abort: { target: 'idle', actions: 'pourStopped' } },
    },
  },
});
