import { signalStore } from '../../state/signal-store.ts';
import { uiStore } from '../../state/ui-store.ts';

/** Rows kept; when full, every second of the older half goes, so that long runs keep their shape. */
const MOST_ROWS = 4000;

/**
 * Samples of the trended signals on one time axis [s of simulated time]. Recording goes on while
 * the plot is out of sight: a curve with holes would be of no use.
 */
class TrendHistory {
  readonly times: number[] = [];
  readonly columns = new Map<string, (number | null)[]>();
  private release: () => void = () => undefined;
  private unlisten: () => void = () => undefined;
  private paths: readonly string[] = [];

  /** Samples exactly these signals from now on; columns that stay keep their past. */
  follow(paths: readonly string[]): void {
    if (paths.length === this.paths.length && paths.every((path, i) => path === this.paths[i])) {
      return;
    }
    this.paths = paths;
    for (const path of this.columns.keys()) if (!paths.includes(path)) this.columns.delete(path);
    for (const path of paths) {
      if (!this.columns.has(path))
        this.columns.set(
          path,
          this.times.map(() => null),
        );
    }
    const before = this.release;
    this.release = signalStore.want(paths);
    before();
    this.unlisten();
    this.unlisten =
      paths.length === 0 ? () => undefined : signalStore.listen((t) => this.sample(t));
    if (paths.length === 0) this.times.length = 0;
  }

  /** Recorded value of a signal at or before an instant [us]. */
  valueAt(path: string, micros: number): number | undefined {
    const index = this.times.findLastIndex((time) => time <= micros / 1e6);
    return this.columns.get(path)?.[index] ?? undefined;
  }

  private sample(micros: number): void {
    const time = micros / 1e6;
    const last = this.times.at(-1);
    if (last !== undefined && time < last) this.cut(time);
    const same = last === time;
    if (!same) this.times.push(time);
    for (const [path, column] of this.columns) {
      const value = signalStore.latest(path)?.value;
      const sample = value === undefined || Number.isNaN(value) ? null : value;
      if (same) column[column.length - 1] = sample;
      else column.push(sample);
    }
    if (this.times.length > MOST_ROWS) this.thin();
  }

  /** Forgets what came after `time`: the plant was taken back. */
  private cut(time: number): void {
    const rows = this.times.findLastIndex((other) => other <= time) + 1;
    this.times.length = rows;
    for (const column of this.columns.values()) column.length = rows;
  }

  private thin(): void {
    const keep = (_: unknown, i: number): boolean => i > MOST_ROWS / 2 || i % 2 === 0;
    for (const list of [this.times, ...this.columns.values()] as (number | null)[][]) {
      const kept = list.filter(keep);
      list.length = 0;
      for (const value of kept) list.push(value);
    }
  }
}

export const trendHistory = new TrendHistory();
uiStore.subscribe(({ trendSignals }) => trendHistory.follow(trendSignals));
