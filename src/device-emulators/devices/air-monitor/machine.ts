import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

/** Looks at the air once a minute; a particle count takes that long. Delays in milliseconds. */
export const airMonitorMachine = setup({
  types: {} as { events: { type: 'none' } },
  actions: actionNames('checkAir'),
  delays: { sample: 60_000 },
}).createMachine({
  initial: 'sampling',
  states: {
    sampling: {
      entry: 'checkAir',
      after: { sample: { target: 'sampling', reenter: true } },
    },
  },
});
