import type { DeviceDescription, PlantDescription } from '../../kernel/plant-contract.ts';
import { record } from '../batch-context.ts';
import { facilityOf } from '../phases/cassette/facility.ts';
import { MICROS_PER_HOUR } from '../../kernel/time.ts';
import { now, read, type Task, waitChange } from '../task.ts';

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
  const modules = plant.devices.filter(isModule).map(({ id }) => id);
  const locations = yield* read(...modules.map((id) => `${id}.location` as const));
  const { isPowered } = facilityOf(plant);
  return modules.filter((id, i) => {
    const isDocked = isPowered(String(locations[i]?.value ?? ''));
    return isDocked === (reasons.get(id) ?? '').endsWith(NO_DOCK);
  });
}

/** Modules and carriers, by the devices whose state decides on them. */
function watchList(plant: PlantDescription): ReadonlyMap<string, readonly string[]> {
  const { carriers, connectorOf } = facilityOf(plant);
  const list = new Map<string, string[]>();
  const add = (id: string, concerned: string): void => {
    list.set(id, [...(list.get(id) ?? []), concerned]);
  };
  for (const { id } of plant.devices.filter(isModule)) {
    add(id, id);
    const connector = connectorOf(id);
    if (connector !== undefined) add(connector, id);
  }
  for (const id of carriers) add(id, id);
  return list;
}

function isModule({ body }: DeviceDescription): boolean {
  return body === 'module';
}

function* check(
  plant: PlantDescription,
  ids: readonly string[],
  reasons: Map<string, string>,
): Task<void> {
  for (const device of new Set(ids)) {
    const reason = yield* whyUnavailable(plant, device);
    if (reason === (reasons.get(device) ?? '')) continue;
    reasons.set(device, reason);
    const available = reason === '';
    const state = available ? 'available' : 'unavailable';
    yield* record({
      ...{ batch: NAME, time: 0, path: '', type: 'equipment', device, state, reason },
    });
    yield { kind: 'offer', device, available };
  }
}

function* whyUnavailable(plant: PlantDescription, id: string): Task<string> {
  const { device, connectorOf, isPowered } = facilityOf(plant);
  const [state] = yield* read(`${id}.state`);
  if (state?.value === 'broken') return `${id} has broken down`;
  if (!isModule(device(id))) return '';
  const [location] = yield* read(`${id}.location`);
  if (!isPowered(String(location?.value ?? ''))) return `${id} ${NO_DOCK}`;
  const connector = connectorOf(id);
  if (connector === undefined) return '';
  const [joint] = yield* read(`${connector}.state`);
  return joint?.value === 'broken' ? `${connector} has broken down` : '';
}

/** Services of a modular plant by their names. */
export function healthServices(plant: PlantDescription): ReadonlyMap<string, Task<void>> {
  return new Map([[NAME, watchHealth(plant)]]);
}
