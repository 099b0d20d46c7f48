import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly mountTime: number;
}

type Event =
  | { type: 'load'; bag: string }
  | { type: 'thaw'; target: number }
  | { type: 'eject' }
  | { type: 'abort' }
  | { type: 'bag.missing' }
  | { type: 'bag.stuck' }
  | { type: 'bag.thawed' };

/** Seconds between two looks at the bag; the heat taken up in between is exact. */
export const STEP = 5;

/** An operator mounts a bag, the plates thaw it, the thermostat holds it. Delays in milliseconds. */
export const thawMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames('mounting', 'mounted', 'warm', 'thawStarted', 'thawEnded', 'hold', 'eject'),
  delays: { mount: ({ context }) => context.mountTime * 1000, step: STEP * 1000 },
}).createMachine({
  context: ({ input }) => ({ mountTime: input.config.mountTime }),
  initial: 'empty',
  states: {
    empty: { on: { load: { target: 'loading', actions: 'mounting' }, 'bag.stuck': 'loaded' } },
    loading: {
      after: { mount: { target: 'loaded', actions: ['mounted', 'complete'] } },
      on: { abort: 'empty' },
    },
    loaded: {
      entry: 'warm',
      after: { step: { target: 'loaded', reenter: true } },
      on: {
        thaw: { target: 'thawing', actions: 'thawStarted' },
        eject: 'ejecting',
        'bag.missing': 'empty',
      },
    },
    thawing: {
      entry: 'warm',
      after: { step: { target: 'thawing', reenter: true } },
      on: {
        'bag.thawed': { target: 'thawed', actions: 'thawEnded' },
        abort: 'loaded',
      },
    },
    thawed: {
      entry: 'hold',
      on: { thaw: { target: 'thawing', actions: 'thawStarted' }, eject: 'ejecting' },
    },
    ejecting: {
      after: { mount: { target: 'empty', actions: ['eject', 'complete'] } },
      on: { abort: 'loaded' },
    },
  },
});
