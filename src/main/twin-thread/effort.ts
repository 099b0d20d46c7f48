import { createHistogram, type RecordableHistogram } from 'node:perf_hooks';

/** What a twin's thread spends its time on. */
export const ACTIVITIES = ['advance', 'publish', 'frames', 'commands'] as const;
export type Activity = (typeof ACTIVITIES)[number];

/** How the thread does, since its pace was last set. */
export interface EffortReport {
  /** How long after their due time events happened [ms of wall clock]; only where time is paced by a factor. */
  readonly lateness: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Events of the twin's queue per second of wall clock. */
  readonly eventsPerSecond: number;
  /** Share of the thread's time by what it was spent on; the rest is idle. */
  readonly shares: Readonly<Record<Activity, number>>;
}

/** Measures what a thread spends its time on. */
export class Effort {
  private readonly wall: () => number;
  private readonly spent: Record<Activity, number> = none();
  private readonly lateness: RecordableHistogram = createHistogram();
  private since: number;
  private firedThen = 0;

  /** @param wall monotonic wall clock [ms] */
  constructor(wall: () => number) {
    this.wall = wall;
    this.since = wall();
  }

  /** Counts from here on. */
  restart(fired: number): void {
    this.since = this.wall();
    this.firedThen = fired;
    this.lateness.reset();
    Object.assign(this.spent, none());
  }

  /** An event happened so long after it was due [ms]. */
  late(milliseconds: number): void {
    this.lateness.record(Math.max(1, Math.round(milliseconds * 1000)));
  }

  measure<T>(activity: Activity, work: () => T): T {
    const begin = this.wall();
    try {
      return work();
    } finally {
      this.spent[activity] += this.wall() - begin;
    }
  }

  report(fired: number): EffortReport {
    const elapsed = Math.max(1e-3, this.wall() - this.since);
    const { lateness } = this;
    const isEmpty = lateness.count === 0;
    const percentile = (share: number): number => (isEmpty ? 0 : lateness.percentile(share) / 1000);
    const shares = none();
    for (const activity of ACTIVITIES) shares[activity] = this.spent[activity] / elapsed;
    return {
      lateness: {
        p50: percentile(50),
        p99: percentile(99),
        max: isEmpty ? 0 : lateness.max / 1000,
      },
      eventsPerSecond: ((fired - this.firedThen) / elapsed) * 1000,
      shares,
    };
  }
}

function none(): Record<Activity, number> {
  return { advance: 0, publish: 0, frames: 0, commands: 0 };
}
