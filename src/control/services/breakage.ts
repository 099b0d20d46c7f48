import type { PlantDescription } from '../../kernel/plant-contract.ts';
import { whyDown } from '../repairs.ts';
import { facilityOf } from '../phases/cassette/facility.ts';
import { readText, type Task } from '../task.ts';

/** Modules of a plant: what stands in docks. */
export function modulesOf(plant: PlantDescription): readonly string[] {
  return plant.devices.filter(({ body }) => body === 'module').map(({ id }) => id);
}

/** Why a device does no work until somebody repairs it or its connector; empty when it does. */
export function* whyBroken(plant: PlantDescription, id: string): Task<string> {
  const down = yield* whyDown(id);
  if (down !== '') return down;
  const connector = facilityOf(plant).connectorOf(id);
  if (connector === undefined || (yield* readText(connector, 'state')) !== 'broken') return '';
  return `${connector} has broken down`;
}
