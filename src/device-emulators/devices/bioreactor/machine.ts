import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event = { type: 'start' } | { type: 'stop' } | { type: 'exchangeVessel' };

/**
 * Off, controlling temperature, gas and stirring with a look at its alarms once a minute, or without a
 * vessel while an operator exchanges it.
 */
export const bioreactorMachine = setup({
  types: {} as { events: Event },
  actions: actionNames('startControl', 'stopControl', 'checkAlarms', 'vesselExchanged'),
  // Taking a vessel out, putting one in and connecting it takes an operator half an hour; assumed.
  delays: { watch: 60_000, exchange: 1_800_000 },
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
          after: { watch: { target: 'watching', reenter: true, actions: 'checkAlarms' } },
        },
      },
    },
  },
});
