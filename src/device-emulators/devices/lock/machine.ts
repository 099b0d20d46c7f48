import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

interface Context {
  readonly doorTime: number;
  readonly handlingTime: number;
  readonly decontaminationTime: number;
}

type Event =
  | { type: 'openInner' }
  | { type: 'closeInner' }
  | { type: 'openOuter' }
  | { type: 'closeOuter' }
  | { type: 'decontaminate' }
  | { type: 'load'; vessel: string; position: number }
  | { type: 'unload'; position: number; to: string }
  | { type: 'abort' };

/** At most one door is ever away from its frame: there is no state with both. Delays in ms. */
export const lockMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames(
    'innerOpening',
    'innerOpened',
    'innerClosing',
    'innerClosed',
    'outerOpening',
    'outerClosing',
    'outerClosed',
    'handlingBegun',
    'loaded',
    'unloaded',
    'decontaminating',
    'decontaminated',
  ),
  delays: {
    door: ({ context }) => context.doorTime * 1000,
    handling: ({ context }) => context.handlingTime * 1000,
    decontamination: ({ context }) => context.decontaminationTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({
    doorTime: config.doorTime,
    handlingTime: config.handlingTime,
    decontaminationTime: config.decontaminationTime,
  }),
  initial: 'closed',
  states: {
    closed: {
      on: {
        openInner: { target: 'innerOpening', actions: 'innerOpening' },
        openOuter: { target: 'outerOpening', actions: 'outerOpening' },
        closeInner: { actions: 'complete' },
        closeOuter: { actions: 'complete' },
        decontaminate: { target: 'decontaminating', actions: 'decontaminating' },
      },
    },
    innerOpening: {
      after: { door: { target: 'innerOpen', actions: ['innerOpened', 'complete'] } },
    },
    innerOpen: {
      on: {
        openInner: { actions: 'complete' },
        closeInner: { target: 'innerClosing', actions: 'innerClosing' },
        closeOuter: { actions: 'complete' },
      },
    },
    innerClosing: {
      after: { door: { target: 'closed', actions: ['innerClosed', 'complete'] } },
    },
    outerOpening: { after: { door: { target: 'outerOpen', actions: 'complete' } } },
    outerOpen: {
      on: {
        openOuter: { actions: 'complete' },
        closeOuter: { target: 'outerClosing', actions: 'outerClosing' },
        closeInner: { actions: 'complete' },
        load: { target: 'loading', actions: 'handlingBegun' },
        unload: { target: 'unloading', actions: 'handlingBegun' },
      },
    },
    outerClosing: {
      after: { door: { target: 'closed', actions: ['outerClosed', 'complete'] } },
    },
    loading: {
      after: { handling: { target: 'outerOpen', actions: ['loaded', 'complete'] } },
      on: { abort: 'outerOpen' },
    },
    unloading: {
      after: { handling: { target: 'outerOpen', actions: ['unloaded', 'complete'] } },
      on: { abort: 'outerOpen' },
    },
    decontaminating: {
      after: { decontamination: { target: 'closed', actions: ['decontaminated', 'complete'] } },
      on: { abort: 'closed' },
    },
  },
});
