import { setup } from 'xstate';
import { actionNames } from '../../definition/action-names.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { PlantReader } from '../../definition/plant-port.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';

/** Distance of neighbouring places [m]: a 76 mm bottle and the fingers of a gripper; assumed. */
const PITCH = 0.13;
const COLUMNS = 4;

function placeNames(positions: number): string[] {
  return Array.from({ length: positions }, (_, i) => `rack${i + 1}`);
}

function occupants(plant: PlantReader, positions: number) {
  return placeNames(positions).flatMap((name) => plant.vesselAt(name) ?? []);
}

/** Passive rack of bottles, tubes and bags in carriers, with presence sensors. */
export const bottleRack = defineDevice({
  type: 'bottle-rack',
  title: 'Bottle rack',
  description: 'Passive rack for bottles, tubes and bags in carriers, with presence sensors.',
  identity: { model: 'Rack 8', firmware: '1.0.0' },
  size: [0.54, 0.28, 0.08],
  config: {
    positions: { type: 'integer', title: 'Positions', min: 1, max: 8, default: 8 },
  },
  quirks: ['A presence sensor sees that something stands there, not what.'],
  signals: {
    occupied: {
      kind: 'integer',
      title: 'Occupied places',
      direction: 'output',
      range: [0, 8],
    },
    occupancy: {
      kind: 'text',
      title: 'Occupancy',
      description: 'One character per place in order: 1 occupied, 0 free.',
      direction: 'output',
    },
    volume: {
      kind: 'number',
      title: 'Liquid in the rack',
      description: 'Sum over the bottles by the load cell under the rack, tare removed.',
      direction: 'output',
      unit: 'mL',
      range: [0, 4000],
      resolution: 1,
      sensor: { period: 1, noise: 0.5 },
      fidelity: 'assumed',
    },
  },
  commands: {},
  alarms: {},
  solids: () => [block([-0.27, -0.14, 0], [0.27, 0.14, 0.02])],
  places: ({ positions }) =>
    placeNames(positions).map((name, i) => ({
      name,
      title: `Rack place ${i + 1}`,
      pose: upright(
        ((i % COLUMNS) - (COLUMNS - 1) / 2) * PITCH,
        (Math.floor(i / COLUMNS) - 0.5) * PITCH,
        0.02,
      ),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial', 'cryobag', 'product-bag'],
      open: true,
      robot: true,
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
    occupied: ({ plant, config }) => occupants(plant, config.positions).length,
    occupancy: ({ plant, config }) =>
      placeNames(config.positions)
        .map((name) => (plant.vesselAt(name) === undefined ? '0' : '1'))
        .join(''),
    volume: ({ plant, config }) =>
      occupants(plant, config.positions).reduce((sum, { volume }) => sum + volume, 0),
  },
  write: {},
  channels: {},
  appearance: ({ positions }) => ({ positions, columns: COLUMNS, pitch: PITCH }),
});
