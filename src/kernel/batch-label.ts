/** Stands between a lot and the number of its sublot. */
const SEPARATOR = '/';

/**
 * Label of a sublot: `M-001/2` is the second of lot M-001. Sublots are made of one donor's cells, each on
 * its own, and released together.
 *
 * @param number counted from 1
 */
export function sublotLabel(lot: string, number: number): string {
  return `${lot}${SEPARATOR}${number}`;
}

/** Lot to which a batch belongs: its own label, unless it is a sublot. */
export function lotOf(batch: string): string {
  const [lot = batch] = batch.split(SEPARATOR);
  return lot;
}
