import { deviceOf } from './places.ts';
import type { JournalEntry } from './journal.ts';
import type { Candidate } from './task.ts';

/** Who waits for one of several resources. */
export interface Waiter {
  readonly batch: string;
  readonly candidates: readonly Candidate[];
  readonly priority: number;
  /** Rises with every claim: who came first. */
  readonly sequence: number;
}

/** A resource given to one who waited. */
export interface Grant<W extends Waiter> {
  readonly waiter: W;
  readonly resource: string;
}

/** All who wait for the same resources, in the order in which they came. */
interface Queue<W extends Waiter> {
  readonly candidates: readonly Candidate[];
  readonly waiters: Set<W>;
}

/**
 * Which batch has which resource for itself. Nobody waits while one of his resources is free, so who
 * comes first is served first within a priority.
 */
export class Claims<W extends Waiter> {
  private readonly owners = new Map<string, string>();
  private readonly queues = new Map<string, Queue<W>>();
  /** Queues in which somebody waits for a resource, by their names. */
  private readonly wanted = new Map<string, Set<string>>();
  private readonly withheld = new Set<string>();
  /** Who keeps for good what they have. */
  private readonly keepers = new Set<string>();
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

  /** Gives back all that one has. */
  forget(batch: string): readonly Grant<W>[] {
    const own = [...this.owners].filter(([, owner]) => owner === batch);
    return own.flatMap(([resource]) => this.release(batch, resource) ?? []);
  }

  /** One keeps for good what it has; returns those who now wait in vain. */
  keep(batch: string): readonly W[] {
    this.keepers.add(batch);
    const vain = [...this.queues.values()].filter(({ candidates }) => this.isVain(candidates));
    const waiters = vain.flatMap((queue) => [...queue.waiters]);
    for (const waiter of waiters) this.leave(waiter);
    return waiters;
  }

  /** Whether all of some resources are kept for good. */
  isVain(candidates: readonly Candidate[]): boolean {
    return candidates.every(({ resource }) => this.keepers.has(this.owners.get(resource) ?? ''));
  }

  /** Who has a resource. */
  ownerOf(resource: string): string | undefined {
    return this.owners.get(resource);
  }

  /** Gives a resource at once, if one is free: one that the batch has, else the cheapest. */
  take({ batch, candidates }: Pick<Waiter, 'batch' | 'candidates'>): string | undefined {
    const own = candidates.find(({ resource }) => this.owners.get(resource) === batch);
    if (own !== undefined) return own.resource;
    let best: Candidate | undefined;
    for (const candidate of candidates) {
      if (!this.isFree(candidate)) continue;
      if (best === undefined || candidate.cost < best.cost) best = candidate;
    }
    if (best !== undefined) this.give(batch, best.resource);
    return best?.resource;
  }

  wait(waiter: W): void {
    const name = nameOf(waiter);
    const queue = this.queues.get(name);
    if (queue !== undefined) {
      queue.waiters.add(waiter);
      return;
    }
    const { candidates } = waiter;
    this.queues.set(name, { candidates, waiters: new Set([waiter]) });
    for (const { resource } of candidates) {
      const names = this.wanted.get(resource) ?? new Set<string>();
      names.add(name);
      this.wanted.set(resource, names);
    }
  }

  leave(waiter: W): void {
    const name = nameOf(waiter);
    const queue = this.queues.get(name);
    if (queue === undefined) return;
    queue.waiters.delete(waiter);
    if (queue.waiters.size > 0) return;
    this.queues.delete(name);
    for (const { resource } of queue.candidates) {
      const names = this.wanted.get(resource);
      names?.delete(name);
      if (names?.size === 0) this.wanted.delete(resource);
    }
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
    return [...this.wanted.keys()]
      .filter((resource) => deviceOf(resource) === device)
      .flatMap((resource) => this.pass(resource) ?? []);
  }

  private pass(resource: string): Grant<W> | undefined {
    if (this.owners.has(resource)) return undefined;
    let best: W | undefined;
    for (const name of this.wanted.get(resource) ?? []) {
      const queue = this.queues.get(name);
      const candidate = queue?.candidates.find((c) => c.resource === resource);
      if (queue === undefined || candidate === undefined || !this.isFree(candidate)) continue;
      for (const waiter of queue.waiters) {
        if (best === undefined || isBefore(waiter, best)) best = waiter;
      }
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

  private isFree({ resource, regardless = false }: Candidate): boolean {
    return !this.owners.has(resource) && (regardless || !this.withheld.has(deviceOf(resource)));
  }
}

function isBefore(a: Waiter, b: Waiter): boolean {
  return a.priority === b.priority ? a.sequence < b.sequence : a.priority > b.priority;
}

/** The same for all who want the same resources under the same conditions. */
function nameOf({ candidates }: Waiter): string {
  return candidates
    .map(({ resource, regardless }) => (regardless === true ? `${resource}!` : resource))
    .sort()
    .join(' ');
}
