import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event =
  | { type: 'start' }
  | { type: 'stop' }
  | { type: 'exchangeVessel' }
  | { type: 'steady' }
  | { type: 'unsteady' }
  | { type: 'vessel.touched' }
  | { type: 'halted' }
  | { type: 'resumed' }
  | { type: `fault.${string}` };

/**
 * Off, controlling temperature, gas and stirring, or without a vessel while an operator exchanges it.
 * Under control it looks at its alarms once a minute, less often while the culture is steady. Without power, or broken
 * down, it controls nothing, and goes on by itself afterwards.
 */
export const bioreactorMachine = setup({
  types: {} as { events: Event },
  actions: actionNames(
    'startControl',
    'stopControl',
    'checkAlarms',
    'awaitTouch',
    'disturbed',
    'vesselExchanged',
    'failingChanged',
  ),
  // Taking a vessel out, putting one in and connecting it takes an operator half an hour; assumed.
  delays: { watch: 60_000, rest: 600_000, exchange: 1_800_000 },
}).createMachine({
  initial: 'off',
  states: {
    off: {
      on: {
        start: { target: 'controlling', actions: 'startControl' },
        stop: {},
        exchangeVessel: 'exchanging',
      },
    },
    exchanging: {
      after: { exchange: { target: 'off', actions: ['vesselExchanged', 'complete'] } },
    },
    controlling: {
      initial: 'watching',
      on: {
        start: {},
        stop: { target: 'off', actions: 'stopControl' },
        halted: { target: 'halted', actions: 'stopControl' },
        'fault.heaterFailure': { actions: 'failingChanged' },
        'fault.heaterFailure.ended': { actions: 'failingChanged' },
        'fault.gasFailure': { actions: 'failingChanged' },
        'fault.gasFailure.ended': { actions: 'failingChanged' },
      },
      states: {
        watching: {
          on: { steady: 'steady' },
          after: { watch: { target: 'watching', reenter: true, actions: 'checkAlarms' } },
        },
        steady: {
          entry: 'awaitTouch',
          on: {
            unsteady: 'watching',
            'vessel.touched': { target: 'watching', actions: 'disturbed' },
          },
          after: { rest: { target: 'steady', reenter: true, actions: 'checkAlarms' } },
        },
      },
    },
    halted: {
      on: { stop: 'off', resumed: { target: 'controlling', actions: 'startControl' } },
      after: { watch: { target: 'halted', reenter: true, actions: 'checkAlarms' } },
    },
  },
});
