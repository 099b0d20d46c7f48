import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { CommandParameters } from '../../definition/command.ts';
import { alarm, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { ReadContext } from '../../definition/device.ts';
import { needsOpenCoupling, needsRoom, needsVolume } from '../../definition/module-checks.ts';
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
import { OUTWARD } from '../../definition/work/sources.ts';
import { workMachine } from '../../definition/work/work-machine.ts';
import { atRest, type WorkState } from '../../definition/work/work.ts';
import {
  type ElectroporationModuleConfig,
  electroporationModuleEffects,
  RESERVOIRS,
} from './effects.ts';

const COMMANDS = ['add', 'remove', 'mix', 'electroporate', 'refill'];
const STEPS = ['adding', 'removing', 'mixing', 'pulsing', 'resting', 'refilling'];

function checkPulses(
  context: ReadContext<ElectroporationModuleConfig, WorkState>,
  { reagent }: CommandParameters,
): Refusal | undefined {
  const refused = needsOpenCoupling(context, OUTWARD);
  const cassette = context.plant.vesselAt('transfer');
  if (refused !== undefined || cassette === undefined) return refused;
  if (cassette.volume <= 0) {
    return refusal('INSUFFICIENT_VOLUME', `${cassette.id} in ${context.id} is empty`);
  }
  const { largestVolume } = context.config;
  const held = cassette.volume + Number(reagent);
  if (held > largestVolume) {
    const [has, most] = [held, largestVolume].map((v) => fromSi(v, 'mL').toFixed(1));
    const message = `${cassette.id} would hold ${has} mL, at most ${most} mL are pulsed; concentrate the cells`;
    return refusal('INTERLOCK', message);
  }
  return (
    needsVolume(context, 'transposon', Number(reagent)) ??
    needsRoom(context, cassette.id, Number(reagent))
  );
}

/** Brings genes into cells by pulses of high voltage, in charges through a small chamber. */
export const electroporationModule = defineDevice({
  type: 'electroporation-module',
  title: 'Electroporation module',
  description: 'Adds transposon DNA and pulses the cells of a cassette in a flow-through chamber.',
  identity: { model: 'Pulse C1', firmware: '1.0.2' },
  size: MODULE_SIZE,
  config: {
    mixTime: MIX_TIME,
    gap: quantity('mm', 'Distance of the electrodes', [0.5, 10], 2),
    chamberVolume: quantity('mL', 'Volume between the electrodes', [0.1, 20], 2),
    chargeTime: quantity('s', 'Time to fill, pulse and empty the chamber', [1, 120], 12),
    largestVolume: quantity('mL', 'Largest volume that is pulsed', [1, 500], 50),
    restTime: quantity('min', 'Rest after the pulses', [0.1, 60], 10),
  },
  quirks: [
    'Charges flow back into the cassette: an aborted command has pulsed some of the cells.',
    'Cells pause for a day or two after the pulses; those that die do so within a day.',
    'Resting cells are smaller and need a higher voltage, and take up less.',
  ],
  signals: { ...moduleSignals, ...workSignals, ...reservoirSignals(RESERVOIRS) },
  commands: {
    add: addCommand(RESERVOIRS.map(({ name }) => name)),
    remove: REMOVE_COMMAND,
    mix: MIX_COMMAND,
    electroporate: {
      title: 'Electroporate',
      description:
        'Adds DNA, pulses all cells and lets them rest; tells the volume in mL and the charges.',
      parameters: {
        voltage: quantity('V', 'Voltage', [10, 1000], 400, 'exact'),
        pulseDuration: quantity('ms', 'Duration of a pulse', [0.05, 50], 0.5, 'exact'),
        pulses: { type: 'integer', title: 'Pulses', min: 1, max: 20, default: 1 },
        reagent: quantity('mL', 'Volume of transposon DNA', [0, 50], undefined, 'exact'),
      },
      errors: [...LIQUID_ERRORS, 'INTERLOCK'],
      execution: 'timed',
    },
    refill: refillCommand(RESERVOIRS),
    abort: ABORT_COMMAND,
  },
  alarms: {
    airInLine: AIR_ALARM,
    reagentLow: REAGENT_LOW_ALARM,
    arcing: alarm(
      'high',
      'Arcing',
      'The voltage broke down during a pulse: a bubble or a crack between the electrodes.',
      'Have the chamber seen to; measure the cells before pulsing them again.',
    ),
  },
  faults: {
    airInLine: AIR_FAULT,
    arcing: {
      title: 'Arcing',
      description: 'Pulses break off after a fifth of their duration; fewer cells open.',
    },
  },
  solids: () => MODULE_SOLIDS,
  places: () => [TRANSFER, CONNECTOR],
  ports: () => [],
  vessels: () => [MODULE_FRAME, ...reservoirVessels(RESERVOIRS)],
  body: () => 'frame',
  powered: 'dock',
  machine: workMachine(COMMANDS, STEPS),
  initialState: atRest,
  effects: electroporationModuleEffects,
  preconditions: { ...liquidPreconditions, electroporate: checkPulses },
  read: { ...moduleRead, ...workRead, ...reservoirReads(RESERVOIRS) },
  write: {},
  channels: {
    ...moduleChannels,
    ...workChannels,
    ...reservoirChannels(RESERVOIRS),
    pulse: ({ machineState }) => Number(machineState === 'pulsing'),
  },
  appearance: () => ({ reservoirs: RESERVOIRS.length }),
});
