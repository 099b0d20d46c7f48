import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { interrupted, type ModuleEvent } from '../../definition/module-events.ts';

type Event = ModuleEvent | { type: 'empty' };

/** Takes what the drains bring; an operator exchanges the tank. Delays in ms. */
export const wasteModuleMachine = setup({
  types: {} as { events: Event },
  actions: actionNames('emptied', 'inspect'),
  // Exchanging the tank, and a look at its level; assumed.
  delays: { exchange: 900_000, watch: 3_600_000 },
}).createMachine({
  initial: 'idle',
  states: {
    idle: {
      after: { watch: { target: 'idle', reenter: true, actions: 'inspect' } },
      on: { empty: 'emptying' },
    },
    emptying: {
      after: { exchange: { target: 'idle', actions: ['emptied', 'inspect', 'complete'] } },
      on: interrupted('idle', 'inspect'),
    },
  },
});
