import { S } from './species.ts';

/** Diameters [m]: resting T and NK cells 7 um, dividing blasts 11 um (10 to 12); assumed. */
const RESTING = 7e-6;
const BLAST = 11e-6;
/** Stromal cells in suspension, 15 to 20 um; assumed. */
const STROMAL = 17e-6;

/** Populations with their diameter [m]; during the lag cells grow in equal steps. */
const DIAMETERS: readonly (readonly [species: number, diameter: number])[] = [
  [S.tResting, RESTING],
  [S.tLag1, RESTING],
  [S.tLag2, RESTING + (BLAST - RESTING) / 3],
  [S.tLag3, RESTING + (2 * (BLAST - RESTING)) / 3],
  [S.tLag4, BLAST],
  [S.tActive, BLAST],
  [S.tActiveCar, BLAST],
  [S.nkResting, RESTING],
  [S.nkLag1, RESTING],
  [S.nkLag2, RESTING + (BLAST - RESTING) / 2],
  [S.nkActive, BLAST],
  [S.nkActiveCar, BLAST],
  [S.mscSuspended, STROMAL],
  [S.otherLive, RESTING],
];

/** Mean diameter of the living suspended nucleated cells [m]; 0 when there are none. */
export function meanDiameter(amounts: Float64Array): number {
  let cells = 0;
  let sum = 0;
  for (const [species, diameter] of DIAMETERS) {
    const count = amounts[species] as number;
    cells += count;
    sum += count * diameter;
  }
  return cells > 0 ? sum / cells : 0;
}
