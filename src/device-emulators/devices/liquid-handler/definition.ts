import { defineDevice } from '../../definition/define-device.ts';
import type { Field } from '../../definition/fields.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { DECK, deckPosition, liquidHandlerEffects } from './effects.ts';
import { liquidHandlerMachine } from './machine.ts';
import { checkMix, checkTransfer } from './preconditions.ts';
import { headPosition, type LiquidHandlerState, PARKED } from './state.ts';

const FROM: Field = { type: 'choice', title: 'Source', options: DECK };
const LAYER: Field = {
  type: 'choice',
  title: 'Part of the contents',
  options: ['mixed', 'supernatant'],
  default: 'mixed',
};
const VOLUME: Field = {
  type: 'quantity',
  title: 'Volume',
  unit: 'mL',
  min: 0.05,
  max: 500,
  fidelity: 'exact',
};
const UNTIL_EMPTY: Field = {
  type: 'flag',
  title: 'Less is fine when less is there',
  default: false,
};
const HANDLING_ERRORS = [
  'NO_VESSEL',
  'VESSEL_CAPPED',
  'INSUFFICIENT_VOLUME',
  'OVERFLOW',
  'INTERLOCK',
  'MALFUNCTION',
  'ABORTED',
] as const;

/** Four-channel pipetting robot with a deck for open bottles and tubes. */
export const liquidHandler = defineDevice({
  type: 'liquid-handler',
  title: 'Liquid handler',
  description: 'Gantry with four pipettes, disposable tips, six deck places and a waste port.',
  identity: { model: 'Pipette 4', firmware: '5.2.1' },
  size: [1, 0.6, 0.75],
  config: {
    channelFlow: {
      type: 'quantity',
      title: 'Flow of one channel',
      unit: 'mL/min',
      min: 6,
      max: 600,
      default: 120,
      fidelity: 'assumed',
    },
    moveTime: {
      type: 'quantity',
      title: 'Travel between places',
      unit: 's',
      min: 0.2,
      max: 20,
      default: 2,
      fidelity: 'assumed',
    },
    tipTime: {
      type: 'quantity',
      title: 'Time to fetch or drop tips',
      unit: 's',
      min: 1,
      max: 60,
      default: 6,
      fidelity: 'assumed',
    },
    tips: { type: 'integer', title: 'Tips when loaded', min: 4, max: 960, default: 384 },
    clotRate: {
      type: 'quantity',
      title: 'Share of strokes that clog',
      unit: '%',
      min: 0,
      max: 100,
      default: 0,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'The reported volume is what the pipettes were told; ISO 8655 errors stay unseen.',
    'Liquid is given along the wall: a pellet in the receiving vessel stays until it is mixed.',
    'Fewer than three mixing strokes leave a pellet lying.',
    'The stroke in progress when aborted goes back to its source.',
  ],
  signals: {
    tips: { kind: 'integer', title: 'Tips left', direction: 'output', range: [0, 960] },
    moved: {
      kind: 'number',
      title: 'Volume moved by the present command',
      direction: 'output',
      unit: 'mL',
      range: [0, 500],
      resolution: 0.01,
      fidelity: 'exact',
    },
    deck: {
      kind: 'text',
      title: 'Occupancy of the deck',
      description: 'One character per place in order: 1 occupied, 0 free.',
      direction: 'output',
    },
    waste: {
      kind: 'number',
      title: 'Liquid waste',
      direction: 'output',
      unit: 'L',
      range: [0, 25],
      resolution: 0.01,
      sensor: { period: 1, noise: 0.005 },
      fidelity: 'assumed',
    },
  },
  commands: {
    transfer: {
      title: 'Transfer',
      description: 'Pipettes a volume from one vessel into another.',
      parameters: {
        from: FROM,
        to: { type: 'choice', title: 'Destination', options: [...DECK, 'waste'] },
        volume: VOLUME,
        layer: LAYER,
        untilEmpty: UNTIL_EMPTY,
      },
      errors: HANDLING_ERRORS,
      execution: 'timed',
    },
    discard: {
      title: 'Discard',
      description: 'Pipettes a volume into the waste.',
      parameters: { from: FROM, volume: VOLUME, layer: LAYER, untilEmpty: UNTIL_EMPTY },
      errors: HANDLING_ERRORS,
      execution: 'timed',
    },
    mix: {
      title: 'Mix',
      description: 'Resuspends a pellet by drawing and giving in place.',
      parameters: {
        place: { type: 'choice', title: 'Place', options: DECK },
        cycles: { type: 'integer', title: 'Strokes', min: 1, max: 50, default: 10 },
      },
      errors: ['NO_VESSEL', 'VESSEL_CAPPED', 'INTERLOCK', 'MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    loadTips: {
      title: 'Load tips',
      description: 'Makes the tip racks be full.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
    exchangeSet: {
      title: 'Exchange the set',
      description: 'An operator fills the tip racks up and puts in an empty waste bag.',
      parameters: {},
      errors: ['ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Stops and retracts.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
    reset: {
      title: 'Reset',
      description: 'Drops the tips after a clot and makes ready.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
  },
  alarms: {
    clot: {
      title: 'Channel clogged',
      priority: 'high',
      latching: true,
      cause: 'The pressure in a channel showed a clot or a lost tip.',
      action: 'Reset, mix the vessel and repeat.',
    },
    tipsLow: {
      title: 'Few tips left',
      priority: 'low',
      latching: false,
      cause: 'Fewer than eight tips are left.',
      action: 'Load tips.',
    },
  },
  solids: () => [
    block([-0.5, -0.3, 0], [0.5, 0.3, 0.03]),
    // Back wall with the gantry's rail, tip racks under the parked gantry, waste port.
    block([-0.5, 0.22, 0.03], [0.5, 0.3, 0.75]),
    block([-0.5, -0.3, 0.03], [-0.33, 0.22, 0.75]),
    block([0.37, -0.11, 0.03], [0.47, 0.11, 0.12]),
  ],
  places: () =>
    DECK.map((name, i) => ({
      name,
      title: `Deck place ${i + 1}`,
      pose: upright(...deckPosition(name)),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial'],
      open: true,
      robot: true,
    })),
  ports: () => [
    { name: 'drain', title: 'Waste', position: [0.46, 0, 0.02], vessel: { own: 'waste' } },
  ],
  vessels: () => [{ name: 'waste', kind: 'bag-20l', pose: upright(0.42, 0, -0.5), waste: true }],
  machine: liquidHandlerMachine,
  initialState: ({ tips }): LiquidHandlerState => ({
    tips,
    work: undefined,
    path: [{ at: 0, position: PARKED }],
    pathSince: 0,
  }),
  effects: liquidHandlerEffects,
  preconditions: {
    transfer: (context, parameters) => checkTransfer(context, parameters, String(parameters.to)),
    discard: (context, parameters) => checkTransfer(context, parameters, 'waste'),
    mix: checkMix,
  },
  read: {
    tips: ({ state }) => state.tips,
    moved: ({ state }) =>
      state.work === undefined || state.work.kind === 'mix' ? 0 : state.work.moved,
    deck: ({ plant }) =>
      DECK.map((place) => (plant.vesselAt(place) === undefined ? '0' : '1')).join(''),
    waste: ({ plant }) => plant.volume('waste'),
  },
  write: {},
  channels: {
    headX: ({ state, now }) => headPosition(state, now)[0],
    headY: ({ state, now }) => headPosition(state, now)[1],
    headZ: ({ state, now }) => headPosition(state, now)[2],
    tipsOn: ({ state }) => state.work?.plan.channels ?? 0,
  },
  appearance: () => ({ channels: 4, positions: DECK.length }),
});
