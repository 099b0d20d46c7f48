import { refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { bagFillerEffects, type BagFillerState } from './effects.ts';
import { bagFillerMachine } from './machine.ts';

/** Fills the final product into a bag by weight and seals it. */
export const bagFiller = defineDevice({
  type: 'bag-filler',
  title: 'Bag filler',
  description: 'Draws product from an open bottle, fills a bag by weight and seals its tube.',
  identity: { model: 'Fill 1', firmware: '2.2.0' },
  size: [0.6, 0.45, 0.5],
  config: {
    holdUp: {
      type: 'quantity',
      title: 'Volume lost in the tube',
      unit: 'mL',
      min: 0,
      max: 10,
      default: 0.8,
      fidelity: 'assumed',
    },
    fillCv: {
      type: 'quantity',
      title: 'Coefficient of variation of a filling',
      unit: '%',
      min: 0,
      max: 10,
      default: 0.7,
      fidelity: 'assumed',
    },
    primeTime: {
      type: 'quantity',
      title: 'Time to prime the tube',
      unit: 's',
      min: 0.1,
      max: 120,
      default: 10,
      fidelity: 'assumed',
    },
    sealTime: {
      type: 'quantity',
      title: 'Time to seal',
      unit: 's',
      min: 0.5,
      max: 60,
      default: 8,
      fidelity: 'assumed',
    },
    sealFailureRate: {
      type: 'quantity',
      title: 'Share of seals that fail',
      unit: '%',
      min: 0,
      max: 100,
      default: 0,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'The first filling from a bottle loses the hold-up of the tube.',
    'The source is swirled while it fills: nothing stays as a pellet.',
    'A seal is final: a sealed bag takes nothing more.',
  ],
  signals: {
    weight: {
      kind: 'number',
      title: 'Weight of the bag',
      direction: 'output',
      unit: 'g',
      range: [0, 600],
      resolution: 0.01,
      sensor: { period: 0.5, noise: 0.02, lag: 0.5 },
      fidelity: 'assumed',
    },
    filled: {
      kind: 'number',
      title: 'Filled by the present command',
      direction: 'output',
      unit: 'mL',
      range: [0, 250],
      resolution: 0.1,
      fidelity: 'assumed',
    },
    bagPresent: { kind: 'boolean', title: 'Bag in its place', direction: 'output' },
    bagSealed: { kind: 'boolean', title: 'Bag sealed', direction: 'output' },
  },
  commands: {
    fill: {
      title: 'Fill',
      description: 'Fills a volume into the bag by weight.',
      parameters: {
        volume: {
          type: 'quantity',
          title: 'Volume',
          unit: 'mL',
          min: 1,
          max: 250,
          fidelity: 'exact',
        },
        flow: {
          type: 'quantity',
          title: 'Flow',
          unit: 'mL/min',
          min: 1,
          max: 200,
          default: 30,
          fidelity: 'exact',
        },
        untilEmpty: {
          type: 'flag',
          title: 'Less is fine when the bottle is empty',
          default: false,
        },
      },
      errors: [
        'NO_VESSEL',
        'VESSEL_CAPPED',
        'INTERLOCK',
        'INSUFFICIENT_VOLUME',
        'OVERFLOW',
        'ABORTED',
      ],
      execution: 'timed',
    },
    seal: {
      title: 'Seal',
      description: 'Makes the bag be sealed.',
      parameters: {},
      errors: ['NO_VESSEL', 'MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    exchangeSet: {
      title: 'Exchange the set',
      description: 'An operator puts in new tubing; the drops of the old leave with it.',
      parameters: {},
      errors: ['ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Shuts the valve; what is in the bag stays.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
    reset: {
      title: 'Reset',
      description: 'Makes ready again after a seal has failed.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
  },
  alarms: {
    deviation: {
      title: 'Filling off target',
      priority: 'medium',
      latching: false,
      cause: 'The bag took more than 3 % less or more than asked.',
      action: 'Check the source and the weight before sealing.',
    },
    sealFailed: {
      title: 'Seal failed',
      priority: 'high',
      latching: true,
      cause: 'The seal bar did not reach its temperature.',
      action: 'Reset and seal again.',
    },
  },
  solids: () => [
    block([-0.3, -0.225, 0], [0, 0.225, 0.1]),
    block([0, -0.225, 0], [0.3, 0.225, 0.12]),
    block([-0.3, 0.02, 0.1], [0.3, 0.225, 0.5]),
  ],
  places: () => [
    {
      name: 'source',
      title: 'Product bottle',
      pose: upright(-0.15, -0.1, 0.1),
      accepts: ['bottle-250', 'bottle-500', 'tube-50'],
      open: true,
      robot: true,
    },
    {
      name: 'bag',
      title: 'Bag on the scale',
      pose: upright(0.15, -0.1, 0.12),
      accepts: ['product-bag', 'cryobag'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [],
  vessels: () => [{ name: 'drops', kind: 'reservoir', pose: upright(0, 0.12, 0.02) }],
  machine: bagFillerMachine,
  initialState: (): BagFillerState => ({
    asked: 0,
    real: 0,
    moved: 0,
    untilEmpty: false,
    primedWith: '',
  }),
  effects: bagFillerEffects,
  preconditions: {
    fill: ({ id, plant, config, state }, { volume, untilEmpty }) => {
      const source = plant.vesselAt('source');
      if (source === undefined) return refusal('NO_VESSEL', `there is no vessel in ${id}.source`);
      const bag = plant.vesselAt('bag');
      if (bag === undefined) return refusal('NO_VESSEL', `there is no bag in ${id}.bag`);
      if (source.capped) {
        return refusal('VESSEL_CAPPED', `${source.id} in ${id} is capped; uncap it first`);
      }
      if (bag.sealed) return refusal('INTERLOCK', `${bag.id} in ${id} is sealed already`);
      const needed = Number(volume) + (state.primedWith === source.id ? 0 : config.holdUp);
      if (untilEmpty !== true && source.volume < needed) {
        const millilitres = fromSi(source.volume, 'mL').toFixed(1);
        const message = `${source.id} holds only ${millilitres} mL, the tube's hold-up included`;
        return refusal('INSUFFICIENT_VOLUME', message);
      }
      if (bag.volume + Math.min(Number(volume), source.volume) <= bag.capacity) return undefined;
      return refusal('OVERFLOW', `${bag.id} has not enough room`);
    },
    seal: ({ id, plant }) =>
      plant.vesselAt('bag') === undefined
        ? refusal('NO_VESSEL', `there is no bag in ${id}.bag`)
        : undefined,
  },
  read: {
    weight: ({ plant }) => plant.vesselAt('bag')?.mass ?? 0,
    filled: ({ state }) => state.moved,
    bagPresent: ({ plant }) => plant.vesselAt('bag') !== undefined,
    bagSealed: ({ plant }) => plant.vesselAt('bag')?.sealed ?? false,
  },
  write: {},
  channels: {
    valve: ({ machineState }) => (machineState === 'filling' ? 1 : 0),
    sealBar: ({ machineState }) => (machineState === 'sealing' ? 1 : 0),
  },
  appearance: () => ({}),
});
