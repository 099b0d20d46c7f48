import type { Violation } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import type { Twin } from '../twin.ts';
import type { Observer } from './observer.ts';

/** What one observer remembers. */
export interface StoredWatch {
  readonly observer: string;
  readonly memory: unknown;
  readonly present: readonly string[];
  readonly next: Micros;
}

interface Watch {
  readonly observer: Observer;
  memory: unknown;
  /** Subjects of the breaches that hold at present. */
  present: readonly string[];
  /** Time of the next look although nothing has changed. */
  next: Micros;
  /** Revision of the watched parts at the latest look; not state. */
  seen: number;
}

/**
 * Lets each observer look when something it watches has changed or its period is over, and reports
 * what has begun since. Looking is part of the twin's own steps, so it depends on no reader.
 */
export class ObserverBoard {
  private readonly watches: readonly Watch[];
  private seenTotal = -1;
  private next: Micros = 0;

  constructor(observers: readonly Observer[]) {
    this.watches = observers.map((observer) => ({
      observer,
      memory: observer.memory?.(),
      present: [],
      next: observer.period === undefined ? Number.POSITIVE_INFINITY : 0,
      seen: -1,
    }));
  }

  /** Time at which somebody must look although nothing changes; Infinity when nobody need. */
  get nextLook(): Micros {
    return this.next;
  }

  /** Returns the violations that began since the last look. */
  look(twin: Twin, t: Micros): readonly Violation[] {
    const { revisions } = twin.plant;
    if (revisions.total === this.seenTotal && t < this.next) return NOTHING;
    this.seenTotal = revisions.total;
    const begun: Violation[] = [];
    let next: Micros = Number.POSITIVE_INFINITY;
    for (const watch of this.watches) {
      const revision = revisions.of(watch.observer.watches);
      if (revision !== watch.seen || t >= watch.next) {
        watch.seen = revision;
        this.lookWith(watch, twin, t, begun);
      }
      next = Math.min(next, watch.next);
    }
    this.next = next;
    return begun;
  }

  private lookWith(watch: Watch, twin: Twin, t: Micros, begun: Violation[]): void {
    const { observer, memory, present } = watch;
    if (observer.period !== undefined) watch.next = t + observer.period;
    const found = observer.find(twin, t, memory);
    if (observer.due !== undefined) watch.next = observer.due(memory, t);
    if (found.length === 0 && present.length === 0) return;
    for (const { subject, place, batch, cause } of found) {
      if (present.includes(subject)) continue;
      begun.push({ observer: observer.name, time: t, place, batch, cause });
    }
    watch.present = found.map(({ subject }) => subject);
  }

  /** Takes over what observers remembered of a plant that they had looked at. */
  restore(stored: readonly StoredWatch[], { plant }: Twin): void {
    for (const { observer, memory, present, next } of stored) {
      const watch = this.watches.find((w) => w.observer.name === observer);
      if (watch === undefined) continue;
      Object.assign(watch, { memory, present, next });
      watch.seen = plant.revisions.of(watch.observer.watches);
    }
    this.seenTotal = plant.revisions.total;
    this.next = Math.min(Number.POSITIVE_INFINITY, ...this.watches.map(({ next }) => next));
  }

  /** Memory for hashing and storing. */
  stored(): readonly StoredWatch[] {
    return this.watches.map(({ observer, memory, present, next }) => ({
      observer: observer.name,
      memory,
      present,
      next,
    }));
  }
}

const NOTHING: readonly Violation[] = [];
