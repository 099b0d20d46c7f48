import { defineDevice } from '../../definition/define-device.ts';
import type { Field } from '../../definition/fields.ts';
import type { SignalDeclaration } from '../../definition/signal.ts';
import { block } from '../../definition/solids.ts';
import { upright } from '../../definition/upright.ts';
import { magneticSeparatorEffects, type MagneticSeparatorState, remainingTime } from './effects.ts';
import { magneticSeparatorMachine } from './machine.ts';
import { checkBeads, checkSeparation, checkTarget } from './preconditions.ts';

const BOTTLES = ['bottle-250', 'bottle-500'];
const RESERVOIRS = ['selectionBeads', 'activationBeads', 'buffer'] as const;

function level(title: string): SignalDeclaration {
  return {
    kind: 'number',
    title,
    direction: 'output',
    unit: 'mL',
    range: [0, 25_000],
    resolution: 0.1,
    sensor: { period: 10, noise: 0.2 },
    fidelity: 'assumed',
  };
}

function volume(title: string, min: number, max: number, preset: number): Field {
  return {
    type: 'quantity',
    title,
    unit: 'mL',
    min,
    max,
    default: preset,
    fidelity: 'assumed',
  };
}

function temperature(preset: number): Field {
  return {
    type: 'quantity',
    title: 'Temperature of the bottle',
    unit: 'Cel',
    min: 4,
    max: 40,
    default: preset,
    fidelity: 'exact',
  };
}

function duration(unit: 'min' | 'h', max: number, preset: number): Field {
  return {
    type: 'quantity',
    title: 'Duration',
    unit,
    min: 0.05,
    max,
    default: preset,
    fidelity: 'exact',
  };
}

