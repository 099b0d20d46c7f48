import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly drawTime: number;
  readonly countTime: number;
}

type Event =
  | { type: 'count'; source: 'place' | 'line' }
  | { type: 'abort' }
  | { type: 'flow.done' }
  | { type: 'flow.dry' }
  | { type: 'flow.refused'; code: string; message: string };

/** Takes a sample from its place or through its line, counts it and rinses. */
export const cellCounterMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames(
    'lockPlace',
    'purge',
    'purged',
    'drawLine',
    'drawPlace',
    'takeImages',
    'counted',
    'flowFailed',
    'flowRefused',
    'stopped',
  ),
  delays: {
    draw: ({ context }) => context.drawTime * 1000,
    analysis: ({ context }) => context.countTime * 1000,
    rinse: ({ context }) => context.drawTime * 1000,
  },
}).createMachine({
  context: ({ input }) => ({
    drawTime: input.config.drawTime,
    countTime: input.config.countTime,
  }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        count: [
          { guard: ({ event }) => event.source === 'line', target: 'purging' },
          { target: 'drawing', actions: 'lockPlace' },
        ],
      },
    },
    purging: {
      entry: 'purge',
      on: {
        'flow.done': { target: 'sampling', actions: 'purged' },
        'flow.dry': { target: 'idle', actions: 'flowFailed' },
        'flow.refused': { target: 'idle', actions: 'flowRefused' },
        abort: { target: 'rinsing', actions: 'stopped' },
      },
    },
    sampling: {
      entry: 'drawLine',
      on: {
        'flow.done': { target: 'counting', actions: 'takeImages' },
        'flow.dry': { target: 'idle', actions: 'flowFailed' },
        'flow.refused': { target: 'idle', actions: 'flowRefused' },
        abort: { target: 'rinsing', actions: 'stopped' },
      },
    },
    drawing: {
      after: { draw: { target: 'counting', actions: ['drawPlace', 'takeImages'] } },
      on: { abort: { target: 'rinsing', actions: 'stopped' } },
    },
    counting: {
      after: { analysis: { target: 'idle', actions: 'counted' } },
      on: { abort: { target: 'rinsing', actions: 'stopped' } },
    },
    rinsing: { after: { rinse: 'idle' } },
  },
});
