import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MICROS_PER_MINUTE, type Micros } from '../../kernel/time.ts';
import type { TwinState } from '../../twin/twin-state.ts';
import { readSnapshot, SNAPSHOT_EXTENSION, writeSnapshot } from './snapshot-file.ts';

/** Simulated time between two snapshots. */
export const RING_INTERVAL: Micros = 30 * MICROS_PER_MINUTE;
/** How many of the newest are kept in memory, where going back takes a millisecond. */
const IN_MEMORY = 48;
/** How many are kept at all; the oldest but the first are forgotten. */
const MOST = 4000;

interface Kept {
  readonly time: Micros;
  /** In memory, or the file into which it was written. */
  state: TwinState | string;
}

export interface RingSource {
  readonly sceneFile: string;
  readonly sceneText: string;
  readonly seed: number;
}

/** Snapshots at regular times, from which a twin can go back to any moment since its beginning. */
export class SnapshotRing {
  private readonly source: RingSource;
  private readonly kept: Kept[] = [];
  private folder = '';

  constructor(source: RingSource) {
    this.source = source;
  }

  /** Time at which the next snapshot is due. */
  get due(): Micros {
    const newest = this.kept.at(-1)?.time;
    if (newest === undefined) return 0;
    return (Math.floor(newest / RING_INTERVAL) + 1) * RING_INTERVAL;
  }

  /** Times of the snapshots, oldest first. */
  get times(): readonly Micros[] {
    return this.kept.map(({ time }) => time);
  }

  add(state: TwinState): void {
    this.kept.push({ time: state.time, state });
    const old = this.kept.at(-1 - IN_MEMORY);
    if (old !== undefined && typeof old.state !== 'string') old.state = this.putAway(old.state);
    if (this.kept.length <= MOST) return;
    const [forgotten] = this.kept.splice(1, 1);
    if (typeof forgotten?.state === 'string') rmSync(forgotten.state, { force: true });
  }

  /** Newest snapshot that is not later than `t`; undefined when the twin began later. */
  before(t: Micros): TwinState | undefined {
    const found = this.kept.findLast(({ time }) => time <= t);
    if (found === undefined) return undefined;
    return typeof found.state === 'string' ? readSnapshot(found.state).state : found.state;
  }

  /** Forgets what comes after `t`, which will happen otherwise. */
  cut(t: Micros): void {
    while ((this.kept.at(-1)?.time ?? 0) > t) {
      const dropped = this.kept.pop();
      if (typeof dropped?.state === 'string') rmSync(dropped.state, { force: true });
    }
  }

  close(): void {
    if (this.folder !== '') rmSync(this.folder, { recursive: true, force: true });
    this.folder = '';
  }

  private putAway(state: TwinState): string {
    if (this.folder === '') this.folder = mkdtempSync(join(tmpdir(), 'doppel-ring-'));
    const path = join(this.folder, `${state.time}${SNAPSHOT_EXTENSION}`);
    writeSnapshot(path, { ...this.source, state });
    return path;
  }
}
