import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event = { type: 'start' } | { type: 'stop' } | { type: 'check' };

/** Off, or controlling temperature, gas and stirring; looks at its alarms once a minute. */
export const bioreactorMachine = setup({
  types: {} as { events: Event },
  actions: actionNames('startControl', 'stopControl', 'checkAlarms'),
  delays: { watch: 60_000 },
}).createMachine({
  initial: 'off',
  states: {
    off: {
      on: { start: { target: 'controlling', actions: 'startControl' }, stop: {} },
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
