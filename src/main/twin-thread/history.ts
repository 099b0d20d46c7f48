import type { CommandOutcome, PlantCommand } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import { Checks } from '../../twin/checks.ts';
import { Plans } from '../../twin/plans.ts';
import type { StopRule, Twin } from '../../twin/twin.ts';
import { readSnapshot, SnapshotError } from '../snapshots/snapshot-file.ts';
import { type RingSource, SnapshotRing } from '../snapshots/snapshot-ring.ts';
import type { Advanceable } from './time-control.ts';

/** A twin that can be taken back: it is advanced here, so that snapshots are taken and plans carried out on the way. */
export class History implements Advanceable {
  private readonly twin: Twin;
  private readonly source: RingSource;
  private ring: SnapshotRing | undefined;
  readonly plans: Plans;
  readonly checks: Checks;

  /**
   * @param isKept whether snapshots are taken at all
   * @param failed told when a check fails
   */
  constructor(twin: Twin, source: RingSource, isKept: boolean, failed?: () => void) {
    this.twin = twin;
    this.source = source;
    this.plans = new Plans(twin);
    this.checks = new Checks(twin, failed);
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
    const { twin, ring, plans, checks } = this;
    for (;;) {
      let isMet = false;
      const reached = twin.advanceTo(Math.max(twin.now, Math.min(t, ring?.due ?? t)), {
        nextLook: (now) =>
          Math.min(plans.nextLook(now), checks.nextLook(now), rule?.nextLook(now) ?? Infinity),
        isMet: (events, isDue) => {
          checks.note(events, isDue);
          isMet = rule?.isMet(events, isDue) ?? false;
          return plans.isMet(events, isDue) || isMet;
        },
      });
      isMet = this.react(twin.untaken, rule) || isMet;
      if (ring !== undefined && twin.now >= ring.due) ring.add(twin.save());
      if (isMet || reached >= t) return twin.now;
    }
  }

  /** Executes a command at the present instant, and what is planned for the case that it causes. */
  execute(command: PlantCommand): CommandOutcome {
    const seen = this.twin.untaken;
    const outcome = this.twin.execute(command);
    this.react(seen);
    return outcome;
  }

  /** Does what is planned for the present instant, if anything is. */
  settle(): void {
    this.react(this.twin.untaken);
  }

  /**
   * Carries out what is planned for this instant, and what is planned for the case that this causes; `seen` is the
   * number of events that plans know of. Whether the rule is met by that.
   */
  private react(seen: number, rule?: StopRule): boolean {
    const { twin, plans, checks } = this;
    let isMet = false;
    for (let known = seen; ; ) {
      const events = twin.untakenSince(known);
      known = twin.untaken;
      if (events.length > 0) {
        checks.note(events, true);
        isMet = (rule?.isMet(events, true) ?? false) || isMet;
      }
      if (!plans.isMet(events, true)) return isMet;
      plans.carryOut();
    }
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
    this.plans.goBack(t);
    this.checks.goBack(t);
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
      // What was planned is of another past.
      this.plans.goBack(-1);
      this.checks.goBack(-1);
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
