import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { upright } from '../../definition/upright.ts';

const MOST_PLACES = 8;
const COLUMNS = 4;

/** Distance between places [m]; assumed. */
const PITCH = 0.14;

/** Conductance from nitrogen vapour to a bag or vial in its cassette [W/K]; assumed. */
const CONDUCTANCE = 0.5;

function placeNames(places: number): string[] {
  return Array.from({ length: places }, (_, i) => `place${i + 1}`);
}

/** Nitrogen vapour store outside the enclosure, served by operators: starting material and products. */
export const cryoStore = defineDevice({
  type: 'cryo-store',
  title: 'Cryo store',
  description:
    'Vessel with nitrogen vapour that keeps frozen bags and vials; an operator serves it.',
  identity: { model: 'Vapour 8', firmware: '1.0.0' },
  size: [0.8, 0.6, 0.95],
  config: {
    places: { type: 'integer', title: 'Places', min: 1, max: MOST_PLACES, default: 8 },
    temperature: {
      type: 'quantity',
      title: 'Temperature of the vapour',
      unit: 'Cel',
      min: -190,
      max: -60,
      default: -150,
      fidelity: 'assumed',
    },
  },
  quirks: ['The probe hangs at the top of the store, where it is warmest.'],
  signals: {
    temperature: {
      kind: 'number',
      title: 'Temperature of the vapour',
      direction: 'output',
      unit: 'Cel',
      range: [-196, 40],
      resolution: 0.1,
      sensor: { period: 10, noise: 0.2 },
      fidelity: 'assumed',
    },
    occupied: {
      kind: 'integer',
      title: 'Occupied places',
      direction: 'output',
      range: [0, MOST_PLACES],
    },
  },
  commands: {},
  alarms: {},
  places: ({ places, temperature }) =>
    placeNames(places).map((name, i) => ({
      name,
      title: `Place ${i + 1}`,
      pose: upright(
        ((i % COLUMNS) - (COLUMNS - 1) / 2) * PITCH,
        (Math.floor(i / COLUMNS) - 0.5) * 0.2,
        0.55,
      ),
      accepts: ['cryobag', 'product-bag', 'vector-vial', 'tube-50'],
      open: true,
      robot: false,
      environment: { ambientTemperature: temperature, heatTransfer: CONDUCTANCE },
    })),
  ports: () => [],
  vessels: () => [],
  machine: setup({ actions: actionNames() }).createMachine({
    initial: 'ready',
    states: { ready: {} },
  }),
  initialState: () => ({}),
  effects: {},
  preconditions: {},
  read: {
    temperature: ({ config }) => config.temperature,
    occupied: ({ plant, config }) =>
      placeNames(config.places).filter((name) => plant.vesselAt(name) !== undefined).length,
  },
  write: {},
  channels: {},
  appearance: ({ places }) => ({ places }),
});
