import { refusal } from '../../../kernel/error-catalogue.ts';
import { positionOf } from '../../../physics/mechanism/travel.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { tubeLockEffects, type TubeLockState, UP } from './effects.ts';
import { tubeLockMachine } from './machine.ts';

/** Where tubing from outside ends above an open vessel in the clean zone, behind a valve. */
export const tubeLock = defineDevice({
  type: 'tube-lock',
  title: 'Tube lock',
  description: 'Nozzle station: lowers the end of a tubing line into a vessel and opens its valve.',
  identity: { model: 'Pass 6', firmware: '1.0.3' },
  size: [0.25, 0.3, 0.5],
  config: {
    lines: { type: 'reference', to: 'line', many: true, title: 'Lines behind the valve' },
    strokeTime: {
      type: 'quantity',
      title: 'Nozzle travel',
      unit: 's',
      min: 0.5,
      max: 60,
      default: 5,
      fidelity: 'assumed',
    },
  },
  quirks: ['Raising the nozzle shuts the valve: the last drops stay in the tubing.'],
  signals: {
    valveOpen: { kind: 'boolean', title: 'Valve open', direction: 'output' },
    vesselPresent: { kind: 'boolean', title: 'Vessel under the nozzle', direction: 'output' },
    nozzle: {
      kind: 'number',
      title: 'Nozzle lowered',
      direction: 'output',
      unit: '%',
      range: [0, 100],
      resolution: 1,
      fidelity: 'exact',
    },
  },
  commands: {
    openValve: {
      title: 'Open valve',
      description: 'Lowers the nozzle into the open vessel and opens the valve.',
      parameters: {},
      errors: ['NO_VESSEL', 'VESSEL_CAPPED', 'ABORTED'],
      execution: 'timed',
    },
    closeValve: {
      title: 'Close valve',
      description: 'Shuts the valve and raises the nozzle.',
      parameters: {},
      errors: ['INTERLOCK'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Shuts the valve and raises the nozzle.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {},
  solids: () => [
    block([-0.125, -0.15, 0], [0.125, 0.15, 0.06]),
    block([-0.125, 0.04, 0.06], [0.125, 0.15, 0.5]),
  ],
  places: () => [
    {
      name: 'nozzle',
      title: 'Under the nozzle',
      pose: upright(0, -0.05, 0.06),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [
    {
      name: 'line',
      title: 'Tubing',
      position: [0, 0.14, 0.35],
      vessel: { place: 'nozzle' },
      manifold: true,
    },
  ],
  vessels: () => [],
  machine: tubeLockMachine,
  initialState: (): TubeLockState => ({ ...UP }),
  effects: tubeLockEffects,
  preconditions: {
    openValve: ({ id, plant, state }) => {
      const vessel = plant.vesselAt('nozzle');
      if (vessel === undefined) return refusal('NO_VESSEL', `no vessel stands in ${id}.nozzle`);
      if (vessel.capped && !state.open) {
        return refusal('VESSEL_CAPPED', `${vessel.id} in ${id}.nozzle is capped; uncap it first`);
      }
      return undefined;
    },
    closeValve: ({ config, plant }) => {
      const flowing = config.lines.find((line) => (plant.line(line)?.flow ?? 0) !== 0);
      if (flowing === undefined) return undefined;
      return refusal('INTERLOCK', `liquid flows in ${flowing}; stop its pump first`);
    },
  },
  read: {
    valveOpen: ({ state }) => state.open,
    vesselPresent: ({ plant }) => plant.vesselAt('nozzle') !== undefined,
    nozzle: ({ state, now }) => positionOf(state.nozzle, now),
  },
  write: {},
  channels: {
    nozzle: ({ state, now }) => positionOf(state.nozzle, now),
    valve: ({ state }) => (state.open ? 1 : 0),
  },
  appearance: () => ({}),
});
