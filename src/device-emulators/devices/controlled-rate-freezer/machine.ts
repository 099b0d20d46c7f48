import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly doorTime: number;
}

type Event =
  | { type: 'openDoor' }
  | { type: 'closeDoor' }
  | { type: 'freeze'; rate: number; target: number }
  | { type: 'hold'; temperature: number }
  | { type: 'abort' }
  | { type: 'chamber.reached' };

/** Seconds between two settings of the chamber; the heat exchanged in between is exact. */
export const STEP = 10;

/** Seconds after which an open door is an alarm; assumed. */
const OPEN_LONG = 120;

/** Door, ramps of the chamber, and holding where the last ramp ended. Delays in milliseconds. */
export const freezerMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames(
    'doorOpening',
    'doorOpened',
    'doorOpenLong',
    'doorClosing',
    'doorClosed',
    'freezeStarted',
    'holdStarted',
    'follow',
    'frozen',
    'stopRamp',
  ),
  delays: {
    door: ({ context }) => context.doorTime * 1000,
    step: STEP * 1000,
    openLong: OPEN_LONG * 1000,
  },
}).createMachine({
  context: ({ input }) => ({ doorTime: input.config.doorTime }),
  initial: 'closed',
  states: {
    closed: {
      on: {
        openDoor: { target: 'opening', actions: 'doorOpening' },
        closeDoor: { actions: 'complete' },
        freeze: { target: 'freezing', actions: 'freezeStarted' },
        hold: { target: 'adjusting', actions: 'holdStarted' },
      },
    },
    opening: { after: { door: { target: 'open', actions: ['doorOpened', 'complete'] } } },
    open: {
      after: { openLong: { actions: 'doorOpenLong' } },
      on: {
        openDoor: { actions: 'complete' },
        closeDoor: { target: 'closing', actions: 'doorClosing' },
      },
    },
    closing: { after: { door: { target: 'closed', actions: ['doorClosed', 'complete'] } } },
    freezing: {
      entry: 'follow',
      after: { step: { target: 'freezing', reenter: true } },
      on: {
        'chamber.reached': { target: 'closed', actions: 'frozen' },
        abort: { target: 'closed', actions: 'stopRamp' },
      },
    },
    adjusting: {
      entry: 'follow',
      after: { step: { target: 'adjusting', reenter: true } },
      on: {
        'chamber.reached': { target: 'closed', actions: ['stopRamp', 'complete'] },
        abort: { target: 'closed', actions: 'stopRamp' },
      },
    },
  },
});
