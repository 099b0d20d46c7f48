import { S } from '../species.ts';

/**
 * Lets trypsin and its inhibitors of serum bind each other, one to one and at once, until either is
 * used up (assumed: seconds are short against everything else). Keeps both conserved combinations.
 */
export function neutralise(amounts: Float64Array): void {
  const bound = Math.min(amounts[S.trypsin] as number, amounts[S.trypsinInhibitor] as number);
  if (bound <= 0) return;
  amounts[S.trypsin] = (amounts[S.trypsin] as number) - bound;
  amounts[S.trypsinInhibitor] = (amounts[S.trypsinInhibitor] as number) - bound;
  amounts[S.trypsinBound] = (amounts[S.trypsinBound] as number) + bound;
}
