import { coolingRate } from '../../../bio-models/passage.ts';
import type { Vec3 } from '../../../kernel/pose.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { rampAt } from '../../../physics/heat/ramp.ts';
import { positionOf } from '../../../physics/mechanism/travel.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { chest } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { freezerEffects, type FreezerState, placeName, startAt } from './effects.ts';
import { freezerMachine } from './machine.ts';

const MOST_PLACES = 4;

/** Distance between places [m]. */
const PITCH = 0.15;

/** Outer size [m]. */
const SIZE: Vec3 = [0.7, 0.7, 0.9];

/** Height of the rack in the chest [m]; assumed. */
const SHELF = 0.65;

/** Cools product bags at a set rate through freezing. */
export const controlledRateFreezer = defineDevice({
  type: 'controlled-rate-freezer',
  title: 'Controlled-rate freezer',
  description: 'Chest cooled by nitrogen vapour along a ramp, with a motorised door on top.',
  identity: { model: 'Ramp 4', firmware: '2.0.4' },
  size: SIZE,
  config: {
    places: { type: 'integer', title: 'Places', min: 1, max: MOST_PLACES, default: 2 },
    startTemperature: {
      type: 'quantity',
      title: 'Chamber temperature at the start',
      unit: 'Cel',
      min: -100,
      max: 25,
      default: 4,
      fidelity: 'assumed',
    },
    conductance: {
      type: 'quantity',
      title: 'Conductance from chamber gas to a bag',
      unit: 'W/K',
      min: 0.1,
      max: 20,
      default: 3,
      fidelity: 'assumed',
    },
    fastestRate: {
      type: 'quantity',
      title: 'Fastest ramp of the chamber',
      unit: 'K/min',
      min: 1,
      max: 50,
      default: 10,
      fidelity: 'assumed',
    },
    doorTime: {
      type: 'quantity',
      title: 'Door travel',
      unit: 's',
      min: 0.5,
      max: 60,
      default: 5,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'The bag stays behind the chamber while it freezes: the heat of fusion has to go out.',
    'The chamber keeps its temperature while the door is open, but frost grows in it.',
  ],
  signals: {
    chamberTemperature: {
      kind: 'number',
      title: 'Chamber temperature',
      direction: 'output',
      unit: 'Cel',
      range: [-196, 60],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.1 },
      fidelity: 'assumed',
    },
    productTemperature: {
      kind: 'number',
      title: 'Temperature of the bag in place 1',
      direction: 'output',
      unit: 'Cel',
      range: [-196, 60],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.1 },
      fidelity: 'assumed',
    },
    coolingRate: {
      kind: 'number',
      title: 'Mean cooling rate of the bag in place 1 between -5 and -40 °C',
      direction: 'output',
      unit: 'K/min',
      range: [0, 100],
      resolution: 0.01,
      fidelity: 'assumed',
    },
    door: {
      kind: 'number',
      title: 'Door openness',
      direction: 'output',
      unit: '%',
      range: [0, 100],
      resolution: 1,
      fidelity: 'exact',
    },
    occupied: {
      kind: 'integer',
      title: 'Vessels inside',
      direction: 'output',
      range: [0, MOST_PLACES],
    },
  },
  commands: {
    openDoor: {
      title: 'Open door',
      description: 'Makes the door be open.',
      parameters: {},
      errors: [],
      execution: 'timed',
      functionalUnit: 'Door',
    },
    closeDoor: {
      title: 'Close door',
      description: 'Makes the door be closed.',
      parameters: {},
      errors: [],
      execution: 'timed',
      functionalUnit: 'Door',
    },
    freeze: {
      title: 'Freeze',
      description: 'Ramps the chamber down and ends when the contents have followed.',
      parameters: {
        rate: {
          type: 'quantity',
          title: 'Ramp',
          unit: 'K/min',
          min: 0.1,
          max: 10,
          default: 1,
          fidelity: 'exact',
        },
        target: {
          type: 'quantity',
          title: 'End temperature',
          unit: 'Cel',
          min: -150,
          max: -20,
          default: -80,
          fidelity: 'exact',
        },
      },
      errors: ['LID_OPEN', 'NO_VESSEL', 'ABORTED'],
      execution: 'timed',
      functionalUnit: 'Chamber',
    },
    hold: {
      title: 'Hold',
      description: 'Brings the chamber to a temperature as fast as it can and stays there.',
      parameters: {
        temperature: {
          type: 'quantity',
          title: 'Temperature',
          unit: 'Cel',
          min: -150,
          max: 25,
          default: 4,
          fidelity: 'exact',
        },
      },
      errors: ['LID_OPEN', 'ABORTED'],
      execution: 'timed',
      functionalUnit: 'Chamber',
    },
    abort: {
      title: 'Abort',
      description: 'Stops the ramp; the chamber holds the temperature it has.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT', 'WRONG_STATE'],
      execution: 'abort',
      functionalUnit: 'Chamber',
    },
  },
  alarms: {
    coolingRateOff: {
      title: 'Cooling rate off',
      priority: 'high',
      latching: true,
      cause: 'A bag froze slower than 0.3 or faster than 3 K/min, which costs cells.',
      action: 'Count after a test thaw; correct the ramp for the next run.',
    },
    doorOpenCold: {
      title: 'Door open while cold',
      priority: 'medium',
      latching: false,
      cause: 'The door is open for more than two minutes and the chamber is below -10 °C.',
      action: 'Close the door; defrost when ice hinders it.',
    },
  },
  solids: () => chest(SIZE, SHELF, 0.06),
  places: ({ places }) =>
    Array.from({ length: places }, (_, i) => ({
      name: placeName(i + 1),
      title: `Place ${i + 1}`,
      pose: upright((i - (places - 1) / 2) * PITCH, -0.15, SHELF),
      accepts: ['cryobag', 'product-bag'],
      open: false,
      robot: true,
    })),
  ports: () => [],
  vessels: () => [],
  machine: freezerMachine,
  initialState: ({ startTemperature }): FreezerState => startAt(startTemperature),
  effects: freezerEffects,
  preconditions: {
    freeze: ({ config, plant, machineState }) => {
      if (machineState.startsWith('open')) return refusal('LID_OPEN', 'close the door first');
      for (let i = 1; i <= config.places; i++) {
        if (plant.vesselAt(placeName(i)) !== undefined) return undefined;
      }
      return refusal('NO_VESSEL', 'the chamber is empty');
    },
    hold: ({ machineState }) =>
      machineState.startsWith('open') ? refusal('LID_OPEN', 'close the door first') : undefined,
  },
  read: {
    chamberTemperature: ({ state, now }) => rampAt(state.chamber, now),
    productTemperature: ({ plant, state, now }) => {
      const vessel = plant.vesselAt(placeName(1));
      if (vessel === undefined) return rampAt(state.chamber, now);
      return plant.temperature(vessel.id);
    },
    coolingRate: ({ plant, state }) => {
      const vessel = plant.vesselAt(placeName(1))?.id;
      const probe = state.probes.find((candidate) => candidate.vessel === vessel);
      return probe === undefined ? 0 : coolingRate(probe.passage);
    },
    door: ({ state, now }) => positionOf(state.door, now),
    occupied: ({ config, plant }) => {
      let count = 0;
      for (let i = 1; i <= config.places; i++) {
        if (plant.vesselAt(placeName(i)) !== undefined) count += 1;
      }
      return count;
    },
  },
  write: {},
  channels: {
    door: ({ state, now }) => positionOf(state.door, now),
    fan: ({ machineState }) => (machineState === 'freezing' ? 1 : 0),
  },
  appearance: ({ places }) => ({ places }),
});
