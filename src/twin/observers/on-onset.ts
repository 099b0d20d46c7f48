import type { Observer, Twin } from '../twin.ts';

/** A rule found broken. */
export interface Finding {
  readonly place: string;
  readonly batch: string;
  readonly cause: string;
}

/** Makes an observer of a function that lists what is wrong now: each is reported when it begins. */
export function onOnset(name: string, find: (twin: Twin) => readonly Finding[]): Observer {
  let present = new Set<string>();
  return {
    name,
    look: (twin) => {
      const found = find(twin);
      if (found.length === 0 && present.size === 0) return found;
      const keys = found.map(({ place, batch, cause }) => `${place}\n${batch}\n${cause}`);
      const fresh = found.filter((_, i) => !present.has(keys[i] ?? ''));
      present = new Set(keys);
      return fresh;
    },
  };
}
