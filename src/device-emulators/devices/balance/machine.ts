import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event =
  | { type: 'weigh' }
  | { type: 'tare' }
  | { type: 'zero' }
  | { type: 'abort' }
  | { type: 'weight.stable' }
  | { type: 'weight.moving' }
  | { type: 'weight.restless' };

/** Waits until the load is steady, then takes what was asked. Delays in milliseconds. */
export const balanceMachine = setup({
  types: {} as {
    context: { settleTime: number };
    events: Event;
    input: { config: { settleTime: number } };
  },
  actions: actionNames('beginWeighing', 'sample', 'take', 'giveUp', 'stopWeighing'),
  delays: { settle: ({ context }) => context.settleTime * 1000 },
}).createMachine({
  context: ({ input }) => ({ settleTime: input.config.settleTime }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        weigh: { target: 'settling', actions: 'beginWeighing' },
        tare: { target: 'settling', actions: 'beginWeighing' },
        zero: { target: 'settling', actions: 'beginWeighing' },
      },
    },
    settling: {
      after: { settle: { actions: 'sample' } },
      on: {
        'weight.stable': { target: 'idle', actions: 'take' },
        'weight.moving': { target: 'settling', reenter: true },
        'weight.restless': { target: 'idle', actions: 'giveUp' },
        abort: { target: 'idle', actions: 'stopWeighing' },
      },
    },
  },
});
