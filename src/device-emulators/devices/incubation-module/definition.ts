import { positionOf } from '../../../physics/mechanism/travel.ts';
import { valueOf } from '../../../physics/mechanism/relaxation.ts';
import type { CommandDeclaration } from '../../definition/command.ts';
import { alarm, integer, measured, quantity, setpoint, worded } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
  CASSETTES,
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
import { control } from './climate.ts';
import { incubationEffects } from './effects.ts';
import { ridePose, slotPose } from './lift.ts';
import { incubationMachine } from './machine.ts';
import { incubationPreconditions } from './preconditions.ts';
import {
  atSetpoints,
  type Context,
  type IncubationState,
  isRunning,
  type Reader,
  SLOTS,
  slotName,
} from './state.ts';

const SLOT = integer('Slot', [1, SLOTS], 1);
const VOLUME = quantity('mL', 'Volume', [0.1, 1000], 50, 'exact');
const NOT_OPEN = ['NO_VESSEL', 'NOT_CONNECTED'] as const;

function timed(
  title: string,
  description: string,
  errors: CommandDeclaration['errors'],
  parameters: CommandDeclaration['parameters'] = {},
): CommandDeclaration {
  return {
    title,
    description,
    parameters: { slot: SLOT, ...parameters },
    errors: [...errors, 'MALFUNCTION', 'ABORTED'],
    execution: 'timed',
  };
}

function slotNames(): string[] {
  return Array.from({ length: SLOTS }, (_, i) => slotName(i + 1));
}

function slotsJson({ state, plant }: Reader): string {
  return JSON.stringify(
    state.slots.map(({ incubating, agitation, rate }, i) => ({
      slot: i + 1,
      vessel: plant.vesselAt(slotName(i + 1))?.id ?? '',
      incubating,
      agitation: Number(((agitation * 60) / (2 * Math.PI)).toFixed(2)),
      rate: Number((rate * 86_400).toFixed(4)),
    })),
  );
}

type SetpointName = 'temperatureSetpoint' | 'co2Setpoint' | 'oxygenSetpoint' | 'humiditySetpoint';

function changeSetpoint(name: SetpointName) {
  return (ctx: Context, value: number | boolean | string): void => {
    ctx.state[name] = Number(value);
    control(ctx);
  };
}

