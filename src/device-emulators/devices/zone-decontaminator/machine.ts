import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

/** Durations of the parts of a cycle [s]. */
interface Context {
  readonly conditioningTime: number;
  readonly exposureTime: number;
  readonly aerationTime: number;
}

type Event = { type: 'decontaminate' } | { type: 'abort' };

/** Conditions, exposes and aerates the zone; an aborted cycle is aerated too. Delays in ms. */
export const zoneDecontaminatorMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Context } },
  actions: actionNames('begun', 'exposed', 'ended'),
  delays: {
    conditioning: ({ context }) => context.conditioningTime * 1000,
    exposure: ({ context }) => context.exposureTime * 1000,
    aeration: ({ context }) => context.aerationTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({
    conditioningTime: config.conditioningTime,
    exposureTime: config.exposureTime,
    aerationTime: config.aerationTime,
  }),
  initial: 'idle',
  states: {
    idle: { on: { decontaminate: { target: 'conditioning', actions: 'begun' } } },
    conditioning: {
      after: { conditioning: 'exposing' },
      on: { abort: 'airing' },
    },
    exposing: {
      after: { exposure: { target: 'aerating', actions: 'exposed' } },
      on: { abort: 'airing' },
    },
    aerating: {
      after: { aeration: { target: 'idle', actions: ['ended', 'complete'] } },
    },
    airing: { after: { aeration: { target: 'idle', actions: 'ended' } } },
  },
});
