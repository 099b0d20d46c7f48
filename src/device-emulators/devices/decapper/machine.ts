import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

type Event =
  | { type: 'uncap' }
  | { type: 'cap' }
  | { type: 'abort' }
  | { type: 'reset' }
  | { type: 'cap.already' }
  | { type: 'cap.jammed' };

/** Takes caps off and puts them on; a jam needs a reset. Delays in milliseconds. */
export const decapperMachine = setup({
  types: {} as {
    context: { turnTime: number };
    events: Event;
    input: { config: { turnTime: number } };
  },
  actions: actionNames(
    'uncappingStarted',
    'cappingStarted',
    'uncapped',
    'capped',
    'turningStopped',
    'jammed',
    'cleared',
  ),
  delays: { turn: ({ context }) => context.turnTime * 1000 },
}).createMachine({
  context: ({ input }) => ({ turnTime: input.config.turnTime }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        uncap: { target: 'uncapping', actions: 'uncappingStarted' },
        cap: { target: 'capping', actions: 'cappingStarted' },
        reset: {},
      },
    },
    uncapping: {
      after: { turn: { target: 'idle', actions: ['uncapped', 'complete'] } },
      on: {
        'cap.already': { target: 'idle', actions: ['turningStopped', 'complete'] },
        'cap.jammed': { target: 'error', actions: 'jammed' },
        abort: { target: 'idle', actions: 'turningStopped' },
      },
    },
    capping: {
      after: { turn: { target: 'idle', actions: ['capped', 'complete'] } },
      on: {
        'cap.already': { target: 'idle', actions: ['turningStopped', 'complete'] },
        'cap.jammed': { target: 'error', actions: 'jammed' },
        abort: { target: 'idle', actions: 'turningStopped' },
      },
    },
    error: { on: { reset: { target: 'idle', actions: 'cleared' } } },
  },
});
