/** Member that marks what JSON has no form for; a record that has it itself is marked as one. */
const MARK = '$';

/** Element types of stored typed arrays by name. */
const ARRAYS = { Float64Array, Float32Array, Uint8Array, Int32Array, Uint32Array } as const;
type ArrayName = keyof typeof ARRAYS;

/**
 * Plain state as JSON: numbers keep every bit, typed arrays their bytes, maps and sets their order. What is
 * shared within the state is written out each time.
 */
export function writePlain(value: unknown): string {
  return JSON.stringify(mark(value));
}

/** What {@link writePlain} wrote. Throws SyntaxError or TypeError for anything else. */
export function readPlain(text: string): unknown {
  return unmark(JSON.parse(text));
}

function mark(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isFinite(value) && !Object.is(value, -0)
      ? value
      : { [MARK]: 'number', is: `${value === 0 ? '-0' : value}` };
  }
  if (value === undefined) return { [MARK]: 'undefined' };
  if (typeof value !== 'object' || value === null) {
    if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
      throw new TypeError(`a ${typeof value} is not plain state`);
    }
    return value;
  }
  if (ArrayBuffer.isView(value)) {
    const { name } = value.constructor;
    if (!(name in ARRAYS)) throw new TypeError(`a ${name} is not plain state`);
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return { [MARK]: name, is: bytes.toString('base64') };
  }
  if (Array.isArray(value)) return value.map(mark);
  if (value instanceof Map) {
    return { [MARK]: 'Map', is: [...value].map(([key, item]) => [mark(key), mark(item)]) };
  }
  if (value instanceof Set) return { [MARK]: 'Set', is: [...value].map(mark) };
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError('an instance of a class is not plain state');
  }
  const entries = Object.entries(value).map(([name, item]) => [name, mark(item)] as const);
  if (!(MARK in value)) return Object.fromEntries(entries);
  return { [MARK]: 'record', is: entries };
}

function unmark(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(unmark);
  const record = value as Readonly<Record<string, unknown>>;
  if (!(MARK in record)) {
    return Object.fromEntries(Object.entries(record).map(([name, item]) => [name, unmark(item)]));
  }
  const { [MARK]: kind, is } = record;
  switch (kind) {
    case 'undefined':
      return undefined;
    case 'number':
      return Number(is);
    case 'Map':
      return new Map(pairs(is));
    case 'Set':
      return new Set((unmark(is) as unknown[]) ?? []);
    case 'record':
      return Object.fromEntries(pairs(is) as [string, unknown][]);
    default:
      return array(kind, is);
  }
}

function pairs(value: unknown): [unknown, unknown][] {
  if (!Array.isArray(value)) throw new TypeError('a list of pairs is missing');
  return value.map((pair: unknown) => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new TypeError('a pair is missing');
    return [unmark(pair[0]), unmark(pair[1])];
  });
}

function array(kind: unknown, is: unknown): unknown {
  if (typeof kind !== 'string' || !(kind in ARRAYS) || typeof is !== 'string') {
    throw new TypeError(`nothing is known of a stored ${String(kind)}`);
  }
  const bytes = Uint8Array.from(Buffer.from(is, 'base64'));
  return new ARRAYS[kind as ArrayName](bytes.buffer);
}
