import type { CommandParameters } from '../../definition/command.ts';
import { alarm, measured, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
  needsCassette,
  needsOpenCoupling,
  needsRoom,
  needsVolume,
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
import { INWARD } from '../../definition/work/sources.ts';
import { workMachine } from '../../definition/work/work-machine.ts';
import { atRest, type WorkState } from '../../definition/work/work.ts';
import { checkGas, RESERVOIRS, transductionModuleEffects } from './effects.ts';

const COMMANDS = ['add', 'remove', 'mix', 'addVector', 'temper', 'refill'];
const STEPS = ['adding', 'removing', 'mixing', 'tempering', 'refilling'];

function checkVector(context: ModuleReader, { volume }: CommandParameters) {
  const cassette = context.plant.vesselAt('transfer')?.id ?? '';
  return (
    needsOpenCoupling(context, INWARD) ??
    needsVolume(context, 'vector', Number(volume)) ??
    needsRoom(context, cassette, Number(volume))
  );
}

/** Rocking angle for views [rad]: eight degrees to both sides while it rocks; assumed. */
function rock({
  state,
  now,
}: {
  readonly state: Readonly<WorkState>;
  readonly now: number;
}): number {
  const step = state.work?.steps[state.work.index];
  if (step?.act !== 'temper') return 0;
  return 0.14 * Math.sin((Number(step.agitation) * now) / 1e6);
}

/** Adds vector from the cold and keeps cells warm, rocked and gassed meanwhile. */
export const transductionModule = defineDevice({
  type: 'transduction-module',
  title: 'Transduction module',
  description: 'Adds viral vector to a cassette and holds it warm, rocked and gassed.',
  identity: { model: 'Gene C1', firmware: '1.0.7' },
  size: MODULE_SIZE,
  config: {
    mixTime: MIX_TIME,
    kLa: quantity('/h', 'Oxygen transfer into a cassette at rest', [0.1, 20], 1),
    kLaPerRpm: quantity('/h', 'Oxygen transfer that each rpm adds', [0, 2], 0.125),
    oxygenSetpoint: quantity('%', 'Dissolved oxygen, of air saturation', [0, 100], 50),
    phSetpoint: quantity('[pH]', 'pH held by carbon dioxide', [6.5, 7.8], 7.2),
  },
  quirks: [
    'Vector decays in its reservoir, slower in the cold: refill it for each batch.',
    'Gas comes through the ports of a perfusion coupling only.',
    'When the holding ends the plate cools: take the cassette to an incubator soon.',
  ],
  signals: {
    ...moduleSignals,
    ...mediumSignal,
    ...workSignals,
    ...reservoirSignals(RESERVOIRS),
    temperature: measured('Cel', 'Temperature of the cassette', [-20, 60], 0.1, {
      period: 10,
      noise: 0.05,
    }),
  },
  commands: {
    add: addCommand(['medium', 'vector']),
    remove: REMOVE_COMMAND,
    mix: MIX_COMMAND,
    addVector: {
      title: 'Add vector',
      description: 'Adds vector from its reservoir and shakes; tells the volume in mL.',
      parameters: { volume: quantity('mL', 'Volume of vector', [0.05, 100], undefined, 'exact') },
      errors: LIQUID_ERRORS,
      execution: 'timed',
    },
    temper: {
      title: 'Hold warm',
      description:
        'Holds the cassette at a temperature, rocked and gassed; tells the volume in mL.',
      parameters: {
        temperature: quantity('Cel', 'Temperature', [4, 40], 37, 'exact'),
        agitation: quantity('/min', 'Rocking', [0, 40], 10, 'exact'),
        duration: quantity('h', 'Duration', [0.01, 100], undefined, 'exact'),
        gas: { type: 'flag', title: 'With gas', default: true },
      },
      errors: ['NO_VESSEL', 'NOT_CONNECTED', 'ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    refill: refillCommand(RESERVOIRS),
    abort: ABORT_COMMAND,
  },
  alarms: {
    airInLine: AIR_ALARM,
    reagentLow: REAGENT_LOW_ALARM,
    noGas: alarm(
      'high',
      'No gas',
      'The cassette is to be gassed, but no gas comes: the supply is shut or the line blocked.',
      'Open the supply, or take the cassette to another module before oxygen is used up.',
    ),
  },
  faults: {
    airInLine: AIR_FAULT,
    gasBlocked: {
      title: 'Gas line blocked',
      description: 'No gas reaches the cassette; cells use up what is dissolved.',
    },
  },
  solids: () => MODULE_SOLIDS,
  places: () => [TRANSFER, CONNECTOR],
  ports: () => [],
  vessels: () => [MODULE_FRAME, ...reservoirVessels(RESERVOIRS)],
  body: () => 'frame',
  powered: 'dock',
  supplies: () => ['medium', 'gas', 'drain'],
  machine: workMachine(COMMANDS, STEPS),
  initialState: atRest,
  effects: transductionModuleEffects,
  preconditions: {
    ...liquidPreconditions,
    addVector: checkVector,
    temper: (context, { gas }) => (gas === true ? checkGas(context) : needsCassette(context)),
  },
  read: {
    ...moduleRead,
    ...mediumRead,
    ...workRead,
    ...reservoirReads(RESERVOIRS),
    temperature: ({ plant }) => {
      const vessel = plant.vesselAt('transfer');
      return vessel === undefined ? plant.zoneAir().temperature : plant.temperature(vessel.id);
    },
  },
  write: {},
  channels: {
    ...moduleChannels,
    ...workChannels,
    ...reservoirChannels(RESERVOIRS),
    rock,
    heating: ({ machineState }) => Number(machineState === 'tempering'),
  },
  appearance: () => ({ reservoirs: RESERVOIRS.length }),
});