/** Magnetic cell separator with reagent reservoirs and a heated place for activation. */
export const magneticSeparator = defineDevice({
  type: 'magnetic-separator',
  title: 'Magnetic separator',
  description: 'Labels cells with magnetic beads, selects them on a column, activates them.',
  identity: { model: 'Magnet M2', firmware: '1.9.3' },
  size: [0.8, 0.5, 0.6],
  config: {
    flow: {
      type: 'quantity',
      title: 'Flow through the column',
      unit: 'mL/min',
      min: 0.5,
      max: 20,
      default: 5,
      fidelity: 'assumed',
    },
    washVolume: {
      type: 'quantity',
      title: 'Buffer to wash the column',
      unit: 'mL',
      min: 1,
      max: 500,
      default: 60,
      fidelity: 'assumed',
    },
    elutionVolume: {
      type: 'quantity',
      title: 'Buffer to elute the cells',
      unit: 'mL',
      min: 1,
      max: 200,
      default: 40,
      fidelity: 'assumed',
    },
    kLa: {
      type: 'quantity',
      title: 'Oxygen transfer into the incubated bottle',
      unit: '/h',
      min: 0.1,
      max: 20,
      default: 3,
      fidelity: 'assumed',
    },
    clogRate: {
      type: 'quantity',
      title: 'Share of separations that clog',
      unit: '%',
      min: 0,
      max: 100,
      default: 0,
      fidelity: 'assumed',
    },
  },
  quirks: [
    'The device knows volumes and times, not purity or yield: count afterwards.',
    'A separation aborted before its end flushes the column back into the input bottle.',
    'A slower flow holds more labelled cells; a shorter labelling fewer.',
  ],
  signals: {
    temperature: {
      kind: 'number',
      title: 'Temperature of the target bottle',
      direction: 'output',
      unit: 'Cel',
      range: [0, 60],
      resolution: 0.1,
      sensor: { period: 10, noise: 0.05 },
      fidelity: 'assumed',
    },
    remainingTime: {
      kind: 'number',
      title: 'Remaining time',
      direction: 'output',
      unit: 'min',
      range: [0, 6000],
      resolution: 0.1,
      fidelity: 'exact',
    },
    selectionBeads: level('Selection beads left'),
    activationBeads: level('Activation beads left'),
    buffer: level('Buffer left'),
    waste: level('Liquid waste'),
  },
  commands: {
    label: {
      title: 'Label',
      description: 'Adds selection beads to the input bottle and lets them bind.',
      parameters: {
        duration: duration('min', 120, 30),
        beads: volume('Selection beads', 0.1, 50, 5),
        temperature: temperature(20),
      },
      errors: ['NO_VESSEL', 'VESSEL_CAPPED', 'INSUFFICIENT_VOLUME', 'OVERFLOW', 'ABORTED'],
      execution: 'timed',
    },
    separate: {
      title: 'Separate',
      description: 'Sends the input over the column: labelled cells into the target bottle.',
      parameters: {},
      errors: [
        'NO_VESSEL',
        'VESSEL_CAPPED',
        'INTERLOCK',
        'INSUFFICIENT_VOLUME',
        'OVERFLOW',
        'MALFUNCTION',
        'ABORTED',
      ],
      execution: 'timed',
    },
    activate: {
      title: 'Activate',
      description: 'Adds activation beads to the target bottle and incubates it.',
      parameters: {
        duration: duration('h', 96, 24),
        beads: volume('Activation beads', 0.1, 100, 10),
        temperature: temperature(37),
      },
      errors: ['NO_VESSEL', 'VESSEL_CAPPED', 'INSUFFICIENT_VOLUME', 'OVERFLOW', 'ABORTED'],
      execution: 'timed',
    },
    incubate: {
      title: 'Incubate',
      description: 'Keeps the target bottle warm and gassed without adding anything.',
      parameters: { duration: duration('h', 96, 1), temperature: temperature(37) },
      errors: ['NO_VESSEL', 'VESSEL_CAPPED', 'ABORTED'],
      execution: 'timed',
    },
    removeBeads: {
      title: 'Remove beads',
      description: 'Holds the beads of the target bottle on the magnet and takes them away.',
      parameters: { duration: duration('min', 60, 5) },
      errors: ['NO_VESSEL', 'VESSEL_CAPPED', 'ABORTED'],
      execution: 'timed',
    },
    exchangeSet: {
      title: 'Exchange the set',
      description:
        'An operator puts in a new column with its tubing and an empty waste bag, and fills up what is nearly empty.',
      parameters: {},
      errors: ['ABORTED'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'Ends the present step; heating stops.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
    reset: {
      title: 'Reset',
      description: 'Flushes a clogged column back and makes ready.',
      parameters: {},
      errors: [],
      execution: 'instant',
    },
  },
  alarms: {
    columnClogged: {
      title: 'Column clogged',
      priority: 'high',
      latching: true,
      cause: 'Clumps hold the flow up.',
      action: 'Reset; mix the input bottle and separate again.',
    },
    reagentLow: {
      title: 'Reagent low',
      priority: 'low',
      latching: false,
      cause: 'A reservoir is nearly empty.',
      action: 'Exchange the set before the next batch; reservoirs are filled up with it.',
    },
    wasteFull: {
      title: 'Waste full',
      priority: 'medium',
      latching: false,
      cause: 'The waste bag is more than nine tenths full.',
      action: 'Change the waste bag.',
    },
  },
  solids: () => [
    block([-0.4, -0.25, 0], [0.4, 0.25, 0.06]),
    block([-0.35, 0, 0.06], [0.35, 0.25, 0.6]),
  ],
  places: () =>
    (['input', 'target'] as const).map((name, i) => ({
      name,
      title: name === 'input' ? 'Cells to select' : 'Selected cells',
      pose: upright(i === 0 ? -0.2 : 0.2, -0.12, 0.06),
      accepts: BOTTLES,
      open: true,
      robot: true,
    })),
  ports: () => [
    { name: 'drain', title: 'Waste', position: [0.38, 0.2, 0.05], vessel: { own: 'waste' } },
    { name: 'buffer', title: 'Buffer', position: [-0.38, 0.2, 0.05], vessel: { own: 'buffer' } },
  ],
  vessels: () => [
    ...RESERVOIRS.map((name, i) => ({
      name,
      kind: 'reservoir',
      pose: upright((i - 1) * 0.15, 0.15, 0.3),
    })),
    { name: 'waste', kind: 'bag-20l', pose: upright(0.3, 0.1, -0.5), waste: true },
  ],
  machine: magneticSeparatorMachine,
  initialState: (): MagneticSeparatorState => ({
    stepSince: 0,
    stepTime: 0,
    labelledVessel: '',
    labellingTime: 0,
    stocks: 0,
  }),
  effects: magneticSeparatorEffects,
  preconditions: {
    label: (context, { beads }) => checkBeads(context, 'input', 'selectionBeads', Number(beads)),
    separate: checkSeparation,
    activate: (context, { beads }) =>
      checkBeads(context, 'target', 'activationBeads', Number(beads)),
    incubate: checkTarget,
    removeBeads: checkTarget,
  },
  read: {
    temperature: ({ plant }) => {
      const vessel = plant.vesselAt('target');
      return vessel === undefined ? plant.zoneAir().temperature : plant.temperature(vessel.id);
    },
    remainingTime: ({ state, now }) => remainingTime(state, now),
    selectionBeads: ({ plant }) => plant.volume('selectionBeads'),
    activationBeads: ({ plant }) => plant.volume('activationBeads'),
    buffer: ({ plant }) => plant.volume('buffer'),
    waste: ({ plant }) => plant.volume('waste'),
  },
  write: {},
  channels: {
    busy: ({ machineState }) => (machineState === 'idle' ? 0 : 1),
    magnet: ({ machineState }) =>
      ['loading', 'washing', 'debeading'].includes(machineState) ? 1 : 0,
  },
  appearance: () => ({ reservoirs: RESERVOIRS.length }),
});
