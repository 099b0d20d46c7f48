import { beginPassage, warmingRate } from '../../../bio-models/passage.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { upright } from '../../definition/upright.ts';
import { thawEffects, type ThawState } from './effects.ts';
import { thawMachine } from './machine.ts';

const ACCEPTED: readonly string[] = ['cryobag', 'product-bag'];

/** Dry thaw device outside the enclosure: an operator mounts a frozen bag, warm plates thaw it. */
export const thawUnit = defineDevice({
  type: 'thaw-unit',
  title: 'Thaw unit',
  description:
    'Thaws one frozen bag between heated plates and holds it; the bag has a tubing port.',
  identity: { model: 'Thaw 1', firmware: '1.2.0' },
  size: [0.5, 0.5, 0.4],
  config: {
    plateTemperature: {
      type: 'quantity',
      title: 'Plate temperature',
      unit: 'Cel',
      min: 20,
      max: 45,
      default: 40,
      fidelity: 'assumed',
    },
    plateConductance: {
      type: 'quantity',
      title: 'Conductance from plates to bag',
      unit: 'W/K',
      min: 0.2,
      max: 50,
      default: 3,
      fidelity: 'assumed',
    },
    airConductance: {
      type: 'quantity',
      title: 'Conductance from chamber air to bag',
      unit: 'W/K',
      min: 0.01,
      max: 5,
      default: 0.3,
      fidelity: 'assumed',
    },
    coolingRate: {
      type: 'quantity',
      title: 'Rate at which the bags were frozen',
      unit: 'K/min',
      min: 0.1,
      max: 50,
      default: 1,
      fidelity: 'assumed',
    },
    mountTime: {
      type: 'quantity',
      title: 'Time to mount or take off a bag',
      unit: 's',
      min: 1,
      max: 600,
      default: 60,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'A mounted bag warms slowly in the chamber even before the thaw is started.',
    'The sensor touches the bag from outside and lags behind its core.',
  ],
  signals: {
    bagTemperature: {
      kind: 'number',
      title: 'Bag temperature',
      direction: 'output',
      unit: 'Cel',
      range: [-196, 60],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.2, lag: 5 },
      fidelity: 'assumed',
    },
    plateTemperature: {
      kind: 'number',
      title: 'Plate temperature',
      direction: 'output',
      unit: 'Cel',
      range: [0, 60],
      resolution: 0.1,
      sensor: { period: 1, noise: 0.1 },
      fidelity: 'assumed',
    },
    warmingRate: {
      kind: 'number',
      title: 'Warming rate between -50 and -5 °C',
      direction: 'output',
      unit: 'K/min',
      range: [0, 500],
      resolution: 0.1,
      fidelity: 'assumed',
    },
    bagPresent: { kind: 'boolean', title: 'Bag mounted', direction: 'output' },
    bag: { kind: 'text', title: 'Mounted bag', direction: 'output' },
  },
  commands: {
    load: {
      title: 'Load bag',
      description: 'Asks the operator to mount a bag and connect its port.',
      parameters: { bag: { type: 'reference', to: 'vessel', title: 'Bag' } },
      errors: ['UNKNOWN_VESSEL', 'WRONG_VESSEL', 'PLACE_OCCUPIED', 'NO_VESSEL', 'ABORTED'],
      execution: 'timed',
    },
    thaw: {
      title: 'Thaw',
      description: 'Warms the bag to the target, then holds it there.',
      parameters: {
        target: {
          type: 'quantity',
          title: 'Target temperature',
          unit: 'Cel',
          min: 1,
          max: 37,
          default: 15,
          fidelity: 'exact',
        },
      },
      errors: ['NO_VESSEL', 'OUT_OF_RANGE', 'ABORTED'],
      execution: 'timed',
    },
    eject: {
      title: 'Eject bag',
      description: 'Asks the operator to put the bag back where it came from.',
      parameters: {},
      errors: ['NO_VESSEL', 'PLACE_OCCUPIED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Ends mounting or thawing; the bag stays and the plates cool.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    slow: {
      title: 'Thaw too slow',
      priority: 'high',
      latching: false,
      cause: 'The target was not reached within 20 min.',
      action: 'Check the contact of plates and bag; slow warming costs cells.',
    },
  },
  places: () => [
    {
      name: 'bag',
      title: 'Plates',
      pose: upright(0, 0, 0.12),
      accepts: ACCEPTED,
      open: false,
      robot: false,
    },
  ],
  ports: () => [
    { name: 'bag', title: 'Bag port', position: [0, -0.2, 0.1], vessel: { place: 'bag' } },
  ],
  vessels: () => [],
  machine: thawMachine,
  initialState: (): ThawState => ({
    bag: '',
    origin: '',
    target: 0,
    thawingSince: 0,
    passage: beginPassage(0, 0),
  }),
  effects: thawEffects,
  preconditions: {
    load: ({ plant }, { bag }) => {
      const vessel = plant.vessel(String(bag));
      if (vessel === undefined) return refusal('UNKNOWN_VESSEL', `there is no bag "${bag}"`);
      if (!ACCEPTED.includes(vessel.kind)) {
        return refusal('WRONG_VESSEL', `${bag} is a ${vessel.kind}, not a bag that fits`);
      }
      const there = plant.vesselAt('bag');
      if (there !== undefined) return refusal('PLACE_OCCUPIED', `${there.id} is mounted; eject it`);
      if (vessel.place === '') return refusal('NO_VESSEL', `${bag} stands in no place`);
      return undefined;
    },
    thaw: ({ config, plant }, { target }) => {
      if (plant.vesselAt('bag') === undefined) return refusal('NO_VESSEL', 'no bag is mounted');
      if (Number(target) < config.plateTemperature) return undefined;
      return refusal('OUT_OF_RANGE', 'the target is not below the temperature of the plates');
    },
    eject: ({ plant, state }) => {
      if (plant.vesselAt('bag') === undefined) return refusal('NO_VESSEL', 'no bag is mounted');
      if (plant.vesselAt(state.origin) === undefined) return undefined;
      return refusal('PLACE_OCCUPIED', `${state.origin}, where the bag came from, is taken`);
    },
  },
  read: {
    bagTemperature: ({ plant }) => {
      const bag = plant.vesselAt('bag');
      return bag === undefined ? plant.zoneAir().temperature : plant.temperature(bag.id);
    },
    plateTemperature: ({ config, machineState, plant }) =>
      machineState === 'thawing' ? config.plateTemperature : plant.zoneAir().temperature,
    warmingRate: ({ state }) => warmingRate(state.passage),
    bagPresent: ({ plant }) => plant.vesselAt('bag') !== undefined,
    bag: ({ plant }) => plant.vesselAt('bag')?.id ?? '',
  },
  write: {},
  channels: {
    lid: ({ machineState }) => (machineState === 'loading' || machineState === 'ejecting' ? 1 : 0),
    heating: ({ machineState }) => (machineState === 'thawing' ? 1 : 0),
  },
  appearance: () => ({}),
});
