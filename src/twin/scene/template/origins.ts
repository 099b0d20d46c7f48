/** Where a piece of a scene without templates was written. */
export interface Origin {
  /** Path in the file as it was written. */
  readonly path: readonly string[];
  /** Loop variables such as `i = 3, j = 2`, empty outside of repetitions. */
  readonly indices: string;
}

/** Origins by the path of what was made, where the two paths differ. */
export interface Origins {
  add(made: readonly string[], origin: Origin): void;
  /** Origin of what is at `made`, by the nearest piece above it that has one. */
  find(made: readonly string[]): Origin;
}

export function createOrigins(): Origins {
  const known = new Map<string, Origin>();
  const keyOf = (path: readonly string[]): string => path.join('\0');
  return {
    add: (made, origin) => {
      known.set(keyOf(made), origin);
    },
    find: (made) => {
      for (let length = made.length; length > 0; length--) {
        const origin = known.get(keyOf(made.slice(0, length)));
        if (origin === undefined) continue;
        return { path: [...origin.path, ...made.slice(length)], indices: origin.indices };
      }
      return { path: made, indices: '' };
    },
  };
}
