import type { PlantDescription } from '../../kernel/plant-contract.ts';
import type { PhaseDefinition } from '../phase.ts';
import type { RealisedEntry, RealisedPhase, RealisedRecipe } from '../realisation/realise.ts';
import { whyDown } from '../repairs.ts';
import { type Task, waitChange } from '../task.ts';
import { offer } from './offering.ts';

/** Name under which the record knows the service. */
const NAME = 'health of shared places';

/**
 * Withholds what batches have for themselves - a zone, a reactor with its pumps - while a device that is
 * needed there has broken down. Nobody begins there meanwhile; who is there already goes on as it can.
 */
export function sharedPlaceServices(
  plant: PlantDescription,
  recipes: readonly RealisedRecipe[],
  library: ReadonlyMap<string, PhaseDefinition>,
): ReadonlyMap<string, Task<void>> {
  const needed = new Map<string, Set<string>>();
  for (const realised of recipes) collect(realised, library, needed);
  return new Map([[NAME, watch(plant, needed)]]);
}

function* watch(
  plant: PlantDescription,
  needed: ReadonlyMap<string, ReadonlySet<string>>,
): Task<void> {
  const known = new Set(plant.devices.map(({ id }) => id));
  const reasons = new Map<string, string>();
  let changed: readonly string[] | undefined;
  for (;;) {
    for (const [resource, devices] of needed) {
      if (changed?.some((id) => devices.has(id)) === false) continue;
      let reason = '';
      for (const id of devices) {
        if (reason !== '' || !known.has(id)) continue;
        reason = yield* whyDown(id);
      }
      yield* offer(NAME, resource, reason, reasons);
    }
    changed = yield* waitChange();
  }
}

/** Devices by the shared place in which phases use them. */
function collect(
  { steps, equipment, units }: RealisedRecipe,
  library: ReadonlyMap<string, PhaseDefinition>,
  needed: Map<string, Set<string>>,
): void {
  const add = (resource: string, devices: readonly string[]): void => {
    const set = needed.get(resource) ?? new Set<string>();
    for (const id of devices) set.add(id);
    needed.set(resource, set);
  };
  const own = new Set<string>();
  for (const kind of Object.values(units)) {
    for (const unit of kind) {
      add(unit.name, Object.values(unit.equipment));
      for (const role of Object.keys(unit.equipment)) own.add(role);
    }
  }
  const visit = (entry: RealisedEntry): void => {
    for (const phase of entry.phases) {
      const roles = rolesOf(phase, library).filter((role) => !own.has(role));
      for (const resource of phase.exclusive) {
        if (units[resource] !== undefined) continue;
        add(
          resource,
          roles.flatMap((role) => equipment.get(role)?.slice(0, 1) ?? []),
        );
      }
    }
    entry.repeat?.forEach(visit);
  };
  for (const { entries } of steps) entries.forEach(visit);
}

/** Roles that a phase sends commands to, named by it or by its parameters. */
function rolesOf(
  { phase, with: parameters }: RealisedPhase,
  library: ReadonlyMap<string, PhaseDefinition>,
): readonly string[] {
  const definition = library.get(phase);
  if (definition === undefined) return [];
  const named = Object.keys(definition.roleParameters ?? {}).map((name) => parameters[name]);
  return [
    ...Object.keys(definition.needs),
    ...named.filter((role): role is string => typeof role === 'string'),
  ];
}
