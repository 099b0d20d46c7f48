import { assign, setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import type { ModuleEvent } from '../../definition/module-events.ts';

interface Config {
  readonly liftTime: number;
  readonly handTime: number;
  readonly flow: number;
}

type Event =
  | ModuleEvent
  | { type: 'store' | 'retrieve' | 'releaseManually' | 'stop'; slot: number }
  | { type: 'incubate'; slot: number; agitation: number }
  | { type: 'setPerfusion'; slot: number; rate: number }
  | { type: 'feed' | 'exchange'; slot: number; volume: number }
  | { type: 'lift.freed' }
  | { type: 'pulse'; slot: number; number: number };

const PUMP = { target: 'pumping', actions: ['timePump', 'pumpingBegun'] } as const;

/**
 * The lift carries one cassette at a time, the pump serves one slot at a time; climate, gas and
 * perfusion of all slots go on beside them. Delays in ms.
 */
export const incubationMachine = setup({
  types: {} as {
    context: Config & {
      readonly pumpTime: number;
      /** Whether the lift holds a cassette. */
      readonly isLoaded: boolean;
    };
    events: Event;
    input: { config: Config };
  },
  actions: {
    ...actionNames(
      'liftBegun',
      'liftArrived',
      'liftTurned',
      'liftStopped',
      'liftReturned',
      'handBegun',
      'handReleased',
      'pumpingBegun',
      'pumped',
      'pumpStopped',
      'incubated',
      'perfusionSet',
      'slotStopped',
      'pulsed',
      'controlled',
    ),
    load: assign({ isLoaded: true }),
    unload: assign({ isLoaded: false }),
    timePump: assign({
      pumpTime: ({ event, context }) => ('volume' in event ? event.volume / context.flow : 0),
    }),
  },
  guards: { isLoaded: ({ context }) => context.isLoaded },
  delays: {
    lift: ({ context }) => context.liftTime * 1000,
    hand: ({ context }) => context.handTime * 1000,
    pump: ({ context }) => context.pumpTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({
    liftTime: config.liftTime,
    handTime: config.handTime,
    flow: config.flow,
    pumpTime: 0,
    isLoaded: false,
  }),
  initial: 'idle',
  on: {
    incubate: { actions: 'incubated' },
    setPerfusion: { actions: 'perfusionSet' },
    stop: { actions: 'slotStopped' },
    pulse: { actions: 'pulsed' },
    breakdown: { actions: 'controlled' },
    repaired: { actions: 'controlled' },
    'power.lost': { actions: 'controlled' },
    'power.on': { actions: 'controlled' },
    'supply.changed': { actions: 'controlled' },
    'coupling.changed': { actions: 'controlled' },
  },
  states: {
    idle: {
      on: {
        store: { target: 'lifting', actions: ['load', 'liftBegun'] },
        retrieve: { target: 'lifting', actions: ['load', 'liftBegun'] },
        releaseManually: { target: 'releasing', actions: 'handBegun' },
        feed: PUMP,
        exchange: PUMP,
      },
    },
    lifting: {
      after: { lift: { target: 'idle', actions: ['unload', 'liftArrived'] } },
      on: {
        abort: { target: 'returning', actions: 'liftTurned' },
        breakdown: { target: 'stuck', actions: ['liftStopped', 'controlled'] },
        'power.lost': { target: 'stuck', actions: ['liftStopped', 'controlled'] },
      },
    },
    returning: {
      after: { lift: { target: 'idle', actions: ['unload', 'liftReturned'] } },
      on: {
        breakdown: { target: 'stuck', actions: ['liftStopped', 'controlled'] },
        'power.lost': { target: 'stuck', actions: ['liftStopped', 'controlled'] },
      },
    },
    stuck: {
      on: {
        'lift.freed': { target: 'idle', actions: 'unload' },
        repaired: { target: 'returning', actions: ['liftTurned', 'controlled'] },
        'power.on': { target: 'returning', actions: ['liftTurned', 'controlled'] },
        releaseManually: { target: 'releasing', actions: 'handBegun' },
      },
    },
    releasing: {
      after: {
        hand: [
          { guard: 'isLoaded', target: 'stuck', actions: 'handReleased' },
          { target: 'idle', actions: 'handReleased' },
        ],
      },
      on: { abort: [{ guard: 'isLoaded', target: 'stuck' }, { target: 'idle' }] },
    },
    pumping: {
      after: { pump: { target: 'idle', actions: 'pumped' } },
      on: {
        abort: { target: 'idle', actions: 'pumpStopped' },
        breakdown: { target: 'idle', actions: ['pumpStopped', 'controlled'] },
        'power.lost': { target: 'idle', actions: ['pumpStopped', 'controlled'] },
      },
    },
  },
});
