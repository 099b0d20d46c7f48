import { positionOf } from '../../../physics/mechanism/travel.ts';
import { choice, alarm, counted, integer, quantity } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
  CORE_SIZES,
  type CoreSize,
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
  disposablesEffects,
  type DisposablesState,
  refuseBag,
  refuseCore,
  stocked,
} from './effects.ts';
import { disposablesMachine } from './machine.ts';

/** Most that a magazine holds. */
const MAGAZINE = 500;

/** Fits fresh single-use cores into cassettes and hands out product bags. */
export const disposablesModule = defineDevice({
  type: 'disposables-module',
  title: 'Disposables module',
  description:
    'Module with magazines of single-use cores and product bags: exchanges the core of a cassette.',
  identity: { model: 'Module Disposables', firmware: '1.0.2' },
  size: MODULE_SIZE,
  config: {
    cores: integer('Cores of each size in full magazines', [0, MAGAZINE], 20),
    bags: integer('Bags in a full magazine', [0, MAGAZINE], 50),
    fitTime: quantity('s', 'Time to exchange a core', [1, 1800], 60),
    bagTime: quantity('s', 'Time to give a bag', [1, 600], 15),
  },
  quirks: [
    'The old core leaves with all that is in it; a cassette must be released before.',
    'Restocking fills all magazines, whatever was in them.',
  ],
  signals: {
    ...moduleSignals,
    coresS100: counted('Cores for 100 mL in suspension', [0, MAGAZINE]),
    coresS300: counted('Cores for 300 mL in suspension', [0, MAGAZINE]),
    coresS1000: counted('Cores for 1 L in suspension', [0, MAGAZINE]),
    coresA100: counted('Cores for 100 mL of adherent culture', [0, MAGAZINE]),
    coresA300: counted('Cores for 300 mL of adherent culture', [0, MAGAZINE]),
    coresA1000: counted('Cores for 1 L of adherent culture', [0, MAGAZINE]),
    bags: counted('Product bags', [0, MAGAZINE]),
  },
  commands: {
    fitCore: {
      title: 'Fit core',
      description: 'Throws the core of the cassette away and fits a fresh one of the size.',
      parameters: { size: choice('Core', CORE_SIZES, 's300') },
      errors: ['NO_VESSEL', 'INTERLOCK', 'OUT_OF_STOCK', 'ABORTED'],
      execution: 'timed',
    },
    giveBag: {
      title: 'Give bag',
      description: 'Puts an empty product bag into the place for bags; tells its name.',
      parameters: {},
      errors: ['PLACE_OCCUPIED', 'OUT_OF_STOCK', 'ABORTED'],
      execution: 'timed',
    },
    restock: {
      title: 'Restock',
      description: 'An operator has filled all magazines.',
      parameters: {},
      errors: ['WRONG_STATE'],
      execution: 'instant',
    },
    abort: {
      title: 'Abort',
      description: 'Leaves things as they were before.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    stockLow: alarm(
      'medium',
      'Stock low',
      'A magazine holds two pieces or fewer.',
      'Fill the magazines and tell the module with restock.',
    ),
  },
  solids: () => MODULE_SOLIDS,
  places: () => [
    TRANSFER,
    {
      name: 'bag',
      title: 'Bag',
      pose: upright(0.23, -0.2, 0.62),
      accepts: ['product-bag'],
      open: true,
      robot: true,
    },
  ],
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => MODULE_FRAME.name,
  powered: 'dock',
  machine: disposablesMachine,
  initialState: (config): DisposablesState => stocked(config),
  effects: disposablesEffects,
  preconditions: {
    fitCore: (ctx, { size }) => refuseCore(ctx, size as CoreSize),
    giveBag: refuseBag,
  },
  read: {
    ...moduleRead,
    coresS100: ({ state }) => state.cores.s100,
    coresS300: ({ state }) => state.cores.s300,
    coresS1000: ({ state }) => state.cores.s1000,
    coresA100: ({ state }) => state.cores.a100,
    coresA300: ({ state }) => state.cores.a300,
    coresA1000: ({ state }) => state.cores.a1000,
    bags: ({ state }) => state.bags,
  },
  write: {},
  channels: {
    ...moduleChannels,
    press: ({ state, now }) => positionOf(state.press, now),
  },
  appearance: () => ({}),
});
