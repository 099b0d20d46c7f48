import { isParticle, S, SPECIES_COUNT } from './species.ts';

/** Diameter [m] and density [kg/m3] of what sediments. Cells: 8 um, 65 kg/m3 above medium; assumed. */
const CELL = { diameter: 8e-6, density: 1070 };
/** Stromal cells, 17 um; assumed. */
const STROMAL = { diameter: 17e-6, density: 1070 };
const PLATELET = { diameter: 2.5e-6, density: 1060 };
const ERYTHROCYTE = { diameter: 6e-6, density: 1098 };
/** Beads of 50 nm labels move with their cells, large activation beads are 4.5 um polystyrene. */
const BEAD = { diameter: 4.5e-6, density: 1500 };

const MEDIUM_DENSITY = 1005;
/** Viscosity of dilute medium at 20 degC [Pa s]; water 1.0e-3. */
const VISCOSITY = 1e-3;
/** Standard gravity [m/s2]. */
export const GRAVITY = 9.80665;

/** Share of cells that does not stay in the pellet when the rotor brakes, assumed 3 % per spin. */
const BRAKING_LOSS = 0.03;

/** Settling velocity [m/s] by Stokes' law, v = (rho_p - rho_f) d^2 a / (18 eta). */
export function stokesVelocity(diameter: number, density: number, acceleration: number): number {
  return ((density - MEDIUM_DENSITY) * diameter * diameter * acceleration) / (18 * VISCOSITY);
}

function particleOf(species: number): { readonly diameter: number; readonly density: number } {
  if (species === S.platelets) return PLATELET;
  if (species === S.erythrocytes) return ERYTHROCYTE;
  if (species === S.mscSuspended || species === S.mscDead) return STROMAL;
  if (species === S.activationBeads || species === S.nkActivationBeads) return BEAD;
  return CELL;
}

/**
 * Fraction of each species that lies in the pellet after spinning a column of liquid.
 *
 * @param acceleration mean relative centrifugal acceleration [m/s2]
 * @param duration [s]
 * @param height of the liquid column [m]
 */
export function pelletFractions(
  acceleration: number,
  duration: number,
  height: number,
): Float64Array {
  const fractions = new Float64Array(SPECIES_COUNT);
  for (let s = 0; s < SPECIES_COUNT; s++) {
    if (!isParticle(s)) continue;
    const { diameter, density } = particleOf(s);
    const velocity = stokesVelocity(diameter, density, Math.max(acceleration, GRAVITY));
    fractions[s] = Math.min(1, (velocity * duration) / Math.max(height, 1e-4)) * (1 - BRAKING_LOSS);
  }
  return fractions;
}
