import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { defineDevice } from '../../definition/define-device.ts';

/** Stand with one large bag: medium supply or waste. */
export const bagStand = defineDevice({
  type: 'bag-stand',
  title: 'Bag stand',
  description: 'Cooled stand with a 20 L bag on a load cell and a manifold of ports.',
  identity: { model: 'Stand 20', firmware: '1.0.0' },
  size: [0.6, 0.6, 1.2],
  config: {
    outlets: { type: 'integer', title: 'Branches of the manifold', min: 1, max: 8, default: 1 },
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
  },
  commands: {},
  alarms: {},
  places: () => [],
  ports: ({ outlets }) =>
    Array.from({ length: outlets }, (_, i) => ({
      name: i === 0 ? 'bag' : `bag${i + 1}`,
      title: `Bag, branch ${i + 1} of the manifold`,
      position: [(i - (outlets - 1) / 2) * 0.06, -0.31, 1] as const,
      vessel: { own: 'bag' },
    })),
  vessels: () => [
    { name: 'bag', kind: 'bag-20l', pose: { position: [0, 0, 0.35], orientation: [0, 0, 0, 1] } },
  ],
  machine: setup({
    types: {} as { input: { config: unknown } },
    actions: actionNames('coolBag'),
  }).createMachine({
    initial: 'ready',
    entry: 'coolBag',
    states: { ready: {} },
  }),
  initialState: () => ({}),
  effects: {
    coolBag: (ctx) =>
      ctx.plant.setEnvironment('bag', {
        ambientTemperature: ctx.config.temperature,
        heatTransfer: 4,
      }),
  },
  preconditions: {},
  read: { weight: ({ plant }) => plant.vessel('bag')?.mass ?? 0 },
  write: {},
  channels: {},
  appearance: ({ outlets }) => ({ outlets }),
});
