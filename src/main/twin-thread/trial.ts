import type { Verdict } from '../../kernel/check.ts';
import type { PlantEvent } from '../../kernel/plant-contract.ts';
import { type Coverage, CoverageRecorder } from '../../twin/coverage.ts';
import type { Twin } from '../../twin/twin.ts';
import type { RingSource } from '../snapshots/snapshot-ring.ts';
import { writeSnapshot } from '../snapshots/snapshot-file.ts';
import { History } from './history.ts';

/** What is wanted of a twin on trial besides that it runs. */
export interface TrialOptions {
  /** Whether snapshots are taken on the way, so that the twin can be taken back. */
  readonly history?: boolean;
  /** Whether it is noted what control software meets. */
  readonly coverage?: boolean;
  /** File for the moment of the first failure. */
  readonly failureSnapshot?: string;
}

/** What was found out about a twin. */
export interface Findings {
  readonly verdicts: readonly Verdict[];
  readonly coverage: Coverage;
}

/** A twin that is advanced under checks and plans, and of whose first failure a snapshot is kept. */
export class Trial {
  readonly history: History;
  private readonly twin: Twin;
  private readonly source: RingSource;
  private readonly coverage: CoverageRecorder | undefined;
  private readonly path: string | undefined;
  private isKept = false;

  constructor(twin: Twin, source: RingSource, options: TrialOptions) {
    this.twin = twin;
    this.source = source;
    this.path = options.failureSnapshot;
    this.coverage = options.coverage === true ? new CoverageRecorder(twin) : undefined;
    this.history = new History(twin, source, options.history === true, () => this.failed());
  }

  /** Something has gone wrong: of the first time, this moment is kept. */
  failed(): void {
    if (this.path === undefined || this.isKept) return;
    this.isKept = true;
    writeSnapshot(this.path, { ...this.source, state: this.twin.save() });
  }

  /** Takes note of what has happened. */
  follow(events: readonly PlantEvent[]): void {
    this.coverage?.follow(events);
  }

  findings(isOver: boolean): Findings {
    const verdicts = this.history.checks.verdicts(isOver);
    if (verdicts.some(({ state }) => state === 'failed')) this.failed();
    return { verdicts, coverage: this.coverage?.coverage ?? {} };
  }
}
