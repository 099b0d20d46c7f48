import { refusal } from '../../../kernel/error-catalogue.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { upright } from '../../definition/upright.ts';
import { balanceEffects, type BalanceState, load } from './effects.ts';
import { balanceMachine } from './machine.ts';

/** Most that may lie on the pan when zeroing, as a share of the capacity; common practice. */
const ZERO_RANGE = 0.02;

/** Precision balance with one pan. */
export const balance = defineDevice({
  type: 'balance',
  title: 'Balance',
  description: 'Precision balance for bottles, tubes and bags.',
  identity: { model: 'Scale 2000', firmware: '3.0.1' },
  size: [0.21, 0.32, 0.1],
  config: {
    settleTime: {
      type: 'quantity',
      title: 'Settling time',
      unit: 's',
      min: 0.1,
      max: 30,
      default: 1.5,
      fidelity: 'assumed',
    },
    repeatability: {
      type: 'quantity',
      title: 'Repeatability',
      unit: 'mg',
      min: 0,
      max: 10_000,
      default: 10,
      fidelity: 'assumed',
    },
    capacity: {
      type: 'quantity',
      title: 'Capacity',
      unit: 'g',
      min: 1,
      max: 50_000,
      default: 2200,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'The signal follows the load at once; only the commands wait until it is steady.',
    'Zeroing also clears the tare.',
  ],
  signals: {
    weight: {
      kind: 'number',
      title: 'Net weight',
      direction: 'output',
      unit: 'g',
      range: [-2200, 2200],
      resolution: 0.01,
      sensor: { period: 0.2, noise: 0.01, lag: 0.3 },
      fidelity: 'assumed',
    },
    tare: {
      kind: 'number',
      title: 'Tare',
      direction: 'output',
      unit: 'g',
      range: [-2200, 2200],
      resolution: 0.01,
      fidelity: 'exact',
    },
    stable: {
      kind: 'boolean',
      title: 'Ready',
      description: 'False while a weighing waits for a steady load.',
      direction: 'output',
    },
    loaded: { kind: 'boolean', title: 'Vessel on the pan', direction: 'output' },
  },
  commands: {
    weigh: {
      title: 'Weigh',
      description: 'Waits for a steady load and gives net and gross weight in grams.',
      parameters: {},
      errors: ['MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    tare: {
      title: 'Tare',
      description: 'Makes the present load the tare.',
      parameters: {},
      errors: ['MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    zero: {
      title: 'Zero',
      description: 'Makes the empty pan show zero.',
      parameters: {},
      errors: ['PLACE_OCCUPIED', 'MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Ends waiting for a steady load.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    overload: {
      title: 'Overload',
      priority: 'high',
      latching: false,
      cause: 'The load exceeds the capacity.',
      action: 'Take the load off and weigh again.',
    },
    unsteady: {
      title: 'Load unsteady',
      priority: 'low',
      latching: false,
      cause: 'The load kept changing during a weighing.',
      action: 'Stop what fills or touches the vessel and weigh again.',
    },
  },
  places: () => [
    {
      name: 'pan',
      title: 'Pan',
      pose: upright(0, -0.05, 0.1),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial', 'cryobag', 'product-bag'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [],
  vessels: () => [],
  machine: balanceMachine,
  initialState: (): BalanceState => ({ zero: 0, tare: 0, task: '', lastLoad: 0, looks: 0 }),
  effects: balanceEffects,
  preconditions: {
    zero: ({ id, plant, config }) =>
      load(plant) > ZERO_RANGE * config.capacity
        ? refusal('PLACE_OCCUPIED', `something stands on ${id}; take it off before zeroing`)
        : undefined,
  },
  read: {
    weight: ({ plant, state }) => load(plant) - state.zero - state.tare,
    tare: ({ state }) => state.tare,
    stable: ({ machineState }) => machineState === 'idle',
    loaded: ({ plant }) => plant.vesselAt('pan') !== undefined,
  },
  write: {},
  channels: {},
  appearance: () => ({}),
});
