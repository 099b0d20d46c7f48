import {
  connectDirect,
  type DirectPlant,
} from '../device-emulators/endpoints/direct/client/connect.ts';
import type { PlantClient } from '../kernel/plant-contract.ts';
import type { Twin } from '../twin/twin.ts';

/** A client of a twin in the same thread; `advance` is how it lets time pass, `execute` takes its commands. */
export function clientOf(
  twin: Twin,
  advance: DirectPlant['advance'],
  execute: DirectPlant['execute'] = (command) => twin.execute(command),
): PlantClient {
  return connectDirect({
    description: twin.describe(),
    now: () => twin.now,
    read: (device, name) => twin.read(device, name),
    execute,
    advance,
  });
}
