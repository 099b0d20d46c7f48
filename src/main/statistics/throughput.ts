import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR, type Micros } from '../../kernel/time.ts';
import { type Distribution, distributionOf } from './distribution.ts';

/** What became of the ordered batches. */
export interface Throughput {
  readonly ordered: number;
  readonly started: number;
  readonly completed: number;
  readonly failed: number;
  readonly running: number;
  /** Completed batches per 30 days of the whole run. */
  readonly per30Days: number;
  /** Most batches under way at once. */
  readonly mostAtOnce: number;
  /** From the order to the end of the batch [d], of completed ones. */
  readonly leadTimeDays: Distribution;
  /** From the order to the first step, then before each step: time between two steps [h]. */
  readonly waitingHours: Readonly<Record<string, Distribution>>;
  /** Durations of the steps [h]. */
  readonly stepHours: Readonly<Record<string, Distribution>>;
  /** Failed batches by the reason given. */
  readonly losses: Readonly<Record<string, number>>;
  readonly products: Readonly<
    Record<
      string,
      { readonly ordered: number; readonly completed: number; readonly failed: number }
    >
  >;
}

export function throughputOf(batches: readonly BatchProgress[], duration: Micros): Throughput {
  const lead: number[] = [];
  const waiting = new Map<string, number[]>();
  const working = new Map<string, number[]>();
  const losses: Record<string, number> = {};
  const products: Record<string, { ordered: number; completed: number; failed: number }> = {};
  let started = 0;
  for (const batch of batches) {
    const product = (products[batch.product] ??= { ordered: 0, completed: 0, failed: 0 });
    product.ordered += 1;
    if (batch.outcome === 'complete') product.completed += 1;
    if (batch.outcome === 'failed') {
      product.failed += 1;
      const reason = batch.reason ?? 'unknown';
      losses[reason] = (losses[reason] ?? 0) + 1;
    }
    let since = batch.ordered ?? 0;
    let begun = false;
    for (const { step, name, start, end } of batch.steps) {
      if (start === undefined) continue;
      begun = true;
      const label = `${step} ${name}`;
      push(waiting, label, (start - since) / MICROS_PER_HOUR);
      if (end === undefined) break;
      push(working, label, (end - start) / MICROS_PER_HOUR);
      since = end;
    }
    if (begun) started += 1;
    if (batch.outcome === 'complete') lead.push((since - (batch.ordered ?? 0)) / MICROS_PER_DAY);
  }
  const count = (outcome: BatchProgress['outcome']): number =>
    batches.filter((batch) => batch.outcome === outcome).length;
  const completed = count('complete');
  return {
    ordered: batches.length,
    started,
    completed,
    failed: count('failed'),
    running: count('running'),
    per30Days: duration > 0 ? Number(((completed * 30 * MICROS_PER_DAY) / duration).toFixed(2)) : 0,
    mostAtOnce: mostAtOnce(batches),
    leadTimeDays: distributionOf(lead),
    waitingHours: distributions(waiting),
    stepHours: distributions(working),
    losses,
    products,
  };
}

/** Largest number of batches between the start of their first and the end of their last step. */
function mostAtOnce(batches: readonly BatchProgress[]): number {
  const changes: { readonly time: Micros; readonly by: 1 | -1 }[] = [];
  for (const { steps, outcome } of batches) {
    const starts = steps.flatMap(({ start }) => (start === undefined ? [] : [start]));
    if (starts.length === 0) continue;
    changes.push({ time: Math.min(...starts), by: 1 });
    const ends = steps.flatMap(({ end }) => (end === undefined ? [] : [end]));
    if (outcome !== 'running' && ends.length > 0) {
      changes.push({ time: Math.max(...ends), by: -1 });
    }
  }
  changes.sort((a, b) => a.time - b.time || a.by - b.by);
  let [now, most] = [0, 0];
  for (const { by } of changes) {
    now += by;
    most = Math.max(most, now);
  }
  return most;
}

function push(lists: Map<string, number[]>, label: string, value: number): void {
  const list = lists.get(label) ?? [];
  list.push(value);
  lists.set(label, list);
}

function distributions(
  lists: ReadonlyMap<string, readonly number[]>,
): Readonly<Record<string, Distribution>> {
  const sorted = [...lists].sort(([a], [b]) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
  return Object.fromEntries(sorted.map(([label, values]) => [label, distributionOf(values)]));
}
