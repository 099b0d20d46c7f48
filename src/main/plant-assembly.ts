import { COLD, holdingState, isCulture } from '../bio-models/holding.ts';
import { donorTraits, type DonorTraits } from '../bio-models/donors.ts';
import { attachedCells, livingCells, turbidity } from '../bio-models/readouts.ts';
import { CONSERVED, isLiving, isParticle, S, SPECIES_COUNT } from '../bio-models/species.ts';
import { mobility } from '../bio-models/populations.ts';
import { fillWith } from '../bio-models/starting-materials.ts';
import { beginCulture } from '../bio-models/culture/culture.ts';
import { airlockDoors } from '../twin/observers/airlock-doors.ts';
import { batchMixing } from '../twin/observers/batch-mixing.ts';
import { changeover } from '../twin/observers/changeover.ts';
import { chainOfIdentity } from '../twin/observers/chain-of-identity.ts';
import { collision } from '../twin/observers/collision.ts';
import { droppedVessel } from '../twin/observers/dropped-vessel.ts';
import { spill } from '../twin/observers/spill.ts';
import { massImbalance } from '../twin/observers/mass-imbalance.ts';
import { leakingCoupling } from '../twin/observers/leaking-coupling.ts';
import { openHandling } from '../twin/observers/open-handling.ts';
import { overusedConnector } from '../twin/observers/overused-connector.ts';
import { pressureCascade } from '../twin/observers/pressure-cascade.ts';
import { shelfLife, type ShelfLifeRules } from '../twin/observers/shelf-life.ts';
import { unlabelledCassette } from '../twin/observers/unlabelled-cassette.ts';
import { unsterileCoupling } from '../twin/observers/unsterile-coupling.ts';
import { wornJoint } from '../twin/observers/worn-joint.ts';
import { shuttleCollision } from '../twin/observers/shuttle-collision.ts';
import { zoneAOccupancy } from '../twin/observers/zone-a-occupancy.ts';
import { createTwin } from '../twin/create-twin.ts';
import { MassBalance } from '../twin/mass-balance.ts';
import type { Scene } from '../twin/scene/scene.ts';
import type { Twin } from '../twin/twin.ts';
import type { VesselDynamics } from '../twin/vessel-dynamics.ts';
import type { LookOf } from '../twin/frame-writer.ts';

/** Cells or vector below which a vessel counts as inert. */
const FEWEST_CELLS = 1;

/** The cell-culture model as the evolution of every vessel. */
function cultureDynamics(seed: number): VesselDynamics {
  const donors = new Map<string, DonorTraits>();
  const traitsOf = (donor: string): DonorTraits => {
    const traits = donors.get(donor) ?? donorTraits(seed, donor);
    donors.set(donor, traits);
    return traits;
  };
  return {
    speciesCount: SPECIES_COUNT,
    isActive: (amounts, environment) => {
      if ((amounts[S.volume] ?? 0) <= 0) return attachedCells(amounts) > FEWEST_CELLS;
      if (environment.gas !== undefined) return true;
      return livingCells(amounts) > FEWEST_CELLS || (amounts[S.vector] ?? 0) > 0;
    },
    begin: (amounts, temperature, environment, donor) =>
      beginCulture(traitsOf(donor), environment, amounts, temperature),
  };
}

/** How liquids look: by what dominates. */
export const lookOf: LookOf = (amounts, temperature) => {
  const volume = amounts[S.volume] ?? 0;
  const cloud = turbidity(amounts);
  if (temperature < 272) return { tint: 'frozen', turbidity: 1 };
  if ((amounts[S.erythrocytes] ?? 0) / volume > 1e13) return { tint: 'blood', turbidity: cloud };
  if ((amounts[S.vector] ?? 0) / volume > 1e13) return { tint: 'vector', turbidity: 0.1 };
  if ((amounts[S.glutamine] ?? 0) / volume > 0.5) return { tint: 'medium', turbidity: cloud };
  return { tint: 'buffer', turbidity: cloud };
};

/** How long cells keep, by the state they wait in. */
const SHELF_LIFE: ShelfLifeRules = {
  cells: livingCells,
  isCulture,
  holding: (amounts, temperature, gassed) => {
    const state = holdingState(amounts, temperature, gassed);
    if (state === undefined) return undefined;
    return { name: state.name, seconds: temperature <= COLD ? state.cold : state.warm };
  },
};

/** Builds the twin of a checked scene. */
export function buildTwin(scene: Scene, seed: number): Twin {
  return createTwin({
    scene,
    seed,
    species: { count: SPECIES_COUNT, isParticle, isCarrier: isLiving, mobility },
    dynamics: cultureDynamics(seed),
    massBalance: new MassBalance(CONSERVED),
    observers: [
      batchMixing(),
      chainOfIdentity(),
      zoneAOccupancy(),
      changeover(),
      openHandling(),
      droppedVessel(),
      spill(),
      collision(),
      shuttleCollision(),
      wornJoint(),
      leakingCoupling(),
      unsterileCoupling(),
      overusedConnector(),
      unlabelledCassette(),
      airlockDoors(),
      pressureCascade(),
      shelfLife(SHELF_LIFE),
      massImbalance(),
    ],
    fill: (fill, vessel) => fillWith(fill.liquid, fill.volume, seed, vessel.batch),
  });
}
