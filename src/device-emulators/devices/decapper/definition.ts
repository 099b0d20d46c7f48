import { refusal } from '../../../kernel/error-catalogue.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { decapperEffects, type DecapperState, spindleAngle } from './effects.ts';
import { decapperMachine } from './machine.ts';

/** Takes screw caps off and puts them on again; the caps wait in a magazine. */
export const decapper = defineDevice({
  type: 'decapper',
  title: 'Decapper',
  description: 'Clamps a bottle or tube and takes its screw cap off or puts it on.',
  identity: { model: 'Twist 1', firmware: '1.4.0' },
  size: [0.22, 0.3, 0.45],
  config: {
    turnTime: {
      type: 'quantity',
      title: 'Time to turn a cap',
      unit: 's',
      min: 1,
      max: 60,
      default: 6,
      fidelity: 'assumed',
    },
    magazine: { type: 'integer', title: 'Caps that can wait', min: 1, max: 24, default: 12 },
    freshCaps: { type: 'integer', title: 'Fresh caps', min: 0, max: 100, default: 24 },
    jamRate: {
      type: 'quantity',
      title: 'Share of turns that jam',
      unit: '%',
      min: 0,
      max: 100,
      default: 0,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'A bottle that comes back gets its own cap; one that was never here gets a fresh cap.',
    'After a jam the clamp holds the bottle until the device is reset.',
  ],
  signals: {
    occupied: { kind: 'boolean', title: 'Vessel in the clamp', direction: 'output' },
    capOn: { kind: 'boolean', title: 'Cap on the vessel', direction: 'output' },
    heldCaps: {
      kind: 'integer',
      title: 'Caps in the magazine',
      direction: 'output',
      range: [0, 24],
    },
    freshCaps: { kind: 'integer', title: 'Fresh caps left', direction: 'output', range: [0, 100] },
  },
  commands: {
    uncap: {
      title: 'Uncap',
      description: 'Makes the vessel be open.',
      parameters: {},
      errors: ['NO_VESSEL', 'INTERLOCK', 'MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    cap: {
      title: 'Cap',
      description: 'Makes the vessel be capped.',
      parameters: {},
      errors: ['NO_VESSEL', 'INTERLOCK', 'MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Stops turning; the cap stays as it was.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
    reset: {
      title: 'Reset',
      description: 'Frees the clamp after a jam.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
  },
  alarms: {
    jam: {
      title: 'Cap jammed',
      priority: 'high',
      latching: true,
      cause: 'The cap did not turn at the torque limit.',
      action: 'Reset, then try again or take the bottle out.',
    },
  },
  faults: {
    crookedCap: { title: 'Cap sits crooked', description: 'Caps jam half way, until it is reset.' },
  },
  solids: () => [
    block([-0.11, -0.15, 0], [0.11, 0.15, 0.08]),
    block([-0.11, 0.04, 0.08], [0.11, 0.15, 0.45]),
  ],
  places: () => [
    {
      name: 'head',
      title: 'Clamp',
      pose: upright(0, -0.06, 0.08),
      accepts: ['bottle-250', 'bottle-500', 'tube-50', 'vector-vial'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [],
  vessels: () => [],
  machine: decapperMachine,
  initialState: ({ freshCaps }): DecapperState => ({
    heldCaps: [],
    freshCaps,
    turning: 0,
    turningSince: 0,
  }),
  effects: decapperEffects,
  preconditions: {
    uncap: ({ id, plant, state, config }) => {
      const vessel = plant.vesselAt('head');
      if (vessel === undefined) return refusal('NO_VESSEL', `there is no vessel in ${id}.head`);
      if (!vessel.capped || state.heldCaps.length < config.magazine) return undefined;
      return refusal('INTERLOCK', `the magazine of ${id} is full; cap another vessel first`);
    },
    cap: ({ id, plant, state }) => {
      const vessel = plant.vesselAt('head');
      if (vessel === undefined) return refusal('NO_VESSEL', `there is no vessel in ${id}.head`);
      if (vessel.capped || state.freshCaps > 0 || state.heldCaps.includes(vessel.id)) {
        return undefined;
      }
      return refusal('INTERLOCK', `${id} has no cap for ${vessel.id}; refill the fresh caps`);
    },
  },
  read: {
    occupied: ({ plant }) => plant.vesselAt('head') !== undefined,
    capOn: ({ plant }) => plant.vesselAt('head')?.capped ?? false,
    heldCaps: ({ state }) => state.heldCaps.length,
    freshCaps: ({ state }) => state.freshCaps,
  },
  write: {},
  channels: {
    spindle: ({ state, config, now }) => spindleAngle(state, config.turnTime, now),
    clamp: ({ machineState }) => (machineState === 'idle' ? 0 : 1),
  },
  appearance: () => ({}),
});
