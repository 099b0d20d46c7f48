import { alarm, counted, integer, measured, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
  CONNECTOR,
  MODULE_FRAME,
  MODULE_SIZE,
  MODULE_SOLIDS,
  moduleChannels,
  moduleRead,
  moduleSignals,
  TRANSFER,
} from '../../definition/module-frame.ts';
import { upright } from '../../definition/upright.ts';
import {
  ABORT_COMMAND,
  AIR_ALARM,
  AIR_FAULT,
  FLOW,
  LIQUID_ERRORS,
  MIX_COMMAND,
  MIX_TIME,
  REAGENT_LOW_ALARM,
  workChannels,
  workRead,
  workSignals,
} from '../../definition/work/liquid-commands.ts';
import { liquidPreconditions } from '../../definition/work/liquids.ts';
import {
  refillCommand,
  reservoirChannels,
  reservoirReads,
  reservoirSignals,
  reservoirVessels,
} from '../../definition/work/reservoirs.ts';
import { workMachine } from '../../definition/work/work-machine.ts';
import { fillAtRest, fillModuleEffects, RESERVOIRS } from './effects.ts';
import { checkBag, checkFilling, checkFormulation } from './preconditions.ts';

const COMMANDS = ['addFinal', 'mix', 'fill', 'seal', 'loadBags', 'refill'];
const STEPS = [
  'adding',
  'mixing',
  'presenting',
  'priming',
  'filling',
  'weighing',
  'sealing',
  'loading',
  'refilling',
];
const MOST_BAGS = 50;

/** Formulates the product, fills it into a bag out of a magazine and seals the bag. */
export const fillModule = defineDevice({
  type: 'fill-module',
  title: 'Fill module',
  description:
    'Adds formulation buffer and cryoprotectant, fills a product bag by weight, seals it.',
  identity: { model: 'Fill C1', firmware: '1.3.0' },
  size: MODULE_SIZE,
  config: {
    mixTime: MIX_TIME,
    holdUp: quantity('mL', 'Volume lost in the tube', [0, 10], 0.8),
    magazine: integer('Bags that the magazine holds', [1, MOST_BAGS], 20),
    presentTime: quantity('s', 'Time to bring a bag out', [1, 120], 8),
    primeTime: quantity('s', 'Time to prime the tube', [0.1, 120], 10),
    sealTime: quantity('s', 'Time to seal', [0.5, 60], 8),
  },
  quirks: [
    'The bag bears the label of the cassette from which it is filled.',
    'The first filling of a bag loses the hold-up of the tube.',
    'The cassette is shaken while it is emptied: nothing stays as a pellet.',
    'A seal is final; a bag that stands there unsealed can be topped up.',
  ],
  signals: {
    ...moduleSignals,
    ...workSignals,
    ...reservoirSignals(RESERVOIRS),
    weight: measured('g', 'Weight of the bag', [0, 600], 0.01, {
      period: 0.5,
      noise: 0.02,
      lag: 0.5,
    }),
    bag: {
      kind: 'text',
      title: 'Bag',
      description: 'Bag at its place, empty when there is none.',
      direction: 'output',
    },
    bagSealed: { kind: 'boolean', title: 'Bag sealed', direction: 'output' },
    bags: counted('Bags left in the magazine', [0, MOST_BAGS]),
  },
  commands: {
    addFinal: {
      title: 'Formulate',
      description: 'Adds buffer, then cryoprotectant, and shakes; tells the volume in mL.',
      parameters: {
        buffer: quantity('mL', 'Formulation buffer', [0, 500], 0, 'exact'),
        cryoprotectant: quantity('mL', 'Cryoprotectant', [0, 500], 0, 'exact'),
        flow: { ...FLOW, default: 20 },
      },
      errors: LIQUID_ERRORS,
      execution: 'timed',
    },
    mix: MIX_COMMAND,
    fill: {
      title: 'Fill',
      description: 'Fills a volume into a bag by weight; tells the volume in mL and the bag.',
      parameters: {
        volume: quantity('mL', 'Volume', [1, 100], undefined, 'exact'),
        flow: { ...FLOW, default: 30 },
        untilEmpty: {
          type: 'flag',
          title: 'Less is fine when the cassette is empty',
          default: false,
        },
      },
      errors: [...LIQUID_ERRORS, 'PLACE_OCCUPIED', 'WRONG_VESSEL'],
      execution: 'timed',
    },
    seal: {
      title: 'Seal',
      description: 'Makes the bag be sealed; tells the bag.',
      parameters: {},
      errors: ['NO_VESSEL', 'MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    loadBags: {
      title: 'Load bags',
      description: 'An operator fills the magazine with bags; tells how many there are.',
      parameters: {},
      errors: ['MALFUNCTION', 'ABORTED'],
      execution: 'timed',
    },
    refill: refillCommand(RESERVOIRS),
    abort: ABORT_COMMAND,
  },
  alarms: {
    airInLine: AIR_ALARM,
    reagentLow: REAGENT_LOW_ALARM,
    bagsLow: alarm('low', 'Few bags left', 'The magazine is nearly empty.', 'Load bags.'),
    deviation: alarm(
      'medium',
      'Filling off target',
      'The bag took more than 3 % less or more than asked.',
      'Check cassette and weight before sealing.',
    ),
    sealFailed: alarm(
      'high',
      'Seal failed',
      'The seal bar did not reach its temperature.',
      'Have the bar repaired and seal again.',
    ),
  },
  faults: {
    airInLine: AIR_FAULT,
    coldSeal: { title: 'Cold seal bar', description: 'Bags cannot be sealed.' },
  },
  solids: () => MODULE_SOLIDS,
  places: () => [
    TRANSFER,
    CONNECTOR,
    {
      name: 'product',
      title: 'Product bag',
      pose: upright(0.22, -0.25, 0.62),
      accepts: ['product-bag'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [],
  vessels: () => [
    MODULE_FRAME,
    ...reservoirVessels(RESERVOIRS),
    { name: 'drops', kind: 'reservoir', pose: upright(0.22, 0.05, 0.62), waste: true },
  ],
  body: () => 'frame',
  powered: 'dock',
  machine: workMachine(COMMANDS, STEPS),
  initialState: fillAtRest,
  effects: fillModuleEffects,
  preconditions: {
    mix: liquidPreconditions.mix,
    addFinal: checkFormulation,
    fill: checkFilling,
    seal: checkBag,
  },
  read: {
    ...moduleRead,
    ...workRead,
    ...reservoirReads(RESERVOIRS),
    weight: ({ plant }) => plant.vesselAt('product')?.mass ?? 0,
    bag: ({ plant }) => plant.vesselAt('product')?.id ?? '',
    bagSealed: ({ plant }) => plant.vesselAt('product')?.sealed ?? false,
    bags: ({ state }) => state.bags,
  },
  write: {},
  channels: {
    ...moduleChannels,
    ...workChannels,
    ...reservoirChannels(RESERVOIRS),
    magazine: ({ state, config }) => state.bags / config.magazine,
    valve: ({ machineState }) => Number(machineState === 'filling'),
    sealBar: ({ machineState }) => Number(machineState === 'sealing'),
  },
  appearance: ({ magazine }) => ({ reservoirs: RESERVOIRS.length, magazine }),
});
