import { BEADS, isParticle, SPECIES_COUNT } from './species.ts';

/** Time constant of beads moving to the magnet [s]; assumed. */
const CAPTURE_TIME = 30;
/** Share of beads that no single pass removes, for they sit inside cells; assumed, 0.001 to 0.01. */
const HIDDEN = 0.003;
/** Share of cells that goes along with the beads; assumed, 0.03 to 0.08. */
const CELL_LOSS = 0.05;

/**
 * Fraction of each species that stays with the product after a pass on the magnet; the rest is held
 * with the beads. A pass removes 99 to 99.9 % of activation beads (assumed range).
 *
 * @param duration on the magnet [s]
 * @param field over the usual one; beads move with its square
 */
export function debeadedFractions(duration: number, field = 1): Float64Array {
  const caught = 1 - Math.exp((-duration * field ** 2) / CAPTURE_TIME);
  const fractions = new Float64Array(SPECIES_COUNT).fill(1);
  for (let s = 0; s < SPECIES_COUNT; s++) if (isParticle(s)) fractions[s] = 1 - CELL_LOSS * caught;
  for (const beads of BEADS) fractions[beads] = 1 - (1 - HIDDEN) * caught;
  return fractions;
}
