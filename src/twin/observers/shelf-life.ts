import { MICROS_PER_MINUTE, type Micros } from '../../kernel/time.ts';
import { totalInto, VOLUME } from '../../physics/fluids/contents.ts';
import type { Plant } from '../plant.ts';
import type { VesselState } from '../plant-state.ts';
import type { Twin } from '../twin.ts';
import { relaxedTemperature } from '../vessel-dynamics.ts';
import type { Finding, Observer } from './observer.ts';
import { VesselGrouping } from './vessel-groups.ts';

/** What the observer asks of the cell models. */
export interface ShelfLifeRules {
  /** Living cells of some amounts. */
  cells(amounts: Float64Array): number;
  /** State in which the cells wait and how long they keep in it [s]; undefined when no clock runs. */
  holding(
    amounts: Float64Array,
    temperature: number,
    gassed: boolean,
  ): { readonly name: string; readonly seconds: number } | undefined;
  /** Whether gassed cells are in culture at any temperature, so that no clock runs. */
  isCulture(amounts: Float64Array): boolean;
}

/** Clock of one batch. */
interface Clock {
  readonly state: string;
  readonly since: Micros;
  /** Time of the latest look, and the share of the shelf life used up by then. */
  readonly looked: Micros;
  readonly used: number;
}

/** Period of the looks: up to a sixth of the shortest shelf life. */
const PERIOD = 10 * MICROS_PER_MINUTE;

/**
 * Cells that have waited longer than they keep. Each batch has one clock: it starts anew when the
 * cells get into another state, goes on when they are moved from vessel to vessel, and rests while
 * some of them are in culture or frozen, for what else there is was left over.
 */
export const shelfLife = (rules: ShelfLifeRules): Observer => {
  const held = cellsByBatch(rules);
  /** Vessels that count of each batch, none while no clock can run until one of them is touched. */
  const counting = new Map<string, readonly VesselState[]>();
  return {
    name: 'shelf-life-exceeded',
    watches: [],
    period: PERIOD,
    memory: (): Record<string, Clock> => ({}),
    find: (twin, t, memory) => {
      const clocks = memory as Record<string, Clock>;
      const { plant } = twin;
      const { groups, changed } = held.of(plant);
      for (const batch of changed) {
        const vessels = countingOf(plant, groups.get(batch), rules);
        if (vessels.length > 0) counting.set(batch, vessels);
        else counting.delete(batch);
      }
      for (const batch of Object.keys(clocks)) if (!counting.has(batch)) delete clocks[batch];
      const found: Finding[] = [];
      for (const [batch, vessels] of counting) {
        const waiting = waitOf(twin, vessels, rules, t);
        const clock = clocks[batch];
        if (waiting === undefined) {
          delete clocks[batch];
          continue;
        }
        const { vessel, name, seconds } = waiting;
        if (clock?.state !== name) {
          clocks[batch] = { state: name, since: t, looked: t, used: 0 };
          continue;
        }
        const used = clock.used + (t - clock.looked) / 1e6 / seconds;
        clocks[batch] = { ...clock, looked: t, used };
        if (used <= 1) continue;
        const hours = (s: number): string => (s / 3600).toFixed(1);
        const waited = hours((t - clock.since) / 1e6);
        const place = plant.zoneOf(vessel);
        const cause = `${vessel.id}: ${name} for ${waited} h, they keep ${hours(seconds)} h; go on with the batch or discard it`;
        found.push({ subject: `${batch} ${name}`, place, batch, cause });
      }
      return found;
    },
  };
};

/** Share of a batch's cells from which a vessel counts: less is what was left over. */
const LEFTOVER = 0.1;

/** Living cells of each batch by vessel, as they were when last touched. */
function cellsByBatch({ cells }: ShelfLifeRules): VesselGrouping<number> {
  return new VesselGrouping(['contents', 'lots'], ({ state }, { waste, contents }) => {
    const entries: [string, number][] = [];
    if (waste) return entries;
    for (const { lot, amounts } of contents.lots) {
      const count = state.batches.has(lot) ? cells(amounts) : 0;
      if (count > 0) entries.push([lot, count]);
    }
    return entries;
  });
}

/**
 * Vessels that hold a good share of a batch's living cells, most first; none when the cells of one of
 * them are in culture whatever the temperature.
 */
function countingOf(
  plant: Plant,
  cells: ReadonlyMap<string, number> | undefined,
  { isCulture }: ShelfLifeRules,
): readonly VesselState[] {
  if (cells === undefined) return [];
  let total = 0;
  for (const count of cells.values()) total += count;
  const vessels = [...cells]
    .filter(([, count]) => count >= LEFTOVER * total)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([id]) => plant.vessel(id));
  const amounts = new Float64Array(plant.speciesCount);
  const isInCulture = (vessel: VesselState): boolean =>
    plant.environmentOf(vessel).gas !== undefined &&
    isCulture(totalInto(amounts, vessel.contents.lots));
  return vessels.some(isInCulture) ? [] : vessels;
}

/**
 * What the batch waits in; undefined as soon as one of its vessels is in culture or frozen. Amounts are
 * those of the latest touch: what cells do since does not change in which state they wait.
 */
function waitOf(
  { plant }: Twin,
  vessels: readonly VesselState[],
  { holding }: ShelfLifeRules,
  t: Micros,
): { readonly vessel: VesselState; readonly name: string; readonly seconds: number } | undefined {
  let first: ReturnType<typeof waitOf>;
  const amounts = new Float64Array(plant.speciesCount);
  for (const vessel of vessels) {
    totalInto(amounts, vessel.contents.lots);
    const environment = plant.environmentOf(vessel);
    const temperature = relaxedTemperature(
      vessel.contents.temperature,
      amounts[VOLUME] ?? 0,
      environment,
      t - vessel.since,
    );
    const state = holding(amounts, temperature, environment.gas !== undefined);
    if (state === undefined) return undefined;
    first ??= { vessel, ...state };
  }
  return first;
}
