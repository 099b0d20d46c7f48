/**
 * Which kind comes at each position: all of one kind after the other, or spread, so that any stretch
 * of positions has of each kind about its share. The j-th of n goes where it would stand if its kind
 * alone were spread over all positions; ties go to the kind listed first.
 */
export function orderKinds(
  counts: ReadonlyMap<string, number>,
  order: 'listed' | 'spread',
): readonly string[] {
  const all = [...counts].flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, j) => ({ kind, at: (j + 0.5) / count })),
  );
  if (order === 'spread') all.sort((a, b) => a.at - b.at);
  return all.map(({ kind }) => kind);
}
