/** Replaces all entries of a map that others hold on to. */
export function refill<K, V>(map: Map<K, V>, entries: Iterable<readonly [K, V]>): void {
  map.clear();
  for (const [key, value] of entries) map.set(key, value);
}

/** Replaces all members of a record that others hold on to. */
export function overwrite<T extends object>(record: T, values: T): void {
  for (const key of Object.keys(record)) delete (record as Record<string, unknown>)[key];
  Object.assign(record, values);
}
