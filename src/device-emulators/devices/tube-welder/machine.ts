import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly weldTime: number;
  readonly sealTime: number;
}

type Event =
  | { type: 'weld'; line: string }
  | { type: 'seal'; line: string }
  | { type: 'renew'; line: string }
  | { type: 'abort' }
  | { type: 'line.ready' };

/**
 * Joins and closes tubing by heat; a line that is as wanted already is left as it is, an aborted weld
 * leaves the ends apart. Delays in ms.
 */
export const welderMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames(
    'begun',
    'skipIfJoined',
    'skipIfParted',
    'welded',
    'sealed',
    'ended',
    'renewed',
  ),
  delays: {
    weld: ({ context }) => context.weldTime * 1000,
    seal: ({ context }) => context.sealTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({ weldTime: config.weldTime, sealTime: config.sealTime }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        weld: { target: 'welding', actions: 'begun' },
        seal: { target: 'sealing', actions: 'begun' },
        renew: { actions: 'renewed' },
      },
    },
    welding: {
      entry: 'skipIfJoined',
      after: { weld: { target: 'idle', actions: ['welded', 'complete'] } },
      on: {
        'line.ready': { target: 'idle', actions: ['ended', 'complete'] },
        abort: { target: 'idle', actions: 'ended' },
      },
    },
    sealing: {
      entry: 'skipIfParted',
      after: { seal: { target: 'idle', actions: ['sealed', 'complete'] } },
      on: {
        'line.ready': { target: 'idle', actions: ['ended', 'complete'] },
        abort: { target: 'idle', actions: 'ended' },
      },
    },
  },
});
