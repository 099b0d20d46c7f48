import { MICROS_PER_HOUR, type Micros } from '../kernel/time.ts';
import type { BatchPlan } from './batch.ts';
import type { JournalEntry, PhaseNote } from './journal.ts';
import type { KitVessel, PhaseContext } from './phase.ts';
import { reserve } from './reserve.ts';
import { now, release, type Task, waitUntil } from './task.ts';

/** A batch on its way. */
export interface BatchState {
  readonly plan: BatchPlan;
  readonly facts: Record<string, number | boolean | string>;
  /** Shared places that the batch has for itself. */
  readonly held: Set<string>;
  /** What the record says already of the present wait. */
  readonly told: Set<string>;
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
  const { realised, vessels } = plan;
  const candidates = (role: string): readonly string[] => {
    const own = unitsOf(state).find(({ equipment }) => equipment[role] !== undefined);
    if (own !== undefined) return [own.equipment[role] ?? ''];
    return covering[role] ?? realised.equipment.get(role) ?? [];
  };
  const device = (role: string): string => {
    const [found] = candidates(role);
    if (found === undefined) throw new RangeError(`no equipment has the role ${role}`);
    return found;
  };
  function* setFact(name: string, value: number | boolean | string): Task<void> {
    facts[name] = value;
    yield* record({ batch, time: 0, type: 'fact', path, name, value });
  }
  const locate = (vessel: string): string => {
    const place = facts[`place of ${vessel}`] ?? vessels[vessel];
    if (typeof place !== 'string') throw new RangeError(`nobody knows where ${vessel} stands`);
    return place;
  };
  const place = (name: string): string => {
    const [role = '', within] = (realised.places[name] ?? name).split('.');
    if (within === undefined) throw new RangeError(`the realisation has no place ${name}`);
    return `${device(role)}.${within}`;
  };
  const write = (note: PhaseNote): Task<void> => record({ ...note, batch, time: 0, path });
  return {
    batch,
    order: plan.order,
    startingMaterial: plan.realised.recipe.startingMaterial,
    plant: plan.plant,
    device,
    candidates,
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
    vessel: (name) => vesselOf(state, name),
    place,
    line: (name) => {
      const own = unitsOf(state).find(({ lines }) => lines[name] !== undefined);
      return own?.lines[name] ?? realised.lines[name] ?? name;
    },
    kit: (name) =>
      Object.entries(realised.kits[name] ?? {}).map(
        ([role, { home, kind, ...rest }]): KitVessel => {
          const { startingMaterial = rest } = realised.recipe;
          const { liquid, volume, temperature } = rest.material ? startingMaterial : rest;
          const lot = rest.material ? batch : `${liquid} for ${batch}`;
          return {
            vessel: vesselOf(state, role),
            kind,
            home: home === undefined ? '' : place(home),
            fill: liquid === '' ? undefined : { liquid, volume, temperature, lot },
          };
        },
      ),
    isHere: (vessel) => (facts[`place of ${vessel}`] ?? vessels[vessel] ?? '') !== '',
    reserve: (resource, until) => enter(state, path, resource, until),
    locate,
    occupant: (where) =>
      ownVessels(state).find(
        (vessel) => (facts[`place of ${vessel}`] ?? vessels[vessel]) === where,
      ),
    fact: (name) => facts[name],
    setFact,
    moved: (vessel, place) => setFact(`place of ${vessel}`, place),
    record: write,
    note: (text) => write({ type: 'note', text }),
  };
}

/** Units that the batch has for itself. */
function unitsOf({ plan, held }: BatchState) {
  return Object.values(plan.realised.units).flatMap((units) =>
    units.filter(({ name }) => held.has(name)),
  );
}

/**
 * Vessel behind a realisation's name. Vessels of the scene belong to the batch whose material stands
 * in the scene; what comes in a kit for another batch, or later, bears the batch's label in its name.
 */
function vesselOf({ plan }: BatchState, name: string): string {
  const { realised, order, vessels } = plan;
  const found = realised.vessels[name];
  if (found === undefined) throw new RangeError(`the realisation has no vessel ${name}`);
  const isBrought = Object.values(realised.kits).some((kit) => name in kit);
  const isInScene = order.material !== undefined && vessels[found] !== undefined;
  return isBrought && !isInScene ? `${order.id}-${found}` : found;
}

/** Vessels that the batch may touch: all of the scene where nothing comes in kits. */
function ownVessels(state: BatchState): readonly string[] {
  const { realised, vessels } = state.plan;
  if (Object.keys(realised.kits).length === 0) return Object.keys(vessels);
  return Object.keys(realised.vessels).map((name) => vesselOf(state, name));
}

/** Time between two looks at whether others need a place more; assumed. */
const LOOK = MICROS_PER_HOUR / 2;

/** What goes first among those who wait for the same: what is further on its way. */
const PER_STEP = 100;

/**
 * Waits until the batch has a shared place, or one unit of a kind, for itself; the record says for
 * what it waits. False when it has not at `until`.
 */
export function* enter(
  state: BatchState,
  path: string,
  resource: string,
  until: Micros = Number.POSITIVE_INFINITY,
): Task<boolean> {
  const { plan, facts, held, told } = state;
  const names = plan.realised.units[resource]?.map(({ name }) => name) ?? [resource];
  const candidates = names.map((name, cost) => ({ resource: name, cost }));
  const step = Number(path.split('.')[0]);
  const recipe = plan.realised.recipe.name;
  const priority = step * PER_STEP + (plan.order.priority ?? 0);
  // Who looks again and again tells it once.
  function* tell(note: PhaseNote): Task<void> {
    const text = JSON.stringify(note);
    if (told.has(text)) return;
    told.add(text);
    yield* record({ ...note, batch: plan.order.id, time: 0, path });
  }
  const due = Number(facts.due ?? 0);
  const wanted = { candidates, waitsFor: resource, priority, due, tell };
  let time = yield* now();
  for (;;) {
    // Who has something that may spoil goes by priority; who has not leaves others the time they need.
    const harmed = due > 0 ? undefined : plan.outlook.harmed(recipe, step, resource, time);
    if (harmed === undefined) {
      let given = yield* reserve(wanted, time);
      if (given === undefined && until > time) {
        yield* tell({ type: 'note', text: `waits for ${resource}` });
        given = yield* reserve(wanted, due > 0 ? until : Math.min(until, time + LOOK));
      }
      if (given !== undefined) {
        told.clear();
        held.add(given);
        plan.outlook.entered(plan.order.id, recipe, step, resource, yield* now());
        return true;
      }
    } else {
      yield* tell({ type: 'note', text: `leaves ${resource} to ${harmed}, which could not wait` });
      if (until > time) yield* waitUntil(Math.min(until, time + LOOK));
    }
    time = yield* now();
    if (time >= until) return false;
  }
}

/** Whether the batch has a shared place, or one unit of a kind, for itself. */
export function has({ plan, held }: BatchState, resource: string): boolean {
  const units = plan.realised.units[resource];
  return units === undefined ? held.has(resource) : units.some(({ name }) => held.has(name));
}

/** Gives back a shared place, or the unit of a kind. */
export function* leave({ plan, held }: BatchState, resource: string): Task<void> {
  const names = plan.realised.units[resource]?.map(({ name }) => name) ?? [resource];
  for (const name of names) if (held.delete(name)) yield* release(name);
  plan.outlook.left(plan.order.id, resource, yield* now());
}
