import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import type { ModuleEvent } from '../../definition/module-events.ts';

/** Steps of a connection, in their order, and what the machine is called during each. */
export const STEPS = {
  couple: 'coupling',
  seal: 'sealing',
  sterilise: 'sterilising',
  leakTest: 'testing',
  open: 'opening',
  close: 'closing',
  decouple: 'decoupling',
} as const;
export type Step = keyof typeof STEPS;
/** A step by itself, or one of the two sequences. */
export type Goal = Step | 'connect' | 'disconnect';

/** Configuration: times in s. */
interface Times {
  readonly coupleTime: number;
  readonly sealTime: number;
  readonly steriliseTime: number;
  readonly testTime: number;
  readonly valveTime: number;
}

type Event =
  | ModuleEvent
  | { type: Goal; head: number; ports?: string }
  | { type: 'renewHead'; head: number }
  | { type: `next.${Step}` }
  | { type: 'goal.reached' }
  | { type: `fault.${'leak' | 'noLock' | 'worn'}${'' | '.ended'}` };

const BEGIN = { target: 'choosing', actions: 'begun' } as const;

const CUT = { target: 'idle', actions: 'stopped' } as const;
/** Without power the springs of the valves shut them. */
const DEAD = { target: 'idle', actions: ['stopped', 'shut'] } as const;
const INTERRUPTED = { abort: CUT, breakdown: DEAD, 'power.lost': DEAD } as const;

/** One step: it takes its time, then the body tells what comes next. */
const step = <const S extends Step>(name: S) =>
  ({
    entry: { type: 'stepBegun', params: { step: name } },
    after: {
      [name]: { target: 'choosing', actions: { type: 'stepDone', params: { step: name } } },
    },
    on: INTERRUPTED,
  }) as const;

/**
 * Goes from step to step until what was asked for is reached; which step is missing depends on the head
 * and on what stands before it, so the body names it. A step cut short has not happened. Delays in ms.
 */
export const connectorMachine = setup({
  types: {} as { context: Times; events: Event; input: { config: Times } },
  actions: actionNames(
    'begun',
    'choose',
    'stepBegun',
    'stepDone',
    'finished',
    'stopped',
    'shut',
    'faultChanged',
    'headRenewed',
  ),
  delays: {
    couple: ({ context }) => context.coupleTime * 1000,
    seal: ({ context }) => context.sealTime * 1000,
    sterilise: ({ context }) => context.steriliseTime * 1000,
    leakTest: ({ context }) => context.testTime * 1000,
    open: ({ context }) => context.valveTime * 1000,
    close: ({ context }) => context.valveTime * 1000,
    decouple: ({ context }) => context.coupleTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({ ...config }),
  initial: 'idle',
  on: {
    breakdown: { actions: 'shut' },
    'power.lost': { actions: 'shut' },
    'fault.leak': { actions: 'faultChanged' },
    'fault.leak.ended': { actions: 'faultChanged' },
    'fault.noLock': { actions: 'faultChanged' },
    'fault.noLock.ended': { actions: 'faultChanged' },
    'fault.worn': { actions: 'faultChanged' },
    'fault.worn.ended': { actions: 'faultChanged' },
  },
  states: {
    idle: {
      on: {
        couple: BEGIN,
        seal: BEGIN,
        sterilise: BEGIN,
        leakTest: BEGIN,
        open: BEGIN,
        close: BEGIN,
        decouple: BEGIN,
        connect: BEGIN,
        disconnect: BEGIN,
        renewHead: { actions: 'headRenewed' },
      },
    },
    choosing: {
      entry: 'choose',
      on: {
        'next.couple': 'coupling',
        'next.seal': 'sealing',
        'next.sterilise': 'sterilising',
        'next.leakTest': 'testing',
        'next.open': 'opening',
        'next.close': 'closing',
        'next.decouple': 'decoupling',
        'goal.reached': { target: 'idle', actions: 'finished' },
        ...INTERRUPTED,
      },
    },
    coupling: step('couple'),
    sealing: step('seal'),
    sterilising: step('sterilise'),
    testing: step('leakTest'),
    opening: step('open'),
    closing: step('close'),
    decoupling: step('decouple'),
  },
});
