import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { interrupted, type ModuleEvent } from '../../definition/module-events.ts';

type Event =
  | ModuleEvent
  | { type: 'open' }
  | { type: 'close' }
  | { type: 'replaceBottle' }
  | { type: 'bottle.empty' };

/** Delivers or not, by its valve, its power and its bottles; an operator exchanges them meanwhile. */
export const gasSupplyMachine = setup({
  types: {} as { events: Event },
  actions: actionNames('started', 'opened', 'shut', 'follow', 'ranOut', 'replaced'),
  // Exchanging a bundle of bottles; assumed. Delays in ms.
  delays: { replace: 900_000 },
}).createMachine({
  entry: 'started',
  initial: 'idle',
  on: {
    open: { actions: 'opened' },
    close: { actions: 'shut' },
    'bottle.empty': { actions: 'ranOut' },
    breakdown: { target: '.idle', actions: 'follow' },
    repaired: { actions: 'follow' },
    'power.lost': { target: '.idle', actions: 'follow' },
    'power.on': { actions: 'follow' },
  },
  states: {
    idle: { on: { replaceBottle: 'replacing' } },
    replacing: {
      after: { replace: { target: 'idle', actions: ['replaced', 'complete'] } },
      on: interrupted('idle', 'follow'),
    },
  },
});
