/**
 * Deep copy of plain state: numbers, texts, booleans, undefined, null, arrays, typed arrays, maps, sets and
 * records. What is shared within the state is shared within the copy. Throws TypeError on functions, symbols
 * and instances of classes.
 */
export function clonePlain<T>(value: T): T {
  return copy(value, new Map()) as T;
}

function copy(value: unknown, seen: Map<object, unknown>): unknown {
  if (typeof value === 'function' || typeof value === 'symbol') {
    throw new TypeError(`a ${typeof value} is not plain state`);
  }
  if (typeof value !== 'object' || value === null) return value;
  const known = seen.get(value);
  if (known !== undefined) return known;
  if (ArrayBuffer.isView(value)) {
    const bytes = (value as Uint8Array).slice();
    seen.set(value, bytes);
    return bytes;
  }
  if (Array.isArray(value)) {
    const items: unknown[] = [];
    seen.set(value, items);
    for (const item of value) items.push(copy(item, seen));
    return items;
  }
  if (value instanceof Map) {
    const entries = new Map<unknown, unknown>();
    seen.set(value, entries);
    for (const [key, item] of value) entries.set(key, copy(item, seen));
    return entries;
  }
  if (value instanceof Set) {
    const members = new Set<unknown>(value);
    seen.set(value, members);
    return members;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) {
    throw new TypeError('an instance of a class is not plain state');
  }
  const record: Record<string, unknown> = {};
  seen.set(value, record);
  for (const [name, item] of Object.entries(value)) record[name] = copy(item, seen);
  return record;
}
