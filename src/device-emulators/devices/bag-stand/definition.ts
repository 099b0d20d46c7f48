import { LIQUID_NAMES } from '../../../bio-models/liquids.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { EffectContext } from '../../definition/device.ts';
import { bagStandMachine } from './machine.ts';

const BAG = 'bag-20l';
/** Share of a bag with which people have time to come; assumed. */
const MARGIN = 0.2;

/** Stand with one large bag: medium supply or waste. */
export const bagStand = defineDevice({
  type: 'bag-stand',
  title: 'Bag stand',
  description: 'Cooled stand with a 20 L bag on a load cell and a manifold of ports.',
  identity: { model: 'Stand 20', firmware: '1.0.0' },
  size: [0.6, 0.6, 1.2],
  config: {
    outlets: { type: 'integer', title: 'Branches of the manifold', min: 1, max: 8, default: 1 },
    use: { type: 'choice', title: 'Use', options: ['supply', 'waste'], default: 'supply' },
    liquid: {
      type: 'choice',
      title: 'Liquid in new bags',
      options: [...LIQUID_NAMES],
      default: 'expansion-medium',
    },
    fill: {
      type: 'quantity',
      title: 'Volume in new bags',
      unit: 'L',
      min: 1,
      max: 20,
      default: 18,
      fidelity: 'assumed',
    },
    temperature: {
      type: 'quantity',
      title: 'Temperature of the cabinet',
      unit: 'Cel',
      min: 2,
      max: 40,
      default: 5,
      fidelity: 'assumed',
    },
  },
  quirks: ['The load cell shows the whole bag; tubing that pulls on it adds some grams.'],
  signals: {
    weight: {
      kind: 'number',
      title: 'Weight of the bag',
      direction: 'output',
      unit: 'kg',
      range: [0, 30],
      resolution: 0.001,
      sensor: { period: 1, noise: 0.0005 },
      fidelity: 'assumed',
    },
    exchangeDue: {
      kind: 'boolean',
      title: 'Bag to be exchanged',
      description: 'A fifth is left, or of a waste bag a fifth is free.',
      direction: 'output',
    },
  },
  commands: {
    exchangeBag: {
      title: 'Exchange the bag',
      description:
        'An operator puts in another bag: a full one, or an empty one for waste. The old one leaves with what it holds.',
      parameters: {},
      errors: ['ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'The old bag stays.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {},
  places: () => [],
  ports: ({ outlets }) =>
    Array.from({ length: outlets }, (_, i) => ({
      name: i === 0 ? 'bag' : `bag${i + 1}`,
      title: `Bag, branch ${i + 1} of the manifold`,
      position: [(i - (outlets - 1) / 2) * 0.06, -0.31, 1] as const,
      vessel: { own: 'bag' },
    })),
  vessels: ({ use }) => [
    {
      name: 'bag',
      kind: BAG,
      pose: { position: [0, 0, 0.35], orientation: [0, 0, 0, 1] },
      waste: use === 'waste',
    },
  ],
  machine: bagStandMachine,
  initialState: () => ({ exchanged: 0 }),
  effects: {
    coolBag: (ctx) => cool(ctx),
    exchanged: (ctx) => {
      const { use, liquid, fill, temperature } = ctx.config;
      ctx.state.exchanged += 1;
      const lot = `${ctx.id}-${ctx.state.exchanged}`;
      const full = { liquid, volume: fill, temperature, lot };
      ctx.plant.refill('bag', use === 'waste' ? undefined : full);
      cool(ctx);
    },
  },
  preconditions: {},
  read: {
    weight: ({ plant }) => plant.vessel('bag')?.mass ?? 0,
    exchangeDue: ({ plant, config }) => {
      const share = plant.volume('bag') / (plant.vessel('bag')?.capacity ?? 1);
      return config.use === 'waste' ? share > 1 - MARGIN : share < MARGIN;
    },
  },
  write: {},
  channels: {},
  appearance: ({ outlets }) => ({ outlets }),
});

/** The cabinet holds the bag at its temperature. */
function cool(ctx: EffectContext<{ readonly temperature: number }, unknown>): void {
  ctx.plant.setEnvironment('bag', {
    ambientTemperature: ctx.config.temperature,
    heatTransfer: 4,
  });
}
