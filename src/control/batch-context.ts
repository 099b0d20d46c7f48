import type { BatchPlan } from './batch.ts';
import type { JournalEntry, PhaseNote } from './journal.ts';
import type { PhaseContext } from './phase.ts';
import type { Task } from './task.ts';

/** A batch on its way. */
export interface BatchState {
  readonly plan: BatchPlan;
  readonly facts: Record<string, number | boolean | string>;
  /** Shared places that the batch has for itself. */
  readonly held: Set<string>;
}

/** Appends to the batch record; the scheduler puts in the time. */
export function* record(entry: JournalEntry): Task<void> {
  yield { kind: 'record', entry };
}

/**
 * What the phase at `path` may use. Throws RangeError for names that the realisation does not have.
 *
 * @param covering devices that cover what the recipe requires, by role
 */
export function batchContext(
  state: BatchState,
  path: string,
  covering: Readonly<Record<string, readonly string[]>> = {},
): PhaseContext {
  const { plan, facts } = state;
  const batch = plan.order.id;
  const device = (role: string): string => {
    const [found] = covering[role] ?? plan.realised.equipment.get(role) ?? [];
    if (found === undefined) throw new RangeError(`no equipment has the role ${role}`);
    return found;
  };
  function* setFact(name: string, value: number | boolean | string): Task<void> {
    facts[name] = value;
    yield* record({ batch, time: 0, type: 'fact', path, name, value });
  }
  const locate = (vessel: string): string => {
    const place = facts[`place of ${vessel}`] ?? plan.vessels[vessel];
    if (typeof place !== 'string') throw new RangeError(`nobody knows where ${vessel} stands`);
    return place;
  };
  const write = (note: PhaseNote): Task<void> => record({ ...note, batch, time: 0, path });
  return {
    batch,
    order: plan.order,
    startingMaterial: plan.realised.recipe.startingMaterial,
    plant: plan.plant,
    device,
    candidates: (role) => covering[role] ?? plan.realised.equipment.get(role) ?? [],
    mediumOf: (role) =>
      plan.realised.mediumRoles.has(role) ? (plan.realised.recipe.medium ?? '') : '',
    has: (id, command) =>
      plan.plant.devices.some(
        (d) => d.id === id && d.commands.some(({ name }) => name === command),
      ),
    home: (vessel) => {
      const place = facts[`home of ${vessel}`] ?? plan.vessels[vessel];
      if (typeof place !== 'string') throw new RangeError(`the scene has no vessel ${vessel}`);
      return place;
    },
    vessel: (name) => {
      const found = plan.realised.vessels[name];
      if (found === undefined) throw new RangeError(`the realisation has no vessel ${name}`);
      return found;
    },
    place: (name) => {
      const [role = '', place] = (plan.realised.places[name] ?? name).split('.');
      if (place === undefined) throw new RangeError(`the realisation has no place ${name}`);
      return `${device(role)}.${place}`;
    },
    locate,
    occupant: (place) => Object.keys(plan.vessels).find((vessel) => locate(vessel) === place),
    fact: (name) => facts[name],
    setFact,
    moved: (vessel, place) => setFact(`place of ${vessel}`, place),
    record: write,
    note: (text) => write({ type: 'note', text }),
  };
}
