import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event = { type: 'exchangeBag' } | { type: 'abort' };

/** Rests, or has its bag exchanged; what is connected goes on drawing from the old bag until the end. */
export const bagStandMachine = setup({
  types: {} as { events: Event },
  actions: actionNames('coolBag', 'exchanged'),
  // Lifting a bag of 20 L in and connecting it to the manifold; assumed. Delays in ms.
  delays: { exchange: 900_000 },
}).createMachine({
  initial: 'ready',
  entry: 'coolBag',
  states: {
    ready: { on: { exchangeBag: 'exchanging' } },
    exchanging: {
      after: { exchange: { target: 'ready', actions: ['exchanged', 'complete'] } },
      on: { abort: 'ready' },
    },
  },
});