/** Eight cassettes in one warm chamber, each with its own gas and its own perfusion. */
export const incubationModule = defineDevice({
  type: 'incubation-module',
  title: 'Incubation module',
  description:
    'Incubator for eight cassettes: keeps them warm, gassed and rocked, and perfuses them in pulses.',
  identity: { model: 'Module Incubate 8', firmware: '3.2.0' },
  size: MODULE_SIZE,
  config: {
    pulseInterval: quantity('h', 'Time between two pulses of perfusion', [1, 12], 4),
    flow: quantity('mL/min', 'Flow of the pump', [1, 500], 50),
    liftTime: quantity('s', 'Time of the lift', [1, 600], 25),
    handTime: quantity('s', 'Time of an operator to take a cassette out', [1, 7200], 300),
    kLa: quantity('/h', 'Oxygen transfer into a cassette rocked at 20 /min', [0.1, 100], 8),
    slotConductance: quantity('W/K', 'Conductance from the warm air to a cassette', [0.1, 50], 3),
  },
  quirks: [
    'Perfusion comes in pulses: a rate counts from the next pulse on, for a whole interval.',
    'The filter keeps cells and beads; virus and DNA go with the spent medium.',
    'The gas has a fixed composition: pH and oxygen of the culture are what follows from it.',
    'The humidity is shown; cassettes do not dry out.',
    'Medium comes as cold as its tank is.',
  ],
  signals: {
    ...moduleSignals,
    ...mediumSignal,
    slots: worded('Slots', 'Vessel in each of the eight slots, joined by commas.'),
    slotStates: worded(
      'Cultures',
      'JSON: slot, vessel, incubating, agitation (/min) and rate (vessel volumes per day) of each slot.',
    ),
    temperature: measured('Cel', 'Temperature', [-10, 60], 0.1, {
      period: 1,
      noise: 0.05,
      lag: 30,
    }),
    co2: measured('%', 'CO2', [0, 30], 0.01, { period: 1, noise: 0.03, lag: 20 }),
    oxygen: measured('%', 'Oxygen', [0, 100], 0.1, { period: 1, noise: 0.1, lag: 20 }),
    humidity: measured('%', 'Relative humidity', [0, 100], 0.1, { period: 1, noise: 0.5, lag: 30 }),
    mediumGiven: measured('mL', 'Medium given so far', [0, 1e7], 0.1),
    temperatureSetpoint: setpoint('Cel', 'Temperature set-point', [4, 42], 0.1),
    co2Setpoint: setpoint('%', 'CO2 set-point', [0, 20], 0.1),
    oxygenSetpoint: setpoint('%', 'Oxygen set-point', [1, 40], 0.1),
    humiditySetpoint: setpoint('%', 'Humidity set-point', [20, 98], 1),
  },
  commands: {
    store: timed('Store', 'Takes the cassette from the transfer place into a slot.', [
      'NO_VESSEL',
      'PLACE_OCCUPIED',
      'INTERLOCK',
    ]),
    retrieve: timed('Retrieve', 'Brings a cassette from its slot to the transfer place.', [
      'NO_VESSEL',
      'PLACE_OCCUPIED',
      'INTERLOCK',
    ]),
    releaseManually: {
      ...timed(
        'Release by hand',
        'An operator takes a cassette out of its slot or the lift and puts it onto the transfer place.',
        ['NO_VESSEL', 'PLACE_OCCUPIED', 'INTERLOCK'],
      ),
      emergency: true,
    },
    incubate: {
      title: 'Incubate',
      description: 'Gives gas through the perfusion coupling of the slot and rocks.',
      parameters: {
        slot: SLOT,
        agitation: quantity('/min', 'Rocking', [0, 60], 20, 'exact'),
      },
      errors: NOT_OPEN,
      execution: 'instant',
    },
    setPerfusion: {
      title: 'Set perfusion',
      description: 'Sets how many volumes of the contents are exchanged per day; 0 ends it.',
      parameters: {
        slot: SLOT,
        rate: quantity('/d', 'Vessel volumes per day', [0, 5], 1, 'exact'),
      },
      errors: NOT_OPEN,
      execution: 'instant',
    },
    feed: timed(
      'Feed',
      'Adds fresh medium; tells what was moved and what is there, in mL.',
      [...NOT_OPEN, 'INSUFFICIENT_VOLUME', 'OVERFLOW'],
      { volume: VOLUME },
    ),
    exchange: timed(
      'Exchange',
      'Replaces spent medium by fresh medium, cells stay; tells what was moved, in mL.',
      [...NOT_OPEN, 'INSUFFICIENT_VOLUME', 'OVERFLOW'],
      { volume: VOLUME },
    ),
    stop: {
      title: 'Stop',
      description: 'Ends gas, rocking and perfusion of a slot; it stays warm.',
      parameters: { slot: SLOT },
      errors: ['NO_VESSEL'],
      execution: 'instant',
    },
    abort: {
      title: 'Abort',
      description: 'The lift goes back, the pump moves nothing.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT', 'WRONG_STATE'],
      execution: 'abort',
    },
  },
  alarms: {
    mediumMissing: alarm(
      'high',
      'Medium missing',
      'The latest pulse found less medium than it should give.',
      'Open the medium supply, exchange its tank; else feed from another module.',
    ),
    gasMissing: alarm(
      'critical',
      'Gas missing',
      'The gas supply is shut while cultures need it.',
      'Open the gas supply or exchange its bottle; else bring the cassettes to another incubator.',
    ),
    drainFull: alarm(
      'high',
      'Drain full',
      'The drain has no room for spent medium; pulses are left out.',
      'Empty the waste module.',
    ),
    notCoupled: alarm(
      'high',
      'Culture cut off',
      'The connection of a culture is shut or parted: it gets neither gas nor medium.',
      'Connect the slot for perfusion, or stop it.',
    ),
  },
  solids: () => MODULE_SOLIDS,
  places: () => [
    TRANSFER,
    CONNECTOR,
    ...slotNames().map((name, i) => ({
      name,
      title: `Slot ${i + 1}`,
      pose: slotPose(i + 1),
      accepts: CASSETTES,
      open: false,
      robot: false,
    })),
  ],
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => MODULE_FRAME.name,
  powered: 'dock',
  supplies: () => ['medium', 'gas', 'drain'],
  machine: incubationMachine,
  initialState: (): IncubationState => atSetpoints(),
  effects: incubationEffects,
  preconditions: incubationPreconditions,
  read: {
    ...moduleRead,
    ...mediumRead,
    slots: ({ plant }) =>
      slotNames()
        .map((name) => plant.vesselAt(name)?.id ?? '')
        .join(','),
    slotStates: slotsJson,
    temperature: ({ state, now }) => valueOf(state.temperature, now),
    co2: ({ state, now }) => valueOf(state.co2, now),
    oxygen: ({ state, now }) => valueOf(state.oxygen, now),
    humidity: ({ state, now }) => valueOf(state.humidity, now),
    mediumGiven: ({ state }) => state.given,
    temperatureSetpoint: ({ state }) => state.temperatureSetpoint,
    co2Setpoint: ({ state }) => state.co2Setpoint,
    oxygenSetpoint: ({ state }) => state.oxygenSetpoint,
    humiditySetpoint: ({ state }) => state.humiditySetpoint,
  },
  write: {
    temperatureSetpoint: changeSetpoint('temperatureSetpoint'),
    co2Setpoint: changeSetpoint('co2Setpoint'),
    oxygenSetpoint: changeSetpoint('oxygenSetpoint'),
    humiditySetpoint: changeSetpoint('humiditySetpoint'),
  },
  channels: {
    ...moduleChannels,
    /** Slot of the lift, 0 at rest, and its place: 0 at the transfer place to 1 at the slot. */
    liftSlot: ({ state }) => state.ride?.slot ?? 0,
    lift: ({ state, now }) => positionOf(state.lift, now),
    /** Cultures that are gassed. */
    incubating: ({ state }) => state.slots.filter(({ incubating }) => incubating).length,
    warm: (ctx) => Number(isRunning(ctx)),
  },
  appearance: () => ({ slots: SLOTS }),
  carry: ridePose,
});
