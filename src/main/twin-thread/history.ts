import type { Micros } from '../../kernel/time.ts';
import type { StopRule, Twin } from '../../twin/twin.ts';
import { readSnapshot, SnapshotError } from '../snapshots/snapshot-file.ts';
import { type RingSource, SnapshotRing } from '../snapshots/snapshot-ring.ts';
import type { Advanceable } from './time-control.ts';

/** A twin that can be taken back: it is advanced here, so that snapshots are taken on the way. */
export class History implements Advanceable {
  private readonly twin: Twin;
  private readonly source: RingSource;
  private ring: SnapshotRing | undefined;

  /** @param isKept whether snapshots are taken at all */
  constructor(twin: Twin, source: RingSource, isKept: boolean) {
    this.twin = twin;
    this.source = source;
    if (!isKept) return;
    this.ring = new SnapshotRing(source);
    this.ring.add(twin.save());
  }

  get now(): Micros {
    return this.twin.now;
  }

  get nextEventTime(): Micros {
    return this.twin.nextEventTime;
  }

  get fired(): number {
    return this.twin.fired;
  }

  /** Times of the snapshots, oldest first. */
  get times(): readonly Micros[] {
    return this.ring?.times ?? [];
  }

  advanceTo(t: Micros, rule?: StopRule): Micros {
    const { twin, ring } = this;
    if (ring === undefined) return twin.advanceTo(t, rule);
    let isMet = false;
    const noting: StopRule | undefined = rule && {
      nextLook: (now) => rule.nextLook(now),
      isMet: (events) => {
        isMet = rule.isMet(events);
        return isMet;
      },
    };
    while (ring.due <= t) {
      twin.advanceTo(Math.max(twin.now, ring.due), noting);
      if (twin.now >= ring.due) ring.add(twin.save());
      if (isMet) return twin.now;
    }
    return twin.advanceTo(t, noting);
  }

  /**
   * Takes the twin back to what it was at `t`, commands of that instant included, and tells what holds there.
   * Returns why it cannot be done, or nothing.
   */
  goBack(t: Micros): string {
    const { twin, ring } = this;
    if (ring === undefined) return 'no snapshots are kept of this plant';
    if (t > twin.now) return 'the time lies ahead; let time pass instead';
    const state = ring.before(t);
    if (state === undefined) {
      return `what was before ${(ring.times[0] ?? 0) / 1e6} s is not known; the plant was opened there`;
    }
    const from = twin.now;
    const log = [...twin.log];
    twin.restore(state);
    for (const { time, command } of log.slice(twin.log.length)) {
      if (time > t) break;
      twin.advanceTo(time);
      twin.execute(command);
    }
    twin.advanceTo(t);
    // Whoever follows was told of all this when it happened.
    twin.takeEvents();
    ring.cut(t);
    twin.announce(from);
    return '';
  }

  /** Takes over the moment in a snapshot file of this plant. Returns why it cannot be done, or nothing. */
  open(path: string): string {
    const { twin, source } = this;
    try {
      const { sceneText, seed, state } = readSnapshot(path);
      if (sceneText !== source.sceneText || seed !== source.seed) {
        return `${path}: is of another scene or seed; serve it on its own with "doppel serve"`;
      }
      const from = twin.now;
      twin.restore(state);
      twin.announce(from);
      if (this.ring !== undefined) {
        this.ring.close();
        this.ring = new SnapshotRing(source);
        this.ring.add(state);
      }
      return '';
    } catch (error) {
      if (error instanceof SnapshotError) return error.message;
      throw error;
    }
  }

  close(): void {
    this.ring?.close();
  }
}
