import { coolingRate } from '../../../bio-models/passage.ts';
import { refusal } from '../../../kernel/error-catalogue.ts';
import { alarm, measured, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
  lamp,
  locationRead,
  locationSignal,
  MODULE_FRAME,
  MODULE_SIZE,
  MODULE_SOLIDS,
} from '../../definition/module-frame.ts';
import { upright } from '../../definition/upright.ts';
import { ABORT_COMMAND } from '../../definition/work/liquid-commands.ts';
import { workMachine } from '../../definition/work/work-machine.ts';
import { stepShare } from '../../definition/work/work.ts';
import { chamberTemperature, freezerAtRest, freezerModuleEffects } from './effects.ts';

const TEMPERATURE = { period: 1, noise: 0.1 };

/** Freezes one product bag at a set rate. */
export const freezerModule = defineDevice({
  type: 'freezer-module',
  title: 'Freezer module',
  description: 'Chamber for one bag, cooled along a ramp through freezing, then held cold.',
  identity: { model: 'Ramp C1', firmware: '1.1.0' },
  size: MODULE_SIZE,
  config: {
    startTemperature: quantity('Cel', 'Chamber when ready for a bag', [-20, 25], 4),
    conductance: quantity('W/K', 'Conductance from chamber gas to the bag', [0.1, 20], 3),
    hoodTime: quantity('s', 'Hood travel', [0.5, 60], 5),
  },
  quirks: [
    'The bag stays behind the chamber while it freezes: the heat of fusion has to go out.',
    'A frozen bag is held at the target until it is taken; then the chamber makes ready again.',
    'Without power a bag warms behind the insulation.',
  ],
  signals: {
    ...locationSignal,
    occupant: {
      kind: 'text',
      title: 'Occupant',
      description: 'Bag in the chamber, empty when there is none.',
      direction: 'output',
    },
    chamberTemperature: measured('Cel', 'Chamber temperature', [-196, 60], 0.1, TEMPERATURE),
    bagTemperature: measured('Cel', 'Bag temperature', [-196, 60], 0.1, TEMPERATURE),
    coolingRate: measured('K/min', 'Mean cooling rate between -5 and -40 °C', [0, 100], 0.01),
  },
  commands: {
    freeze: {
      title: 'Freeze',
      description:
        'Ramps down and ends when the bag has followed; tells temperature (°C) and coolingRate (K/min).',
      parameters: {
        rate: quantity('K/min', 'Ramp', [0.1, 10], 1, 'exact'),
        target: quantity('Cel', 'End temperature', [-150, -20], -80, 'exact'),
      },
      errors: ['NO_VESSEL', 'ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    abort: ABORT_COMMAND,
  },
  alarms: {
    coolingRateOff: alarm(
      'high',
      'Cooling rate off',
      'A bag froze slower than 0.3 or faster than 3 K/min, which costs cells.',
      'Count after a test thaw; have the valve seen to, or correct the ramp.',
    ),
  },
  faults: {
    slowCooling: {
      title: 'Slow cooling',
      description: 'The nitrogen valve hardly opens: the chamber cools by 0.2 K/min at most.',
    },
  },
  solids: () => MODULE_SOLIDS,
  places: ({ startTemperature, conductance }) => [
    {
      name: 'bag',
      title: 'Bag in the chamber',
      pose: upright(0, -0.18, 0.62),
      accepts: ['product-bag', 'cryobag'],
      open: true,
      robot: true,
      environment: { ambientTemperature: startTemperature, heatTransfer: conductance },
    },
  ],
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => 'frame',
  powered: 'dock',
  machine: workMachine(['freeze'], ['closing', 'freezing']),
  initialState: freezerAtRest,
  effects: freezerModuleEffects,
  preconditions: {
    freeze: ({ id, plant }) =>
      plant.vesselAt('bag') === undefined
        ? refusal('NO_VESSEL', `there is no bag in ${id}.bag; bring one`)
        : undefined,
  },
  read: {
    ...locationRead,
    occupant: ({ plant }) => plant.vesselAt('bag')?.id ?? '',
    chamberTemperature: (context) => chamberTemperature(context),
    bagTemperature: (context) => {
      const bag = context.plant.vesselAt('bag');
      return bag === undefined ? chamberTemperature(context) : context.plant.temperature(bag.id);
    },
    coolingRate: ({ state }) => coolingRate(state.passage),
  },
  write: {},
  channels: {
    lamp,
    occupied: ({ plant }) => Number(plant.vesselAt('bag') !== undefined),
    hood: ({ machineState, state, now }) => {
      if (machineState === 'freezing') return 0;
      return state.work === undefined ? 1 : 1 - stepShare(state.work, now);
    },
    fan: ({ machineState }) => Number(machineState === 'freezing'),
    progress: ({ state, config, now, plant }) => {
      if (state.work?.steps[state.work.index]?.act !== 'freeze') return 0;
      const here = chamberTemperature({ state, config, now, plant });
      return (state.start - here) / Math.max(1, state.start - state.chamber.to);
    },
  },
  appearance: () => ({}),
});
