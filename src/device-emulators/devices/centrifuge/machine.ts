import { assign, setup } from 'xstate';
import { runTime } from '../../../physics/mechanism/rotor.ts';
import { actionNames } from '../../definition/action-names.ts';
import { brakeRateOf } from './state.ts';

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
  | { type: 'spin'; acceleration: number; duration: number; brake: string }
  | { type: 'abort' }
  | { type: 'reset' }
  | { type: 'drive.fault' };

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
    'driveTripped',
    'cleared',
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
        reset: {},
        spin: {
          target: 'spinning',
          actions: [
            assign({
              runTime: ({ context: { spinUpRate }, event }) =>
                runTime({
                  acceleration: event.acceleration,
                  duration: event.duration,
                  spinUpRate,
                  brakeRate: brakeRateOf(event.brake, spinUpRate),
                }),
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
        reset: {},
      },
    },
    closing: {
      after: { lidTravel: { target: 'closed', actions: ['lidClosed', 'complete'] } },
    },
    spinning: {
      after: { run: { target: 'closed', actions: ['spinEnded', 'complete'] } },
      on: {
        abort: { target: 'braking', actions: 'spinAborted' },
        'drive.fault': { target: 'tripped', actions: 'driveTripped' },
      },
    },
    tripped: {
      after: { brake: { target: 'error', actions: 'rotorStopped' } },
    },
    error: { on: { reset: { target: 'closed', actions: 'cleared' } } },
    braking: {
      after: { brake: { target: 'closed', actions: 'rotorStopped' } },
    },
  },
});
