import { rotorSpeed } from '../../../physics/mechanism/rotor.ts';
import type { CommandParameters } from '../../definition/command.ts';
import { alarm, measured, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
  needsDrain,
  needsFromSupply,
  needsOpenCoupling,
  needsRoom,
} from '../../definition/module-checks.ts';
import {
  CONNECTOR,
  mediumRead,
  mediumSignal,
  MODULE_FRAME,
  MODULE_SIZE,
  MODULE_SOLIDS,
  type ModuleReader,
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
  FLOW,
  LIQUID_ERRORS,
  MIX_COMMAND,
  MIX_TIME,
  REMOVE_COMMAND,
  workChannels,
  workRead,
  workSignals,
} from '../../definition/work/liquid-commands.ts';
import { liquidPreconditions } from '../../definition/work/liquids.ts';
import { OUTWARD } from '../../definition/work/sources.ts';
import { workMachine } from '../../definition/work/work-machine.ts';
import { atRest } from '../../definition/work/work.ts';
import { centrifugeModuleEffects, checkKept } from './effects.ts';
import { acceleration, hoodOpenness } from './rotor.ts';

const COMMANDS = ['add', 'remove', 'mix', 'wash', 'concentrate'];
const STEPS = ['adding', 'removing', 'mixing', 'closing', 'spinning', 'braking', 'opening'];

const SPIN = {
  acceleration: quantity('[g]', 'Acceleration', [10, 1000], 400, 'exact'),
  duration: quantity('min', 'Time at speed', [0.5, 60], 10, 'exact'),
  keep: quantity('mL', 'Volume left on the pellet', [2, 500], 10, 'exact'),
  flow: FLOW,
};

function checkConcentration(context: ModuleReader, { keep }: CommandParameters) {
  const refused = needsOpenCoupling(context, OUTWARD);
  const held = context.plant.vesselAt('transfer')?.volume ?? 0;
  return refused ?? needsDrain(context, Math.max(0, held - Number(keep)));
}

function checkWash(context: ModuleReader, parameters: CommandParameters) {
  const [keep, volume] = [Number(parameters.keep), Number(parameters.volume)];
  const refused = needsOpenCoupling(context, OUTWARD) ?? checkKept(keep, volume);
  const cassette = context.plant.vesselAt('transfer');
  if (refused !== undefined || cassette === undefined) return refused;
  const later = (Number(parameters.cycles) - 1) * (volume - keep);
  const kept = Math.min(keep, cassette.volume);
  return (
    needsRoom(context, cassette.id, volume - cassette.volume) ??
    needsFromSupply(context, 'buffer', volume - kept + later) ??
    needsDrain(context, cassette.volume - kept + later)
  );
}

/** Spins the whole cassette: cells to its bottom, the supernatant to the drain. */
export const centrifugeModule = defineDevice({
  type: 'centrifuge-module',
  title: 'Centrifuge module',
  description: 'Spins a cassette, takes the supernatant away and gives buffer, in cycles.',
  identity: { model: 'Spin C1', firmware: '1.2.1' },
  size: MODULE_SIZE,
  config: {
    mixTime: MIX_TIME,
    hoodTime: quantity('s', 'Hood travel', [0.5, 60], 4),
    spinUpRate: quantity('m/s2', 'Ramp per second', [1, 1000], 80),
    radius: quantity('mm', 'Rotor radius', [50, 300], 180),
  },
  quirks: [
    'The coupling turns along by a rotary seal: the cassette stays connected while it spins.',
    'The counterweight follows the weight of the cassette by itself.',
    'The hood stays closed until the rotor has stopped, also after an abort.',
    'The pellet is shaken up at the end of a command; an aborted one leaves it lying.',
    'Buffer that comes fast onto a pellet full of cryoprotectant bursts cells: dilute before.',
  ],
  signals: {
    ...moduleSignals,
    ...mediumSignal,
    ...workSignals,
    acceleration: measured('[g]', 'Relative centrifugal force', [0, 1100], 1),
    speed: measured('/min', 'Rotor speed', [0, 6000], 10),
    hood: {
      kind: 'enum',
      title: 'Hood',
      direction: 'output',
      values: ['closed', 'moving', 'open'],
    },
  },
  commands: {
    wash: {
      title: 'Wash',
      description:
        'Spins, decants and fills up with buffer, cycle by cycle; tells the volume in mL.',
      parameters: {
        ...SPIN,
        cycles: { type: 'integer', title: 'Cycles', min: 1, max: 6, default: 1 },
        volume: quantity('mL', 'Volume filled up to', [5, 1000], 150, 'exact'),
      },
      errors: LIQUID_ERRORS,
      execution: 'timed',
    },
    concentrate: {
      title: 'Concentrate',
      description: 'Spins, decants and shakes the pellet up; tells the volume in mL.',
      parameters: SPIN,
      errors: LIQUID_ERRORS,
      execution: 'timed',
    },
    add: addCommand(['medium', 'buffer']),
    remove: REMOVE_COMMAND,
    mix: MIX_COMMAND,
    abort: ABORT_COMMAND,
  },
  alarms: {
    airInLine: AIR_ALARM,
    imbalance: alarm(
      'high',
      'Rotor out of balance',
      'The rotor vibrated above the limit and was stopped.',
      'Have the rotor balanced; spin gently or take the cassette to another module meanwhile.',
    ),
  },
  faults: {
    airInLine: AIR_FAULT,
    imbalance: {
      title: 'Imbalance',
      description: 'The counterweight is stuck: above 100 g the rotor trips.',
    },
  },
  solids: () => MODULE_SOLIDS,
  places: () => [TRANSFER, CONNECTOR],
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => 'frame',
  powered: 'dock',
  supplies: () => ['buffer', 'drain'],
  machine: workMachine(COMMANDS, STEPS),
  initialState: atRest,
  effects: centrifugeModuleEffects,
  preconditions: {
    ...liquidPreconditions,
    wash: checkWash,
    concentrate: checkConcentration,
  },
  read: {
    ...moduleRead,
    ...mediumRead,
    ...workRead,
    acceleration: ({ state, config, now }) => acceleration(state, config, now),
    speed: ({ state, config, now }) => rotorSpeed(acceleration(state, config, now), config.radius),
    hood: ({ state, config, now }) => {
      const openness = hoodOpenness(state, config, now);
      return openness <= 0 ? 'closed' : openness >= 1 ? 'open' : 'moving';
    },
  },
  write: {},
  channels: {
    ...moduleChannels,
    ...workChannels,
    speed: ({ state, config, now }) => rotorSpeed(acceleration(state, config, now), config.radius),
    hood: ({ state, config, now }) => hoodOpenness(state, config, now),
  },
  appearance: () => ({}),
});
