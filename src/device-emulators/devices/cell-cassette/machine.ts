import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event =
  | { type: 'assign'; batch: string; patient: string }
  | { type: 'release' }
  | { type: 'openSamplingValve' }
  | { type: 'closeSamplingValve' };

/** A cassette decides nothing by itself. */
export const cassetteMachine = setup({
  types: {} as { events: Event },
  actions: actionNames('assigned', 'released', 'valveOpened', 'valveClosed'),
}).createMachine({
  initial: 'idle',
  states: {
    idle: {
      on: {
        assign: { actions: 'assigned' },
        release: { actions: 'released' },
        openSamplingValve: { actions: 'valveOpened' },
        closeSamplingValve: { actions: 'valveClosed' },
      },
    },
  },
});
