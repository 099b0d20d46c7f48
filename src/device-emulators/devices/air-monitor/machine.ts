import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

/**
 * Watches while the air changes and rests while it does not. The plant sends `air.changed`, the
 * check itself `settled` when there is nothing more to see. Delays in milliseconds.
 */
export const airMonitorMachine = setup({
  types: {} as {
    events: { type: 'air.changed' } | { type: 'settled' } | { type: `fault.${string}` };
  },
  actions: actionNames('checkAir', 'awaitAir', 'fansStopped', 'fansStarted'),
  delays: { sample: 5_000 },
}).createMachine({
  initial: 'watching',
  on: {
    'fault.fanFailure': { actions: 'fansStopped' },
    'fault.fanFailure.ended': { actions: 'fansStarted' },
  },
  states: {
    watching: {
      entry: 'checkAir',
      after: { sample: { target: 'watching', reenter: true } },
      on: { settled: 'resting' },
    },
    resting: {
      entry: 'awaitAir',
      on: { 'air.changed': 'watching' },
    },
  },
});
