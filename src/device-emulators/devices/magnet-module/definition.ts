import { alarm, choice, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
  CONNECTOR,
  mediumRead,
  mediumSignal,
  MODULE_FRAME,
  MODULE_SIZE,
  MODULE_SOLIDS,
  moduleChannels,
  moduleRead,
  moduleSignals,
  TRANSFER,
} from '../../definition/module-frame.ts';
import {
  ABORT_COMMAND,
  addCommand,
  AIR_ALARM,
  AIR_FAULT,
  LIQUID_ERRORS,
  MIX_COMMAND,
  MIX_TIME,
  REAGENT_LOW_ALARM,
  REMOVE_COMMAND,
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
import {
  ACTIVATION_BEADS,
  MAGNET_ON,
  magnetAtRest,
  magnetModuleEffects,
  RESERVOIRS,
  SELECTION_BEADS,
} from './effects.ts';
import { checkBeads, checkRemoval, checkSelection } from './preconditions.ts';

const COMMANDS = ['add', 'remove', 'mix', 'select', 'addBeads', 'removeBeads', 'refill'];
const STEPS = [
  'adding',
  'removing',
  'mixing',
  'labelling',
  'loading',
  'washing',
  'eluting',
  'debeading',
  'refilling',
];

/** Liquid handling with an electromagnet beside the cassette: selection, activation, bead removal. */
export const magnetModule = defineDevice({
  type: 'magnet-module',
  title: 'Magnet module',
  description:
    'Selects cells in the cassette by magnetic beads, adds activation beads, removes beads.',
  identity: { model: 'Magnet C1', firmware: '1.1.0' },
  size: MODULE_SIZE,
  config: {
    mixTime: MIX_TIME,
    washVolume: quantity('mL', 'Buffer that washes what the magnet holds', [1, 500], 60),
  },
  quirks: [
    'The module knows volumes and times, not purity or yield: measure afterwards.',
    'A slower flow holds more labelled cells; a shorter labelling fewer.',
    'Which cells are selected follows from the beads that prevail in the cassette.',
    'Wash cells first: the buffer bursts those that are full of cryoprotectant.',
    'What has passed the magnet is gone: an aborted selection has lost some of the other cells.',
  ],
  signals: { ...moduleSignals, ...mediumSignal, ...workSignals, ...reservoirSignals(RESERVOIRS) },
  commands: {
    add: addCommand(['medium', 'buffer', ...RESERVOIRS.map(({ name }) => name)]),
    remove: REMOVE_COMMAND,
    mix: MIX_COMMAND,
    select: {
      title: 'Select',
      description:
        'Labels cells with beads, holds them on the magnet, drains and washes, gives buffer: volume in mL.',
      parameters: {
        reagent: choice('Beads', SELECTION_BEADS, 'selectionBeads'),
        beads: quantity('mL', 'Volume of beads', [0, 100], 5, 'exact'),
        duration: quantity('min', 'Labelling', [0.5, 120], 30, 'exact'),
        keep: quantity('mL', 'Volume in which the cells are kept', [1, 500], 40, 'exact'),
        flow: quantity('mL/min', 'Flow past the magnet', [0.5, 20], 5, 'exact'),
      },
      errors: LIQUID_ERRORS,
      execution: 'timed',
    },
    addBeads: {
      title: 'Add activation beads',
      description: 'Adds activation beads and shakes; tells the volume in mL.',
      parameters: {
        reagent: choice('Beads', ACTIVATION_BEADS, 'activationBeads'),
        volume: quantity('mL', 'Volume of beads', [0.05, 100], undefined, 'exact'),
      },
      errors: LIQUID_ERRORS,
      execution: 'timed',
    },
    removeBeads: {
      title: 'Remove beads',
      description: 'Gathers beads on the magnet and flushes them out; tells the volume in mL.',
      parameters: { duration: quantity('min', 'Duration', [0.1, 60], 5, 'exact') },
      errors: LIQUID_ERRORS,
      execution: 'timed',
    },
    refill: refillCommand(RESERVOIRS),
    abort: ABORT_COMMAND,
  },
  alarms: {
    airInLine: AIR_ALARM,
    reagentLow: REAGENT_LOW_ALARM,
    weakField: alarm(
      'high',
      'Weak field',
      'The coil draws less current than it should, so the magnet holds fewer cells and beads.',
      'Have the coil repaired; repeat the removal of beads, measure selected cells.',
    ),
  },
  faults: {
    airInLine: AIR_FAULT,
    weakField: {
      title: 'Weak field',
      description: 'The magnet has half of its field, a quarter of its force.',
    },
  },
  solids: () => MODULE_SOLIDS,
  places: () => [TRANSFER, CONNECTOR],
  ports: () => [],
  vessels: () => [MODULE_FRAME, ...reservoirVessels(RESERVOIRS)],
  body: () => 'frame',
  powered: 'dock',
  supplies: () => ['buffer', 'drain'],
  machine: workMachine(COMMANDS, STEPS),
  initialState: magnetAtRest,
  effects: magnetModuleEffects,
  preconditions: {
    ...liquidPreconditions,
    select: checkSelection,
    addBeads: (context, { reagent, volume }) =>
      checkBeads(context, String(reagent), Number(volume)),
    removeBeads: (context) => checkRemoval(context),
  },
  read: { ...moduleRead, ...mediumRead, ...workRead, ...reservoirReads(RESERVOIRS) },
  write: {},
  channels: {
    ...moduleChannels,
    ...workChannels,
    ...reservoirChannels(RESERVOIRS),
    magnet: ({ machineState }) => Number(MAGNET_ON.includes(machineState)),
  },
  appearance: () => ({ reservoirs: RESERVOIRS.length }),
});
