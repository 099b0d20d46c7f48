import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { interrupted, type ModuleEvent } from '../../definition/module-events.ts';

interface Context {
  readonly fitTime: number;
  readonly bagTime: number;
}

type Event =
  | ModuleEvent
  | { type: 'fitCore'; size: string }
  | { type: 'giveBag' }
  | { type: 'restock' };

/** Hands out one thing at a time. Delays in ms. */
export const disposablesMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames('fittingBegun', 'coreFitted', 'bagGiven', 'restocked', 'stopped'),
  delays: {
    fit: ({ context }) => context.fitTime * 1000,
    bag: ({ context }) => context.bagTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({ fitTime: config.fitTime, bagTime: config.bagTime }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        fitCore: { target: 'fitting', actions: 'fittingBegun' },
        giveBag: 'giving',
        restock: { actions: 'restocked' },
      },
    },
    fitting: {
      after: { fit: { target: 'idle', actions: 'coreFitted' } },
      on: interrupted('idle', 'stopped'),
    },
    giving: {
      after: { bag: { target: 'idle', actions: 'bagGiven' } },
      on: interrupted('idle', 'stopped'),
    },
  },
});
