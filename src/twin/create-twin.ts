import { InvariantError } from '../kernel/error-catalogue.ts';
import { emptyContents, addParcel } from '../physics/fluids/contents.ts';
import type { SceneFill, SceneVessel } from './scene/scene.ts';
import { Twin, type TwinParts } from './twin.ts';

export interface CreateTwinOptions extends TwinParts {
  /** Amounts of a fill; a patient's starting material may depend on seed and batch. */
  readonly fill: (fill: SceneFill, vessel: SceneVessel) => Float64Array;
}

/** Builds a twin at time zero with all vessels of the scene in their places. */
export function createTwin(options: CreateTwinOptions): Twin {
  const twin = new Twin(options);
  for (const vessel of options.scene.vessels) {
    const { fill } = vessel;
    const own = twin.plant.state.vessels.get(vessel.place);
    if (own === undefined) {
      twin.plant.addVessel({
        id: vessel.id,
        kind: vessel.kind,
        batch: vessel.batch,
        waste: false,
        contents: emptyContents(294.15),
        since: 0,
        environment: undefined,
        whereabouts: { at: 'place', place: vessel.place },
        capped: vessel.capped,
        sealed: false,
      });
    }
    if (fill === undefined) continue;
    const amounts = options.fill(fill, vessel);
    if (amounts.length !== options.species.count) {
      throw new InvariantError(`fill of ${vessel.id} has ${amounts.length} species`);
    }
    const filled = own ?? twin.plant.vessel(vessel.id);
    addParcel(filled.contents, {
      portions: [{ lot: fill.lot, amounts }],
      temperature: fill.temperature,
    });
    filled.contents.temperature = fill.temperature;
    twin.massBalance.bring(amounts);
  }
  return twin;
}
