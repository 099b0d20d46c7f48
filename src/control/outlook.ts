import { MICROS_PER_HOUR, type Micros } from '../kernel/time.ts';
import type { RealisedRecipe, RealisedStep } from './realisation/realise.ts';

/** A shared place that a batch will need again. */
interface Need {
  readonly batch: string;
  readonly resource: string;
  /** When it is expected to be ready for it, and how long it may wait then. */
  readonly ready: Micros;
  readonly patience: Micros;
  /** Name of its stay, by which stays alike are known. */
  readonly stay: string;
}

/** Steps may take that much longer than expected, and stays than those before; assumed. */
const MARGIN = 3 * MICROS_PER_HOUR;

/**
 * What batches under way will need of places that they share, and when: who has nothing to lose yet does
 * not begin what would make them wait for longer than they may. Expected are the durations of the
 * recipe's steps, and of stays the longest that was seen.
 */
export class Outlook {
  private readonly needs = new Map<string, Need>();
  private readonly stays = new Map<string, Micros>();
  private readonly since = new Map<string, { readonly stay: string; readonly time: Micros }>();

  /** A batch has begun a step at `time`: what it will need after that step is expected anew. */
  expect(batch: string, { recipe, steps }: RealisedRecipe, begun: number, time: Micros): void {
    const at = steps.findIndex(({ step }) => step === begun);
    let ready = time;
    const seen = new Set<string>();
    for (let i = at; i + 1 < steps.length; i++) {
      const [step, next] = [steps[i], steps[i + 1]];
      if (step === undefined || next === undefined) return;
      ready += step.expected * MICROS_PER_HOUR;
      for (const resource of beginsWith(next)) {
        // What it has until then it keeps.
        if (seen.has(resource) || this.since.has(`${batch} ${resource}`)) continue;
        seen.add(resource);
        this.needs.set(`${batch} ${resource}`, {
          ...{ batch, resource, ready },
          patience: (step.shelfLife ?? Number.POSITIVE_INFINITY) * MICROS_PER_HOUR,
          stay: stayName(recipe.name, next.step, resource),
        });
      }
    }
  }

  /** A batch has a place from now on, for a stay that begins in a step. */
  entered(batch: string, recipe: string, step: number, resource: string, time: Micros): void {
    this.needs.delete(`${batch} ${resource}`);
    const stay = stayName(recipe, step, resource);
    this.since.set(`${batch} ${resource}`, { stay, time });
  }

  left(batch: string, resource: string, time: Micros): void {
    const begun = this.since.get(`${batch} ${resource}`);
    if (begun === undefined) return;
    this.since.delete(`${batch} ${resource}`);
    this.stays.set(begun.stay, Math.max(this.stays.get(begun.stay) ?? 0, time - begun.time));
  }

  /** A batch has ended and needs nothing more. */
  forget(batch: string): void {
    for (const map of [this.needs, this.since]) {
      for (const key of map.keys()) if (key.startsWith(`${batch} `)) map.delete(key);
    }
  }

  /**
   * Batch that would have to wait for a place longer than it may if another's stay began now;
   * undefined when none would, or would anyway.
   */
  harmed(recipe: string, step: number, resource: string, now: Micros): string | undefined {
    const stay = this.stays.get(stayName(recipe, step, resource));
    if (stay === undefined) return undefined;
    const late = new Set(this.late(resource, now, now));
    return this.late(resource, now, now + stay + MARGIN).find((batch) => !late.has(batch));
  }

  /** Who waits for too long when the place is free from a time on and goes to whoever is ready first. */
  private late(resource: string, now: Micros, from: Micros): readonly string[] {
    const coming = [...this.needs.values()]
      .filter((need) => need.resource === resource)
      .map((need) => ({ ...need, ready: Math.max(need.ready, now) }))
      .sort((a, b) => a.ready - b.ready);
    const late: string[] = [];
    let free = from;
    for (const { batch, ready, patience, stay } of coming) {
      const begin = Math.max(free, ready);
      if (begin > ready + patience) late.push(batch);
      free = begin + (this.stays.get(stay) ?? 0);
    }
    return late;
  }
}

function stayName(recipe: string, step: number, resource: string): string {
  return `${recipe} ${step} ${resource}`;
}

/** Shared places that a step needs for its first function. */
function beginsWith({ entries }: RealisedStep): readonly string[] {
  return [...new Set(entries[0]?.phases.flatMap(({ exclusive }) => exclusive))];
}
