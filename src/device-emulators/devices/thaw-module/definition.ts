import { warmingRate } from '../../../bio-models/passage.ts';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandParameters } from '../../definition/command.ts';
import { alarm, measured, quantity, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import type { ReadContext } from '../../definition/device.ts';
import { needsFromSupply, needsOpenCoupling, needsRoom } from '../../definition/module-checks.ts';
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
  MIX_TIME,
  workChannels,
  workRead,
  workSignals,
} from '../../definition/work/liquid-commands.ts';
import { INWARD } from '../../definition/work/sources.ts';
import { workMachine } from '../../definition/work/work-machine.ts';
import {
  pumpable,
  SLEEVE,
  thawAtRest,
  type ThawModuleConfig,
  thawModuleEffects,
  type ThawModuleState,
} from './effects.ts';

const COMMANDS = ['thaw', 'transferToCassette'];
const STEPS = ['thawing', 'transferring', 'diluting', 'resting', 'mixing'];

type Context = ReadContext<ThawModuleConfig, ThawModuleState>;

/** Below this a bag counts as frozen [K]: upper end of melting with cryoprotectant. */
const FROZEN = 272.15;
/** Temperature of an idle module [K]; 21 degC. */
const ROOM = 294.15;

function checkBag({ id, plant }: Context): Refusal | undefined {
  if (plant.vesselAt('bag') !== undefined) return undefined;
  return refusal('NO_VESSEL', `there is no bag in ${id}.bag; bring one`);
}

function checkThaw(context: Context, { target }: CommandParameters): Refusal | undefined {
  const refused = checkBag(context);
  if (refused !== undefined) return refused;
  if (Number(target) < context.config.plateTemperature) return undefined;
  return refusal('OUT_OF_RANGE', 'the target is not below the temperature of the plates');
}

function checkTransfer(context: Context, { dilution }: CommandParameters): Refusal | undefined {
  const { id, plant } = context;
  const refused = checkBag(context) ?? needsOpenCoupling(context, INWARD);
  const bag = plant.vesselAt('bag');
  const cassette = plant.vesselAt('transfer');
  if (refused !== undefined || bag === undefined || cassette === undefined) return refused;
  if (cassette.batch !== '' && bag.batch !== '' && cassette.batch !== bag.batch) {
    const message = `${bag.id} is labelled ${bag.batch}, ${cassette.id} in ${id} ${cassette.batch}`;
    return refusal('WRONG_VESSEL', message);
  }
  if (plant.temperature(bag.id) < FROZEN) {
    return refusal('INTERLOCK', `${bag.id} in ${id} is frozen; thaw it first`);
  }
  const volume = pumpable(context);
  if (volume <= 0) return refusal('INSUFFICIENT_VOLUME', `${bag.id} in ${id} is empty`);
  const buffer = volume * Number(dilution);
  return (
    needsRoom(context, cassette.id, volume + buffer) ??
    (buffer > 0 ? needsFromSupply(context, 'buffer', buffer) : undefined)
  );
}

/** Thaws a bag between warm plates and brings it into a cassette, diluted in small steps. */
export const thawModule = defineDevice({
  type: 'thaw-module',
  title: 'Thaw module',
  description: 'Thaws a frozen bag, pumps it into a cassette and dilutes it gently with buffer.',
  identity: { model: 'Thaw C1', firmware: '1.0.5' },
  size: MODULE_SIZE,
  config: {
    mixTime: MIX_TIME,
    plateTemperature: quantity('Cel', 'Plate temperature', [20, 45], 40),
    plateConductance: quantity('W/K', 'Conductance from plates to bag', [0.2, 50], 3),
    coolingRate: quantity('K/min', 'Rate at which the bags were frozen', [0.1, 50], 1),
    residue: quantity('mL', 'Volume left in a bag', [0, 10], 0.5),
  },
  quirks: [
    'A bag warms slowly between the closed plates even before the thaw is started.',
    'Buffer comes in steps of half a volume with two minutes of rest: cells lose their DMSO meanwhile.',
    'A thawed bag is held at the target until it is taken.',
  ],
  signals: {
    ...moduleSignals,
    ...workSignals,
    bag: worded('Bag', 'Bag between the plates, empty when there is none.'),
    bagTemperature: measured('Cel', 'Bag temperature', [-196, 60], 0.1, {
      period: 1,
      noise: 0.2,
      lag: 5,
    }),
    warmingRate: measured('K/min', 'Warming rate between -50 and -5 °C', [0, 500], 0.1),
  },
  commands: {
    thaw: {
      title: 'Thaw',
      description:
        'Warms the bag to the target and holds it; tells temperature (°C), duration (s), warmingRate (K/min).',
      parameters: { target: quantity('Cel', 'Target temperature', [1, 37], 15, 'exact') },
      errors: ['NO_VESSEL', 'OUT_OF_RANGE', 'ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    transferToCassette: {
      title: 'Transfer to cassette',
      description:
        'Pumps the bag into the cassette and adds volumes of buffer in steps; tells the volume in mL.',
      parameters: {
        dilution: quantity('1', 'Volumes of buffer per volume of the bag', [0, 10], 1, 'exact'),
        flow: FLOW,
      },
      errors: [...LIQUID_ERRORS, 'INTERLOCK', 'WRONG_VESSEL'],
      execution: 'timed',
    },
    abort: ABORT_COMMAND,
  },
  alarms: {
    airInLine: AIR_ALARM,
    slow: alarm(
      'high',
      'Thaw too slow',
      'The target was not reached within 20 min.',
      'See to the contact of plates and bag; slow warming costs cells that were frozen fast.',
    ),
  },
  faults: {
    airInLine: AIR_FAULT,
    poorContact: {
      title: 'Poor contact',
      description: 'The plates do not press: a fifth of the heat reaches the bag.',
    },
  },
  solids: () => MODULE_SOLIDS,
  places: () => [
    TRANSFER,
    CONNECTOR,
    {
      name: 'bag',
      title: 'Bag between the plates',
      pose: upright(-0.22, -0.25, 0.62),
      accepts: ['cryobag', 'product-bag'],
      open: true,
      robot: true,
      environment: { ambientTemperature: ROOM, heatTransfer: SLEEVE },
    },
  ],
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => 'frame',
  powered: 'dock',
  supplies: () => ['buffer'],
  machine: workMachine(COMMANDS, STEPS),
  initialState: thawAtRest,
  effects: thawModuleEffects,
  preconditions: { thaw: checkThaw, transferToCassette: checkTransfer },
  read: {
    ...moduleRead,
    ...workRead,
    bag: ({ plant }) => plant.vesselAt('bag')?.id ?? '',
    bagTemperature: ({ plant }) => {
      const bag = plant.vesselAt('bag');
      return bag === undefined ? plant.zoneAir().temperature : plant.temperature(bag.id);
    },
    warmingRate: ({ state }) => warmingRate(state.passage),
  },
  write: {},
  channels: {
    ...moduleChannels,
    ...workChannels,
    heating: ({ machineState }) => Number(machineState === 'thawing'),
  },
  appearance: () => ({}),
});
