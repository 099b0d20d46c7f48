import { assign, setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';

/** A filling is moved in this many parts, so that the scale shows it and an abort leaves a part. */
export const PARTS = 20;

interface Config {
  readonly primeTime: number;
  readonly sealTime: number;
}

interface Context extends Config {
  readonly partsLeft: number;
  /** [s] */
  readonly partTime: number;
}

type Event =
  | { type: 'fill'; volume: number; flow: number }
  | { type: 'seal' }
  | { type: 'exchangeSet' }
  | { type: 'abort' }
  | { type: 'reset' }
  | { type: 'source.empty' }
  | { type: 'seal.already' }
  | { type: 'seal.failed' };

/** Primes the tube, fills by weight part by part; seals. Delays in milliseconds. */
export const bagFillerMachine = setup({
  types: {} as { context: Context; events: Event; input: { config: Config } },
  actions: actionNames(
    'fillStarted',
    'primed',
    'partMoved',
    'filled',
    'stopped',
    'sealStarted',
    'sealed',
    'sealDone',
    'sealFailed',
    'cleared',
    'setExchanged',
  ),
  guards: { isLastPart: ({ context }) => context.partsLeft <= 1 },
  delays: {
    // An operator needs ten minutes from outside, through gloves; assumed.
    exchange: 600_000,
    prime: ({ context }) => context.primeTime * 1000,
    part: ({ context }) => context.partTime * 1000,
    seal: ({ context }) => context.sealTime * 1000,
  },
}).createMachine({
  context: ({ input: { config } }) => ({
    primeTime: config.primeTime,
    sealTime: config.sealTime,
    partsLeft: 0,
    partTime: 1,
  }),
  initial: 'idle',
  states: {
    idle: {
      on: {
        fill: {
          target: 'priming',
          actions: [
            assign({
              partsLeft: PARTS,
              partTime: ({ event }) => event.volume / event.flow / PARTS,
            }),
            'fillStarted',
          ],
        },
        seal: { target: 'sealing', actions: 'sealStarted' },
        reset: {},
        exchangeSet: 'exchanging',
      },
    },
    exchanging: {
      after: { exchange: { target: 'idle', actions: ['setExchanged', 'complete'] } },
      on: { abort: 'idle' },
    },
    priming: {
      after: { prime: { target: 'filling', actions: 'primed' } },
      on: { abort: { target: 'idle', actions: 'stopped' } },
    },
    filling: {
      after: {
        part: [
          { guard: 'isLastPart', target: 'idle', actions: ['partMoved', 'filled'] },
          {
            target: 'filling',
            reenter: true,
            actions: [assign({ partsLeft: ({ context }) => context.partsLeft - 1 }), 'partMoved'],
          },
        ],
      },
      on: {
        'source.empty': { target: 'idle', actions: 'filled' },
        abort: { target: 'idle', actions: 'stopped' },
      },
    },
    sealing: {
      after: { seal: { target: 'idle', actions: ['sealed', 'sealDone', 'complete'] } },
      on: {
        'seal.already': { target: 'idle', actions: ['sealDone', 'complete'] },
        'seal.failed': { target: 'error', actions: 'sealFailed' },
        abort: { target: 'idle', actions: 'sealDone' },
      },
    },
    error: { on: { reset: { target: 'idle', actions: 'cleared' } } },
  },
});
