import type { PlantDescription } from '../../kernel/plant-contract.ts';
import { facilityOf } from '../phases/cassette/facility.ts';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import { now, read, readText, type Task, waitChange } from '../task.ts';
import { modulesOf, whyBroken } from './breakage.ts';
import { offer } from './offering.ts';

/** Name under which the record knows the service. */
const NAME = 'health of modules';
/** Time between two looks at where modules stand: nothing tells that people have moved one. */
const ROUND = MICROS_PER_HOUR;
const NO_DOCK = 'stands in no dock';

/**
 * Withholds modules and carriers that are broken or stand in no dock, and modules whose connector is
 * broken. Whoever waits gets another, and one that is repaired or docked is simply used again.
 */
export function* watchHealth(plant: PlantDescription): Task<void> {
  const watched = watchList(plant);
  const reasons = new Map<string, string>();
  yield* check(plant, [...watched.values()].flat(), reasons);
  let next = (yield* now()) + ROUND;
  for (;;) {
    const changed = yield* waitChange(next);
    const concerned = new Set(changed.flatMap((id) => watched.get(id) ?? []));
    const time = yield* now();
    if (time >= next) {
      next = time + ROUND;
      for (const id of yield* movedModules(plant, reasons)) concerned.add(id);
    }
    if (concerned.size > 0) yield* check(plant, [...concerned], reasons);
  }
}

/** Modules that were taken out of a dock or put into one since they were looked at. */
function* movedModules(
  plant: PlantDescription,
  reasons: ReadonlyMap<string, string>,
): Task<readonly string[]> {
  const modules = modulesOf(plant);
  const locations = yield* read(...modules.map((id) => `${id}.location` as const));
  const { isPowered } = facilityOf(plant);
  return modules.filter((id, i) => {
    const isDocked = isPowered(String(locations[i]?.value ?? ''));
    return isDocked === (reasons.get(id) ?? '').endsWith(NO_DOCK);
  });
}

/** Modules and carriers, by the devices whose state or work decides on them. */
function watchList(plant: PlantDescription): ReadonlyMap<string, readonly string[]> {
  const { carriers, connectorOf, has } = facilityOf(plant);
  const modules = modulesOf(plant);
  const list = new Map<string, string[]>();
  const add = (id: string, concerned: string): void => {
    list.set(id, [...(list.get(id) ?? []), concerned]);
  };
  for (const id of modules) {
    add(id, id);
    const connector = connectorOf(id);
    if (connector !== undefined) add(connector, id);
  }
  for (const id of carriers) add(id, id);
  for (const { id } of plant.devices) {
    if (has(id, 'insertModule')) for (const module of modules) add(id, module);
  }
  return list;
}

function* check(
  plant: PlantDescription,
  ids: readonly string[],
  reasons: Map<string, string>,
): Task<void> {
  for (const device of new Set(ids)) {
    yield* offer(NAME, device, yield* whyUnavailable(plant, device), reasons);
  }
}

function* whyUnavailable(plant: PlantDescription, id: string): Task<string> {
  const broken = yield* whyBroken(plant, id);
  const { device, isPowered } = facilityOf(plant);
  if (broken !== '' || device(id).body !== 'module') return broken;
  return isPowered(yield* readText(id, 'location')) ? '' : `${id} ${NO_DOCK}`;
}

/** Services of a modular plant by their names. */
export function healthServices(plant: PlantDescription): ReadonlyMap<string, Task<void>> {
  return new Map([[NAME, watchHealth(plant)]]);
}
