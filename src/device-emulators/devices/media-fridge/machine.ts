import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event =
  | { type: 'openDoor' }
  | { type: 'closeDoor' }
  | { type: 'temperature.settled' }
  | { type: 'fridge.inspect' };

/** Door of the fridge; while it is open or the inside is warm, looks at the alarms. */
export const mediaFridgeMachine = setup({
  types: {} as {
    context: { doorTime: number };
    events: Event;
    input: { config: { doorTime: number } };
  },
  actions: actionNames('doorOpening', 'doorOpened', 'doorClosing', 'doorClosed', 'inspect'),
  delays: { doorTravel: ({ context }) => context.doorTime * 1000, watch: 30_000 },
}).createMachine({
  context: ({ input }) => ({ doorTime: input.config.doorTime }),
  initial: 'closed',
  states: {
    closed: {
      on: {
        openDoor: { target: 'opening', actions: 'doorOpening' },
        closeDoor: { actions: 'complete' },
      },
    },
    opening: {
      after: { doorTravel: { target: 'open', actions: ['doorOpened', 'complete'] } },
    },
    open: {
      after: { watch: { target: 'open', reenter: true, actions: 'inspect' } },
      on: {
        openDoor: { actions: 'complete' },
        closeDoor: { target: 'closing', actions: 'doorClosing' },
      },
    },
    closing: {
      after: { doorTravel: { target: 'recovering', actions: ['doorClosed', 'complete'] } },
    },
    recovering: {
      after: { watch: { target: 'recovering', reenter: true, actions: 'inspect' } },
      on: {
        'temperature.settled': 'closed',
        openDoor: { target: 'opening', actions: 'doorOpening' },
        closeDoor: { actions: 'complete' },
      },
    },
  },
});
