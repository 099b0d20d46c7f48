import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly handlingTime: number;
}

type Event = { type: 'deliver' } | { type: 'collect' } | { type: 'abort' };

/** Somebody puts a vessel on a shelf or takes one away. Delays in ms. */
export const goodsStationMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames('begun', 'delivered', 'collected', 'ended'),
  delays: { handling: ({ context }) => context.handlingTime * 1000 },
}).createMachine({
  context: ({ input }) => ({ handlingTime: input.config.handlingTime }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        deliver: { target: 'delivering', actions: 'begun' },
        collect: { target: 'collecting', actions: 'begun' },
      },
    },
    delivering: {
      after: { handling: { target: 'idle', actions: 'delivered' } },
      on: { abort: { target: 'idle', actions: 'ended' } },
    },
    collecting: {
      after: { handling: { target: 'idle', actions: 'collected' } },
      on: { abort: { target: 'idle', actions: 'ended' } },
    },
  },
});
