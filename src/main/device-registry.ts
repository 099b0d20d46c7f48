import type { AnyDeviceDefinition } from '../device-emulators/definition/device.ts';
import { bagStand } from '../device-emulators/devices/bag-stand/definition.ts';
import { bioreactor } from '../device-emulators/devices/bioreactor/definition.ts';
import { centrifuge } from '../device-emulators/devices/centrifuge/definition.ts';
import { peristalticPump } from '../device-emulators/devices/peristaltic-pump/definition.ts';

const DEFINITIONS: readonly AnyDeviceDefinition[] = [
  bagStand,
  bioreactor,
  centrifuge,
  peristalticPump,
];

const BY_TYPE = new Map(DEFINITIONS.map((definition) => [definition.type, definition]));

/** All device types of this build, by name. */
export function deviceDefinitions(): ReadonlyMap<string, AnyDeviceDefinition> {
  return BY_TYPE;
}
