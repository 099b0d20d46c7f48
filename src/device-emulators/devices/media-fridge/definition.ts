import type { Vec3 } from '../../../kernel/pose.ts';
import { settled } from '../../../physics/mechanism/relaxation.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { chest } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import {
  airTemperature,
  doorOpenness,
  mediaFridgeEffects,
  type MediaFridgeState,
  shelfNames,
} from './effects.ts';
import { mediaFridgeMachine } from './machine.ts';

/** Distance of neighbouring places [m]; assumed. */
const PITCH = 0.13;
/** Conductance from a bottle's contents to the moving cold air [W/K]; assumed. */
const BOTTLE_CONDUCTANCE = 0.8;

/** Outer size [m]. */
const SIZE: Vec3 = [0.7, 0.45, 0.6];

/** Height of the shelf in the chest [m]; assumed. */
const SHELF = 0.36;

/** Chest fridge with a sliding top door, so that a robot can reach every bottle from above. */
export const mediaFridge = defineDevice({
  type: 'media-fridge',
  title: 'Media fridge',
  description: 'Chest fridge for media, buffers and reagents with a motorised sliding door on top.',
  identity: { model: 'Cool 8', firmware: '1.2.0' },
  size: SIZE,
  config: {
    positions: { type: 'integer', title: 'Positions', min: 1, max: 8, default: 8 },
    setpoint: {
      type: 'quantity',
      title: 'Set temperature',
      unit: 'Cel',
      min: 2,
      max: 8,
      default: 4,
      fidelity: 'assumed',
    },
    doorTime: {
      type: 'quantity',
      title: 'Door travel',
      unit: 's',
      min: 0.5,
      max: 60,
      default: 3,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'The sensor measures the air: it warms within minutes when the door is open, the bottles do not.',
    'After the door was open the air needs some ten minutes to settle.',
  ],
  signals: {
    temperature: {
      kind: 'number',
      title: 'Air temperature',
      direction: 'output',
      unit: 'Cel',
      range: [-10, 50],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.05, lag: 20 },
      fidelity: 'assumed',
    },
    door: {
      kind: 'enum',
      title: 'Door',
      direction: 'output',
      values: ['closed', 'moving', 'open'],
    },
    occupied: { kind: 'integer', title: 'Occupied places', direction: 'output', range: [0, 8] },
  },
  commands: {
    openDoor: {
      title: 'Open door',
      description: 'Makes the door be open.',
      parameters: {},
      errors: [],
      execution: 'timed',
    },
    closeDoor: {
      title: 'Close door',
      description: 'Makes the door be closed.',
      parameters: {},
      errors: [],
      execution: 'timed',
    },
  },
  alarms: {
    doorOpen: {
      title: 'Door open',
      priority: 'medium',
      latching: false,
      cause: 'The door is open for more than two minutes.',
      action: 'Close the door.',
    },
    temperatureHigh: {
      title: 'Fridge too warm',
      priority: 'high',
      latching: false,
      cause: 'The air inside is above 8 °C.',
      action: 'Close the door; if it is closed, check the cooling and move the media.',
    },
  },
  solids: () => chest(SIZE, SHELF, 0.04),
  places: ({ positions, setpoint }) =>
    shelfNames(positions).map((name, i) => ({
      name,
      title: `Place ${i + 1}`,
      pose: upright(((i % 4) - 1.5) * PITCH, (Math.floor(i / 4) - 0.5) * PITCH, SHELF),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial', 'cryobag', 'product-bag'],
      open: false,
      robot: true,
      environment: { ambientTemperature: setpoint, heatTransfer: BOTTLE_CONDUCTANCE },
    })),
  ports: () => [],
  vessels: () => [],
  machine: mediaFridgeMachine,
  initialState: ({ setpoint }): MediaFridgeState => ({
    doorFrom: 0,
    doorTo: 0,
    doorSince: 0,
    air: settled(setpoint),
    openedAt: 0,
  }),
  effects: mediaFridgeEffects,
  preconditions: {},
  read: {
    temperature: airTemperature,
    door: (ctx) => {
      const openness = doorOpenness(ctx);
      return openness <= 0 ? 'closed' : openness >= 1 ? 'open' : 'moving';
    },
    occupied: ({ plant, config }) =>
      shelfNames(config.positions).filter((name) => plant.vesselAt(name) !== undefined).length,
  },
  write: {},
  channels: { door: doorOpenness },
  appearance: ({ positions }) => ({ positions }),
});
