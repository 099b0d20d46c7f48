import type { Micros } from '../kernel/time.ts';
import type { Channel } from './readings.ts';
import type { SignalRow, SignalTable } from './signal-table.ts';
import type { Twin } from './twin.ts';

/** A row and what it shows. */
interface Entry {
  readonly row: SignalRow;
  readonly channel: Channel;
  /** Whether it may show something else at another time, as far as seen at its latest reading. */
  isLive: boolean;
}

/** Rows that are sampled at the same instants. */
interface Group {
  readonly period: Micros;
  readonly entries: readonly Entry[];
  /** Number of the latest instant that was published. */
  sample: number;
}

interface Source {
  readonly device: string;
  readonly entries: readonly Entry[];
  revision: number;
}

/**
 * Keeps a signal table equal to what a twin shows, reading only what may have changed: all signals of
 * devices about which something has changed, sampled signals at their sampling instants, and those
 * that follow time itself. Signals whose true value does not depend on time wait for the next change.
 */
export class SignalPublisher {
  private readonly twin: Twin;
  private readonly table: SignalTable;
  private readonly sources: readonly Source[];
  private readonly groups: readonly Group[];
  private readonly unsampled: readonly Entry[];

  constructor(twin: Twin, table: SignalTable) {
    this.twin = twin;
    this.table = table;
    const sources = new Map<string, Entry[]>();
    const groups = new Map<Micros, Entry[]>();
    for (const row of table.rows) {
      const channel = twin.channel(row.device, row.signal);
      if (channel === undefined) continue;
      const entry: Entry = { row, channel, isLive: true };
      append(sources, row.device, entry);
      append(groups, channel.period, entry);
    }
    this.sources = [...sources].map(([device, entries]) => ({ device, entries, revision: -1 }));
    this.unsampled = groups.get(0) ?? [];
    groups.delete(0);
    this.groups = [...groups].map(([period, entries]) => ({ period, entries, sample: -1 }));
  }

  /** Writes what has changed. Called by the twin's thread only. */
  publish(): void {
    const { twin, table } = this;
    const t = twin.now;
    table.begin(t);
    for (const group of this.groups) {
      const sample = Math.floor(t / group.period);
      if (sample === group.sample) continue;
      group.sample = sample;
      for (const entry of group.entries) if (entry.isLive) this.put(entry, t);
    }
    for (const entry of this.unsampled) if (entry.isLive) this.put(entry, t);
    for (const source of this.sources) {
      const revision = twin.shownRevision(source.device);
      if (revision === source.revision) continue;
      source.revision = revision;
      for (const entry of source.entries) this.put(entry, t);
    }
    table.end();
  }

  private put(entry: Entry, t: Micros): void {
    const { channel, row } = entry;
    const follows = this.twin.dependsOnTime(() => this.table.put(row, channel.show(t)));
    entry.isLive = follows || channel.isRestless;
  }
}

function append<K>(map: Map<K, Entry[]>, key: K, entry: Entry): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [entry]);
  else list.push(entry);
}
