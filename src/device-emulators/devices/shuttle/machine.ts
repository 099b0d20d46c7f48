import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  /** [s] */
  readonly handTime: number;
}

type Event =
  | { type: 'carry'; from: string; to: string }
  | { type: 'place'; to: string }
  | { type: 'moveHome' }
  | { type: 'takeOff' }
  | { type: 'releaseManually'; to: string }
  | { type: 'abort' }
  | { type: 'breakdown' }
  | { type: 'repaired' }
  | { type: 'task.began'; name: string }
  | { type: 'task.middle'; name: string }
  | { type: 'task.ended'; name: string }
  | { type: 'came.home' }
  | { type: 'way.changed' }
  | { type: 'order.over' };

/**
 * The rails tell of all that happens on the way. Without an order, and when one was given up, the shuttle
 * goes home by itself; a fork that is out then comes in as it is.
 */
export const shuttleMachine = setup({
  types: {} as { context: Context; input: { config: Context }; events: Event },
  actions: actionNames(
    ...(['setOut', 'setOutWithLoad', 'goHome', 'aim', 'handle', 'deliver', 'arrive'] as const),
    ...(['giveUp', 'stop', 'release', 'takeOff', 'watchWay'] as const),
    ...(['handBegun', 'handReleased', 'handSpared', 'forget'] as const),
  ),
  delays: { hand: ({ context }) => context.handTime * 1000 },
}).createMachine({
  context: ({ input: { config } }) => ({ handTime: config.handTime }),
  initial: 'idle',
  on: {
    'way.changed': { actions: 'watchWay' },
    breakdown: { target: '.stopped', actions: 'stop' },
    takeOff: { actions: 'takeOff' },
  },
  states: {
    idle: {
      on: {
        carry: { target: 'carrying', actions: 'setOut' },
        place: { target: 'carrying', actions: 'setOutWithLoad' },
        moveHome: { target: 'homing', actions: 'goHome' },
      },
    },
    carrying: {
      on: {
        'task.began': { actions: 'aim' },
        'task.middle': { actions: 'handle' },
        'task.ended': { actions: 'deliver' },
        'order.over': 'idle',
        abort: { target: 'idle', actions: 'giveUp' },
      },
    },
    homing: {
      on: {
        'came.home': { target: 'idle', actions: 'arrive' },
        abort: 'idle',
      },
    },
    stopped: {
      on: {
        releaseManually: { target: 'unloading', actions: 'handBegun' },
        repaired: { target: 'idle', actions: 'release' },
      },
    },
    unloading: {
      after: { hand: { target: 'stopped', actions: 'handReleased' } },
      on: {
        abort: { target: 'stopped', actions: 'forget' },
        repaired: { target: 'idle', actions: ['handSpared', 'release'] },
      },
    },
  },
});
