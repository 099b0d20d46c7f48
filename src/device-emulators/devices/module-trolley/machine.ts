import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

/** Durations of the parts of an exchange [s]. */
interface Context {
  readonly fasteningTime: number;
  readonly wayTime: number;
}

type Event =
  | { type: 'takeModule'; from: string }
  | { type: 'insertModule'; bay: number; to: string }
  | { type: 'abort' }
  | { type: 'breakdown' }
  | { type: 'order.over' };

/**
 * People unfasten a module, wheel it to its place and fasten it there. What is under way when they are
 * called off comes back onto the trolley. Delays in ms.
 */
export const moduleTrolleyMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames('begun', 'loosened', 'parked', 'lifted', 'docked', 'forgotten', 'returned'),
  delays: {
    fastening: ({ context }) => context.fasteningTime * 1000,
    way: ({ context }) => context.wayTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({
    fasteningTime: config.fasteningTime,
    wayTime: config.wayTime,
  }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        takeModule: { target: 'loosening', actions: 'begun' },
        insertModule: { target: 'bringing', actions: ['begun', 'lifted'] },
      },
    },
    loosening: {
      after: { fastening: { target: 'fetching', actions: 'loosened' } },
      on: {
        abort: { target: 'idle', actions: 'forgotten' },
        breakdown: { target: 'idle', actions: 'forgotten' },
      },
    },
    fetching: {
      after: { way: { target: 'idle', actions: 'parked' } },
      on: {
        'order.over': 'idle',
        abort: { target: 'idle', actions: 'returned' },
        breakdown: { target: 'idle', actions: 'returned' },
      },
    },
    bringing: {
      after: { way: 'fastening' },
      on: {
        abort: { target: 'idle', actions: 'returned' },
        breakdown: { target: 'idle', actions: 'returned' },
      },
    },
    fastening: {
      after: { fastening: { target: 'idle', actions: 'docked' } },
      on: {
        abort: { target: 'idle', actions: 'returned' },
        breakdown: { target: 'idle', actions: 'returned' },
      },
    },
  },
});
