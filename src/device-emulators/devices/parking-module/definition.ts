import { setup } from 'xstate';
import { integer, quantity, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { PlaceDeclaration } from '../../definition/device.ts';
import {
  CASSETTES,
  lamp,
  locationRead,
  locationSignal,
  MODULE_FRAME,
  MODULE_SIZE,
} from '../../definition/module-frame.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';

/** Most cassettes that one module parks, in rows of two. */
const MOST = 6;
/** Height of the deck and distances of the places on it [m]. */
const DECK = 0.6;
const COLUMN = 0.29;
const ROW = 0.225;
/** Conductance from the plate and the still air to a parked cassette [W/K]; assumed. */
const CONDUCTANCE = 1.5;

interface ParkingConfig {
  readonly positions: number;
  readonly temperature: number;
}

const placeName = (number: number): string => `park${number}`;

function parkPlaces({ positions, temperature }: ParkingConfig): readonly PlaceDeclaration[] {
  return Array.from({ length: positions }, (_, i) => ({
    name: placeName(i + 1),
    title: `Parking place ${i + 1}`,
    pose: upright(((i % 2) - 0.5) * COLUMN, (Math.floor(i / 2) - 1) * ROW, DECK + 0.02),
    accepts: CASSETTES,
    open: true,
    robot: true,
    environment: { ambientTemperature: temperature, heatTransfer: CONDUCTANCE },
  }));
}

/** Where cassettes wait, at room temperature or cold. */
export const parkingModule = defineDevice({
  type: 'parking-module',
  title: 'Parking module',
  description: 'Tempered plate on which up to six cassettes wait between two steps.',
  identity: { model: 'Module Parking', firmware: '1.0.0' },
  size: MODULE_SIZE,
  config: {
    positions: integer('Places', [1, MOST], MOST),
    temperature: quantity('Cel', 'Temperature of the plate', [2, 37], 21),
  },
  quirks: ['The plate has so much mass that it keeps its temperature for a day without power.'],
  signals: {
    parked: worded('Parked', 'Vessel in each place, joined by commas.'),
    ...locationSignal,
  },
  commands: {},
  alarms: {},
  solids: () => [block([-0.3, -0.35, 0], [0.3, 0.35, DECK])],
  places: parkPlaces,
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => MODULE_FRAME.name,
  powered: 'dock',
  machine: setup({}).createMachine({ initial: 'idle', states: { idle: {} } }),
  initialState: () => ({}),
  effects: {},
  preconditions: {},
  read: {
    parked: ({ config, plant }) =>
      Array.from(
        { length: config.positions },
        (_, i) => plant.vesselAt(placeName(i + 1))?.id ?? '',
      ).join(','),
    ...locationRead,
  },
  write: {},
  channels: { lamp },
  appearance: ({ positions, temperature }) => ({ positions, cold: temperature < 283.15 }),
});
