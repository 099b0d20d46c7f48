import { CARRIED, S } from './species.ts';

/** Living T-cell populations, resting to dividing. */
export const LIVING_T_CELLS: readonly number[] = [
  S.tResting,
  S.tLag1,
  S.tLag2,
  S.tLag3,
  S.tLag4,
  S.tActive,
  S.tActiveCar,
];

/**
 * Lets a share of all living nucleated cells go: of those lost, `lysedShare` burst at once and the
 * others stay as dead cells. Keeps every conserved combination.
 *
 * @param survival fraction that stays alive, 0..1
 * @param lysedShare fraction of the lost cells that burst, 0..1
 */
export function loseCells(amounts: Float64Array, survival: number, lysedShare: number): void {
  const lost = 1 - survival;
  const lose = (species: number): number => {
    const gone = (amounts[species] as number) * lost;
    amounts[species] = (amounts[species] as number) - gone;
    return gone;
  };
  const tLost = LIVING_T_CELLS.reduce((sum, species) => sum + lose(species), 0);
  const otherLost = lose(S.otherLive);
  CARRIED.forEach(lose);
  amounts[S.tDead] = (amounts[S.tDead] as number) + tLost * (1 - lysedShare);
  amounts[S.otherDead] = (amounts[S.otherDead] as number) + otherLost * (1 - lysedShare);
  amounts[S.cellsLysed] = (amounts[S.cellsLysed] as number) + (tLost + otherLost) * lysedShare;
}
