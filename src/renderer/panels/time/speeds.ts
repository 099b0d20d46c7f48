/** Paces to choose from [simulated seconds per second]. */
export const SPEEDS: readonly (number | 'max')[] = [
  1,
  2,
  5,
  10,
  30,
  60,
  300,
  600,
  3600,
  36_000,
  100_000,
  'max',
];

/** What a pace means for a person; undefined where the factor says it all. */
const MEANINGS: ReadonlyMap<number | 'max', string> = new Map<number | 'max', string>([
  [1, 'real time'],
  [60, '1 min per second'],
  [600, '10 min per second'],
  [3600, '1 h per second'],
  [36_000, '10 h per second'],
  [100_000, '28 h per second'],
  ['max', 'as fast as possible'],
]);

export function meaningOf(speed: number | 'max'): string | undefined {
  return MEANINGS.get(speed);
}

/** The next slower (-1) or faster (1) pace than the asked one; null asks for the maximum. */
export function neighbour(asked: number | null, direction: -1 | 1): number | 'max' {
  const value = asked ?? Number.POSITIVE_INFINITY;
  const numbers = SPEEDS.map((speed) => (speed === 'max' ? Number.POSITIVE_INFINITY : speed));
  const index =
    direction === 1
      ? numbers.findIndex((speed) => speed > value)
      : numbers.findLastIndex((speed) => speed < value);
  const fallback = direction === 1 ? SPEEDS.length - 1 : 0;
  return SPEEDS[index < 0 ? fallback : index] ?? 1;
}
