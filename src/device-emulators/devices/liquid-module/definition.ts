import { LIQUID_NAMES } from '../../../bio-models/liquids.ts';
import { choice, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import { needsCassette } from '../../definition/module-checks.ts';
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
import { atRest } from '../../definition/work/work.ts';
import { liquidModuleEffects, RESERVOIRS } from './effects.ts';

const COMMANDS = ['add', 'remove', 'mix', 'settle', 'refill'];
const STEPS = ['adding', 'removing', 'mixing', 'settling', 'refilling'];

/** Base module: liquids into a cassette and out of it. */
export const liquidModule = defineDevice({
  type: 'liquid-module',
  title: 'Liquid module',
  description: 'Pumps medium, buffer and reagents into a cassette and removes liquid from it.',
  identity: { model: 'Flow 3', firmware: '1.4.0' },
  size: MODULE_SIZE,
  config: {
    mixTime: MIX_TIME,
    reagent1: choice('Liquid of reservoir 1', LIQUID_NAMES, 'nk-medium'),
    reagent2: choice('Liquid of reservoir 2', LIQUID_NAMES, 'trypsin'),
    reagent3: choice('Liquid of reservoir 3', LIQUID_NAMES, 'quench-medium'),
  },
  quirks: [
    'Dosages are weighed: 0.3 % and 20 µL of scatter.',
    'What has settled stays when liquid is removed; mix first to take cells out.',
    'A fast flow of plain buffer bursts cells that are full of cryoprotectant.',
    'Settling begins anew with every command.',
  ],
  signals: { ...moduleSignals, ...mediumSignal, ...workSignals, ...reservoirSignals(RESERVOIRS) },
  commands: {
    add: addCommand(['medium', 'buffer', ...RESERVOIRS.map(({ name }) => name)]),
    remove: REMOVE_COMMAND,
    mix: MIX_COMMAND,
    settle: {
      title: 'Settle',
      description: 'Lets cells sink to the bottom; tells the volume in mL.',
      parameters: { duration: quantity('min', 'Duration', [0.5, 240], 30, 'exact') },
      errors: ['NO_VESSEL', 'ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    refill: refillCommand(RESERVOIRS),
    abort: ABORT_COMMAND,
  },
  alarms: { airInLine: AIR_ALARM, reagentLow: REAGENT_LOW_ALARM },
  faults: { airInLine: AIR_FAULT },
  solids: () => MODULE_SOLIDS,
  places: () => [TRANSFER, CONNECTOR],
  ports: () => [],
  vessels: () => [MODULE_FRAME, ...reservoirVessels(RESERVOIRS)],
  body: () => 'frame',
  powered: 'dock',
  supplies: () => ['medium', 'buffer', 'drain'],
  machine: workMachine(COMMANDS, STEPS),
  initialState: atRest,
  effects: liquidModuleEffects,
  preconditions: { ...liquidPreconditions, settle: (context) => needsCassette(context) },
  read: { ...moduleRead, ...mediumRead, ...workRead, ...reservoirReads(RESERVOIRS) },
  write: {},
  channels: { ...moduleChannels, ...workChannels, ...reservoirChannels(RESERVOIRS) },
  appearance: () => ({ reservoirs: RESERVOIRS.length }),
});
