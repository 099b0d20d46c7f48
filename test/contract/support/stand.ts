import { setup } from 'xstate';
import { defineDevice } from '../../../src/device-emulators/definition/define-device.ts';
import type { AnyDeviceDefinition } from '../../../src/device-emulators/definition/device.ts';
import { IDENTITY_POSE } from '../../../src/kernel/pose.ts';

/** A device without extent whose one place takes bodies of that kind and gives them power. */
export function standFor(kind: string): AnyDeviceDefinition {
  return defineDevice({
    type: 'stand',
    title: 'Stand',
    description: 'Holds a movable device for tests.',
    identity: { model: 'Stand', firmware: '1.0' },
    size: [0.01, 0.01, 0.01],
    config: {},
    quirks: [],
    signals: {},
    commands: {},
    alarms: {},
    places: () => [
      {
        name: 'top',
        title: 'Top',
        pose: IDENTITY_POSE,
        accepts: [kind],
        open: true,
        robot: true,
        power: true,
      },
    ],
    ports: () => [],
    vessels: () => [],
    machine: setup({}).createMachine({ initial: 'ready', states: { ready: {} } }),
    initialState: () => ({}),
    effects: {},
    preconditions: {},
    read: {},
    write: {},
    channels: {},
    appearance: () => ({}),
  });
}
