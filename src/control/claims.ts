import type { JournalEntry } from './journal.ts';
import type { Candidate } from './task.ts';

/** Who waits for one of several resources. */
export interface Waiter {
  readonly batch: string;
  readonly candidates: readonly Candidate[];
  readonly priority: number;
}

/** A resource given to one who waited. */
export interface Grant<W extends Waiter> {
  readonly waiter: W;
  readonly resource: string;
}

/**
 * Which batch has which resource for itself. Nobody waits while one of his resources is free, so who
 * comes first is served first within a priority.
 */
export class Claims<W extends Waiter> {
  private readonly owners = new Map<string, string>();
  /** Those who wait, by resource, in the order in which they came. */
  private readonly queues = new Map<string, Set<W>>();
  private readonly withheld = new Set<string>();
  private readonly note: (type: 'claimed' | 'released', batch: string, resource: string) => void;

  /** @param note is told of every change */
  constructor(note: (type: 'claimed' | 'released', batch: string, resource: string) => void) {
    this.note = note;
  }

  /** Takes over what the record of earlier runs says. */
  restore(entries: readonly JournalEntry[]): void {
    for (const entry of entries) {
      if (entry.type === 'claimed') this.owners.set(entry.resource, entry.batch);
      else if (entry.type === 'released') this.owners.delete(entry.resource);
    }
  }

  /** Gives a resource at once, if one is free: one that the batch has, else the cheapest. */
  take({ batch, candidates }: Waiter): string | undefined {
    const own = candidates.find(({ resource }) => this.owners.get(resource) === batch);
    if (own !== undefined) return own.resource;
    let best: Candidate | undefined;
    for (const candidate of candidates) {
      if (!this.isFree(candidate.resource)) continue;
      if (best === undefined || candidate.cost < best.cost) best = candidate;
    }
    if (best !== undefined) this.give(batch, best.resource);
    return best?.resource;
  }

  wait(waiter: W): void {
    for (const { resource } of waiter.candidates) {
      const queue = this.queues.get(resource) ?? new Set<W>();
      queue.add(waiter);
      this.queues.set(resource, queue);
    }
  }

  leave(waiter: W): void {
    for (const { resource } of waiter.candidates) this.queues.get(resource)?.delete(waiter);
  }

  /** Gives a resource back; it may pass to one who waits. Nothing happens when another has it. */
  release(batch: string, resource: string): Grant<W> | undefined {
    if (this.owners.get(resource) !== batch) return undefined;
    this.owners.delete(resource);
    this.note('released', batch, resource);
    return this.pass(resource);
  }

  /** Gives out the resources of a device, or withholds them; those that are owned stay so. */
  offer(device: string, available: boolean): readonly Grant<W>[] {
    if (!available) {
      this.withheld.add(device);
      return [];
    }
    if (!this.withheld.delete(device)) return [];
    return [...this.queues.keys()]
      .filter((resource) => deviceOf(resource) === device)
      .flatMap((resource) => this.pass(resource) ?? []);
  }

  private pass(resource: string): Grant<W> | undefined {
    if (!this.isFree(resource)) return undefined;
    let best: W | undefined;
    for (const waiter of this.queues.get(resource) ?? []) {
      if (best === undefined || waiter.priority > best.priority) best = waiter;
    }
    if (best === undefined) return undefined;
    this.leave(best);
    this.give(best.batch, resource);
    return { waiter: best, resource };
  }

  private give(batch: string, resource: string): void {
    this.owners.set(resource, batch);
    this.note('claimed', batch, resource);
  }

  private isFree(resource: string): boolean {
    return !this.owners.has(resource) && !this.withheld.has(deviceOf(resource));
  }
}

function deviceOf(resource: string): string {
  const dot = resource.indexOf('.');
  return dot < 0 ? resource : resource.slice(0, dot);
}
