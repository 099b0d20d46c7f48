import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly strokeTime: number;
}

type Event = { type: 'openValve' } | { type: 'closeValve' } | { type: 'abort' };

/** Nozzle up with the valve shut, or down in the vessel with the valve open. Delays in ms. */
export const tubeLockMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames('initialise', 'lowering', 'opened', 'shut', 'raised'),
  delays: { stroke: ({ context }) => context.strokeTime * 1000 },
}).createMachine({
  context: ({ input }) => ({ strokeTime: input.config.strokeTime }),
  entry: 'initialise',
  initial: 'closed',
  states: {
    closed: {
      on: {
        openValve: { target: 'lowering', actions: 'lowering' },
        closeValve: { actions: 'complete' },
      },
    },
    lowering: {
      after: { stroke: { target: 'open', actions: ['opened', 'complete'] } },
      on: { abort: { target: 'retracting', actions: 'shut' } },
    },
    open: {
      on: {
        openValve: { actions: 'complete' },
        closeValve: { target: 'raising', actions: 'shut' },
      },
    },
    raising: {
      after: { stroke: { target: 'closed', actions: ['raised', 'complete'] } },
    },
    retracting: {
      after: { stroke: { target: 'closed', actions: 'raised' } },
    },
  },
});
