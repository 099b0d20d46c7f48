import { MICROS_PER_MINUTE, type Micros } from '../../kernel/time.ts';
import { totalInto, VOLUME } from '../../physics/fluids/contents.ts';
import type { VesselState } from '../plant-state.ts';
import type { Twin } from '../twin.ts';
import { relaxedTemperature } from '../vessel-dynamics.ts';
import type { Finding, Observer } from './observer.ts';

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
export const shelfLife = (rules: ShelfLifeRules): Observer => ({
  name: 'shelf-life-exceeded',
  watches: [],
  period: PERIOD,
  memory: (): Record<string, Clock> => ({}),
  find: (twin, t, memory) => {
    const clocks = memory as Record<string, Clock>;
    const found: Finding[] = [];
    for (const [batch, vessels] of vesselsByBatch(twin, rules)) {
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
      const place = twin.plant.zoneOf(vessel);
      const cause = `${vessel.id}: ${name} for ${waited} h, they keep ${hours(seconds)} h; go on with the batch or discard it`;
      found.push({ subject: `${batch} ${name}`, place, batch, cause });
    }
    return found;
  },
});

/** Share of a batch's cells from which a vessel counts: less is what was left over. */
const LEFTOVER = 0.1;

/** For each batch the vessels that hold a good share of its living cells, most first. */
function vesselsByBatch(
  { plant }: Twin,
  { cells }: ShelfLifeRules,
): ReadonlyMap<string, readonly VesselState[]> {
  const held = new Map<string, { vessel: VesselState; count: number }[]>();
  for (const vessel of plant.state.vessels.values()) {
    if (vessel.waste) continue;
    for (const { lot, amounts } of vessel.contents.lots) {
      const count = plant.state.batches.has(lot) ? cells(amounts) : 0;
      if (count <= 0) continue;
      const vessels = held.get(lot) ?? [];
      vessels.push({ vessel, count });
      held.set(lot, vessels);
    }
  }
  return new Map(
    [...held].map(([lot, vessels]) => {
      const total = vessels.reduce((sum, { count }) => sum + count, 0);
      const counting = vessels.filter(({ count }) => count >= LEFTOVER * total);
      counting.sort((a, b) => b.count - a.count);
      return [lot, counting.map(({ vessel }) => vessel)];
    }),
  );
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
