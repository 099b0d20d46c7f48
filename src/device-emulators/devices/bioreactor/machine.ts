import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event =
  | { type: 'start' }
  | { type: 'stop' }
  | { type: 'exchangeVessel' }
  | { type: 'steady' }
  | { type: 'unsteady' }
  | { type: 'vessel.touched' };

/**
 * Off, controlling temperature, gas and stirring, or without a vessel while an operator exchanges it.
 * Under control it looks at its alarms once a minute, less often while the culture is steady.
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
      on: { start: {}, stop: { target: 'off', actions: 'stopControl' } },
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
  },
});
