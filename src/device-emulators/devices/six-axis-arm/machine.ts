import { assign, setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly gripTime: number;
  /** Number of the present motion; arrivals of earlier ones no longer count. */
  readonly motion: number;
}

type Event =
  | { type: 'pick'; place: string }
  | { type: 'place'; place: string }
  | { type: 'moveHome' }
  | { type: 'openGripper' }
  | { type: 'abort' }
  | { type: 'reset' }
  | { type: 'arrived'; motion: number }
  | { type: 'obstructed' };

/**
 * Approach, act at the place, retreat. The body tells of each arrival, since only it knows how long a
 * motion takes. An abort brakes along the way; then the arm needs a reset. Delays in milliseconds.
 */
export const armMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: { gripTime: number } } },
  actions: {
    ...actionNames('approach', 'act', 'retreat', 'rest', 'goHome', 'releasing', 'release'),
    ...actionNames('stop', 'stand', 'obstruct', 'clear'),
    next: assign({ motion: ({ context }) => context.motion + 1 }),
  },
  guards: {
    isPresent: ({ context, event }) => event.type === 'arrived' && event.motion === context.motion,
  },
  delays: { grip: ({ context }) => context.gripTime * 1000 },
}).createMachine({
  context: ({ input }) => ({ gripTime: input.config.gripTime, motion: 0 }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        pick: { target: 'approaching', actions: ['next', 'approach'] },
        place: { target: 'approaching', actions: ['next', 'approach'] },
        moveHome: { target: 'homing', actions: ['next', 'goHome'] },
        openGripper: { target: 'opening', actions: 'releasing' },
      },
    },
    approaching: {
      on: {
        arrived: { guard: 'isPresent', target: 'acting', actions: 'rest' },
        abort: { target: 'stopping', actions: ['next', 'stop'] },
      },
    },
    acting: {
      after: { grip: { target: 'retreating', actions: ['next', 'act', 'retreat'] } },
      on: { abort: { target: 'stopping', actions: ['next', 'stop'] } },
    },
    retreating: {
      on: {
        arrived: { guard: 'isPresent', target: 'idle', actions: ['rest', 'complete'] },
        obstructed: { target: 'error', actions: ['next', 'obstruct'] },
        abort: { target: 'stopping', actions: ['next', 'stop'] },
      },
    },
    homing: {
      on: {
        arrived: { guard: 'isPresent', target: 'idle', actions: ['rest', 'complete'] },
        abort: { target: 'stopping', actions: ['next', 'stop'] },
      },
    },
    opening: {
      after: { grip: { target: 'idle', actions: ['release', 'complete'] } },
      on: { abort: { target: 'stopping', actions: ['next', 'stop'] } },
    },
    stopping: {
      on: { arrived: { guard: 'isPresent', target: 'error', actions: 'stand' } },
    },
    error: {
      on: { reset: { target: 'idle', actions: 'clear' } },
    },
  },
});
