import { alarm, measured } from '../../definition/declare.ts';
import { defineDevice } from '../../definition/define-device.ts';
import {
  lamp,
  locationRead,
  locationSignal,
  MODULE_FRAME,
  MODULE_SIZE,
} from '../../definition/module-frame.ts';
import { upright } from '../../definition/upright.ts';
import { wasteModuleMachine } from './machine.ts';

/** Share of the tank's capacity at which it must be emptied; assumed. */
const HIGH = 0.85;

/** Tank into which the drains of the modules run. */
export const wasteModule = defineDevice({
  type: 'waste-module',
  title: 'Waste module',
  description: 'Tank of 200 L for liquid waste, at the end of the drains.',
  identity: { model: 'Module Waste', firmware: '1.0.0' },
  size: MODULE_SIZE,
  config: {},
  quirks: ['A full tank is noticed by the modules only: they refuse to drain more.'],
  signals: {
    level: measured('L', 'Liquid waste', [0, 210], 0.1, { period: 5, noise: 0.1 }),
    ...locationSignal,
  },
  commands: {
    empty: {
      title: 'Empty',
      description: 'An operator exchanges the tank for an empty one.',
      parameters: {},
      errors: ['ABORTED', 'MALFUNCTION'],
      execution: 'timed',
    },
    abort: {
      title: 'Abort',
      description: 'The full tank stays.',
      parameters: {},
      errors: ['NOTHING_TO_ABORT'],
      execution: 'abort',
    },
  },
  alarms: {
    levelHigh: alarm(
      'high',
      'Waste tank nearly full',
      'The tank is more than 85 % full.',
      'Exchange the tank with empty.',
    ),
  },
  places: () => [],
  ports: () => [],
  vessels: () => [
    MODULE_FRAME,
    { name: 'drain', kind: 'tank-200l', pose: upright(0, 0, 0.02), waste: true },
  ],
  body: () => MODULE_FRAME.name,
  powered: 'dock',
  machine: wasteModuleMachine,
  initialState: () => ({}),
  effects: {
    emptied: (ctx) => ctx.plant.refill('drain', undefined),
    inspect: (ctx) => {
      const share = ctx.plant.volume('drain') / (ctx.plant.vessel('drain')?.capacity ?? 1);
      ctx.setAlarm('levelHigh', share > HIGH, 'empty the tank');
    },
  },
  preconditions: {},
  read: { level: ({ plant }) => plant.volume('drain'), ...locationRead },
  write: {},
  channels: {
    lamp,
    level: ({ plant }) => plant.volume('drain') / (plant.vessel('drain')?.capacity ?? 1),
  },
  appearance: () => ({}),
});
