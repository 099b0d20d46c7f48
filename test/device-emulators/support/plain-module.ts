import { setup } from 'xstate';
import { defineDevice } from '../../../src/device-emulators/definition/define-device.ts';
import {
  CONNECTOR,
  MODULE_FRAME,
  MODULE_SIZE,
  MODULE_SOLIDS,
  moduleRead,
  moduleSignals,
  TRANSFER,
} from '../../../src/device-emulators/definition/module-frame.ts';

/** A module that does nothing but hold a cassette and a connector. */
export const plainModule = defineDevice({
  type: 'plain-module',
  title: 'Plain module',
  description: 'A module for tests.',
  identity: { model: 'Module', firmware: '1.0' },
  size: MODULE_SIZE,
  config: {},
  quirks: [],
  signals: moduleSignals,
  commands: {},
  alarms: {},
  solids: () => MODULE_SOLIDS,
  places: () => [TRANSFER, CONNECTOR],
  ports: () => [],
  vessels: () => [MODULE_FRAME],
  body: () => MODULE_FRAME.name,
  powered: 'dock',
  machine: setup({}).createMachine({ initial: 'idle', states: { idle: {} } }),
  initialState: () => ({}),
  effects: {},
  preconditions: {},
  read: moduleRead,
  write: {},
  channels: {},
  appearance: () => ({}),
});
