import type { PlantDescription, Quality, SignalReading, Value } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';

/** Signals that every device has after its declared ones, in this order. */
export const OPERATION_SIGNALS = [
  'state',
  'operationId',
  'operationCommand',
  'operationState',
  'operationError',
  'operationMessage',
  'operationResult',
] as const;

/** Longest texts, in UTF-16 units: names, and whatever a device has to say, such as JSON of a rack. */
const LONGEST = { name: 127, text: 4095 } as const;
const NUMERIC = new Set(['number', 'integer', 'boolean']);
const NAMES = new Set(['state', 'operationCommand', 'operationState', 'operationError']);

/** One row of the table. */
export interface SignalRow {
  readonly index: number;
  readonly device: string;
  readonly signal: string;
  readonly boolean: boolean;
  /** Where its text begins among the texts, its length first; -1 for numbers. */
  readonly text: number;
  /** Longest text; more is cut off. */
  readonly longest: number;
}

/** Rows of all signals, device by device in the order of the description. */
export function signalRows(plant: PlantDescription): SignalRow[] {
  const rows: SignalRow[] = [];
  let texts = 0;
  const add = (device: string, signal: string, kind: string): void => {
    const isText = !NUMERIC.has(kind);
    const longest = isText ? LONGEST[kind === 'text' ? kind : 'name'] : 0;
    const text = isText ? texts : -1;
    if (isText) texts += longest + 1;
    rows.push({ index: rows.length, device, signal, boolean: kind === 'boolean', text, longest });
  };
  for (const device of plant.devices) {
    for (const signal of device.signals) add(device.id, signal.name, signal.kind);
    for (const name of OPERATION_SIGNALS) {
      add(device.id, name, name === 'operationId' ? 'integer' : NAMES.has(name) ? 'name' : 'text');
    }
  }
  return rows;
}

/**
 * Latest value of every signal in shared memory. One thread writes; any number read without
 * waiting: each row has a sequence lock, odd while it is being written.
 *
 * Layout: header (8 x int32: change counter, ...), simulated time (float64), then per row value and
 * time (float64), lock, version and quality (int32), then texts (UTF-16, length first).
 */
export class SignalTable {
  readonly rows: readonly SignalRow[];
  readonly buffer: SharedArrayBuffer;
  private readonly header: Int32Array;
  private readonly clock: Float64Array;
  private readonly values: Float64Array;
  private readonly times: Float64Array;
  private readonly locks: Int32Array;
  private readonly versions: Int32Array;
  private readonly qualities: Int32Array;
  private readonly texts: Uint16Array;
  /** Whether the present publication has changed something. */
  private changed = false;

  constructor(rows: readonly SignalRow[], buffer?: SharedArrayBuffer) {
    const n = rows.length;
    const textUnits = rows.reduce((most, row) => Math.max(most, row.text + row.longest + 1), 0);
    const textOffset = 40 + 16 * n + 12 * n + (n % 2) * 4;
    this.rows = rows;
    this.buffer = buffer ?? new SharedArrayBuffer(textOffset + 2 * textUnits);
    this.header = new Int32Array(this.buffer, 0, 8);
    this.clock = new Float64Array(this.buffer, 32, 1);
    this.values = new Float64Array(this.buffer, 40, n);
    this.times = new Float64Array(this.buffer, 40 + 8 * n, n);
    this.locks = new Int32Array(this.buffer, 40 + 16 * n, n);
    this.versions = new Int32Array(this.buffer, 40 + 20 * n, n);
    this.qualities = new Int32Array(this.buffer, 40 + 24 * n, n);
    this.texts = new Uint16Array(this.buffer, textOffset, textUnits);
  }

  /** Rises with every publication that changed something. */
  get changes(): number {
    return Atomics.load(this.header, 0);
  }

  /** Simulated time of the latest publication. */
  get time(): number {
    return this.clock[0] ?? 0;
  }

  /** Rises with every change of the row. */
  version(index: number): number {
    return Atomics.load(this.versions, index);
  }

  /** A publication of time `t` begins. As all writing, called by the twin's thread only. */
  begin(t: Micros): void {
    this.changed = this.clock[0] !== t;
    this.clock[0] = t;
  }

  /** The publication is complete. */
  end(): void {
    if (this.changed) Atomics.add(this.header, 0, 1);
  }

  /** Writes a reading unless it says what the row says already. */
  put(row: SignalRow, { value, time, quality }: SignalReading): void {
    const i = row.index;
    const same =
      row.text < 0
        ? this.values[i] === Number(value) && this.qualities[i] === quality
        : this.peekText(row) === clip(String(value), row);
    if (same && this.versions[i] !== 0) return;
    this.changed = true;
    Atomics.add(this.locks, i, 1);
    if (row.text < 0) this.values[i] = Number(value);
    else this.putText(row, clip(String(value), row));
    this.times[i] = time;
    this.qualities[i] = quality;
    Atomics.add(this.versions, i, 1);
    Atomics.add(this.locks, i, 1);
  }

  /** Latest reading of a row; consistent although another thread may be writing. */
  read(index: number): SignalReading {
    const row = this.rows[index];
    if (row === undefined) throw new RangeError(`no signal ${index}`);
    for (;;) {
      const before = Atomics.load(this.locks, index);
      if (before % 2 !== 0) continue;
      const number = this.values[index] ?? 0;
      const value: Value = row.text >= 0 ? this.peekText(row) : row.boolean ? number !== 0 : number;
      const time = this.times[index] ?? 0;
      const quality = (this.qualities[index] ?? 0) as Quality;
      if (Atomics.load(this.locks, index) === before) return { value, time, quality };
    }
  }

  private peekText({ text, longest }: SignalRow): string {
    const length = Math.min(this.texts[text] ?? 0, longest);
    return String.fromCharCode(...this.texts.subarray(text + 1, text + 1 + length));
  }

  private putText({ text: start }: SignalRow, text: string): void {
    this.texts[start] = text.length;
    for (let k = 0; k < text.length; k++) this.texts[start + 1 + k] = text.charCodeAt(k);
  }
}

function clip(text: string, { longest }: SignalRow): string {
  return text.length <= longest ? text : text.slice(0, longest);
}
