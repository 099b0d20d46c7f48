import type { SignalsMessage, SignalTextsMessage } from '../../kernel/bridge-contract.ts';
import type { DeviceDescription } from '../../kernel/plant-contract.ts';
import type { SignalTable } from '../../twin/signal-table.ts';

/** Enumerated values of a signal by its path, to send the number instead of the name. */
export function enumValues(
  devices: readonly DeviceDescription[],
): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const device of devices) {
    for (const signal of device.signals) {
      if (signal.values !== undefined) values.set(`${device.id}.${signal.name}`, signal.values);
    }
  }
  return values;
}

/** Changes of the signals that one view has subscribed to. */
export class SignalFeed {
  private readonly table: SignalTable;
  private readonly enums: ReadonlyMap<string, readonly string[]>;
  private readonly rowOf: ReadonlyMap<string, number>;
  private subscription = 0;
  private rows: number[] = [];
  private paths: string[] = [];
  private seen: number[] = [];

  constructor(table: SignalTable, enums: ReadonlyMap<string, readonly string[]>) {
    this.table = table;
    this.enums = enums;
    this.rowOf = new Map(table.rows.map((row) => [`${row.device}.${row.signal}`, row.index]));
  }

  /** Replaces the subscribed signals; returns those that do not exist. */
  subscribe(subscription: number, paths: readonly string[]): string[] {
    this.subscription = subscription;
    this.paths = [...paths];
    this.rows = paths.map((path) => this.rowOf.get(path) ?? -1);
    this.seen = paths.map(() => -1);
    return paths.filter((path) => !this.rowOf.has(path));
  }

  /** What has changed since the last call; undefined when nothing has. */
  changes(): { readonly numbers: SignalsMessage; readonly texts: SignalTextsMessage } | undefined {
    const indices: number[] = [];
    const values: number[] = [];
    const qualities: number[] = [];
    const texts: { index: number; text: string }[] = [];
    this.rows.forEach((row, index) => {
      if (row < 0) return;
      const version = this.table.version(row);
      if (version === this.seen[index]) return;
      this.seen[index] = version;
      const { value, quality } = this.table.read(row);
      const names = this.enums.get(this.paths[index] ?? '');
      indices.push(index);
      qualities.push(quality);
      if (typeof value !== 'string') values.push(Number(value));
      else if (names !== undefined) values.push(names.indexOf(value));
      else {
        values.push(Number.NaN);
        texts.push({ index, text: value });
      }
    });
    if (indices.length === 0) return undefined;
    const { subscription } = this;
    const { time } = this.table;
    return {
      numbers: {
        subscription,
        time,
        indices: Uint32Array.from(indices).buffer,
        values: Float64Array.from(values).buffer,
        qualities: Uint8Array.from(qualities).buffer,
      },
      texts: { subscription, time, texts },
    };
  }
}
