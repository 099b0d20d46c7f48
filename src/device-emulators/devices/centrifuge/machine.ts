import { assign, setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly lidTime: number;
  readonly spinUpRate: number;
  /** Whole time of the present run: ramp up, hold, ramp down [s]. */
  readonly runTime: number;
  readonly brakeTime: number;
}

type Event =
  | { type: 'openLid' }
  | { type: 'closeLid' }
  | { type: 'spin'; acceleration: number; duration: number }
  | { type: 'abort' };

/** Decides what the centrifuge does; times in seconds, delays in milliseconds. */
export const centrifugeMachine = setup({
  types: {} as {
    context: Context;
    events: Event;
    input: { config: { lidTime: number; spinUpRate: number } };
  },
  actions: actionNames(
    'lidOpening',
    'lidOpened',
    'lidClosing',
    'lidClosed',
    'spinStarted',
    'spinEnded',
    'spinAborted',
    'rotorStopped',
  ),
  delays: {
    lidTravel: ({ context }) => context.lidTime * 1000,
    run: ({ context }) => context.runTime * 1000,
    brake: ({ context }) => context.brakeTime * 1000,
  },
}).createMachine({
  context: ({ input }) => ({ ...input.config, runTime: 0, brakeTime: 30 }),
  initial: 'closed',
  states: {
    closed: {
      on: {
        openLid: { target: 'opening', actions: 'lidOpening' },
        closeLid: { actions: 'complete' },
        spin: {
          target: 'spinning',
          actions: [
            assign({
              runTime: ({ context, event }) =>
                event.duration + (2 * event.acceleration) / context.spinUpRate,
              brakeTime: ({ context, event }) => event.acceleration / context.spinUpRate,
            }),
            'spinStarted',
          ],
        },
      },
    },
    opening: {
      after: { lidTravel: { target: 'open', actions: ['lidOpened', 'complete'] } },
    },
    open: {
      on: {
        openLid: { actions: 'complete' },
        closeLid: { target: 'closing', actions: 'lidClosing' },
      },
    },
    closing: {
      after: { lidTravel: { target: 'closed', actions: ['lidClosed', 'complete'] } },
    },
    spinning: {
      after: { run: { target: 'closed', actions: ['spinEnded', 'complete'] } },
      on: { abort: { target: 'braking', actions: 'spinAborted' } },
    },
    braking: {
      after: { brake: { target: 'closed', actions: 'rotorStopped' } },
    },
  },
});
