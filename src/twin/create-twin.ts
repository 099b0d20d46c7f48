import { Twin, type TwinParts } from './twin.ts';

/** Builds a twin at time zero with all vessels of the scene in their places. */
export function createTwin(parts: TwinParts): Twin {
  const twin = new Twin(parts);
  for (const { id, kind, place, batch, capped, fill } of parts.scene.vessels) {
    if (!twin.plant.state.vessels.has(place)) {
      twin.goods.bringIn({ id, kind, place, batch, capped, fill }, 0);
    } else if (fill !== undefined) twin.goods.fill(place, fill, 0);
  }
  return twin;
}
