import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { interrupted, type ModuleEvent } from '../../definition/module-events.ts';

type Event =
  | ModuleEvent
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'replaceTank'; tank: string; volume: number }
  | { type: 'fault.pumpFailure' }
  | { type: 'fault.pumpFailure.ended' };

/** Delivers or not, by its valve, its power and its pumps; an operator exchanges a tank meanwhile. */
export const mediaSupplyMachine = setup({
  types: {} as { events: Event },
  actions: actionNames('opened', 'shut', 'follow', 'replaceBegun', 'replaced', 'inspect'),
  // Rolling a tank in, coupling it and a look at the levels; assumed. Delays in ms.
  delays: { replace: 1_200_000, watch: 3_600_000 },
}).createMachine({
  initial: 'idle',
  on: {
    open: { actions: 'opened' },
    close: { actions: 'shut' },
    breakdown: { target: '.idle', actions: 'follow' },
    repaired: { actions: 'follow' },
    'power.lost': { target: '.idle', actions: 'follow' },
    'power.on': { actions: 'follow' },
    'fault.pumpFailure': { actions: 'follow' },
    'fault.pumpFailure.ended': { actions: 'follow' },
  },
  states: {
    idle: {
      after: { watch: { target: 'idle', reenter: true, actions: 'inspect' } },
      on: { replaceTank: { target: 'replacing', actions: 'replaceBegun' } },
    },
    replacing: {
      after: { replace: { target: 'idle', actions: ['replaced', 'inspect'] } },
      on: interrupted('idle', 'follow'),
    },
  },
});
