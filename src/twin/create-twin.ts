import { vary } from './scene/vary.ts';
import { Twin, type TwinParts } from './twin.ts';

/** Builds a twin at time zero with all vessels of the scene in their places. */
export function createTwin(parts: TwinParts): Twin {
  const twin = new Twin({ ...parts, scene: vary(parts.scene, parts.seed) });
  for (const { id, kind, place, batch, capped, fill } of parts.scene.vessels) {
    const own = twin.plant.state.vessels.get(place);
    if (own === undefined) {
      twin.goods.bringIn({ id, kind, place, batch, capped, fill }, 0);
      continue;
    }
    if (batch !== '') twin.plant.setBatch(own, batch);
    if (fill !== undefined) twin.goods.fill(place, fill, 0);
  }
  return twin;
}
