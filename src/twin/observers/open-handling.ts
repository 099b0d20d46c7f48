import type { Observer } from '../twin.ts';
import { onOnset, type Finding } from './on-onset.ts';

/** An open vessel with product in a room of a lower grade than A. */
export const openHandling = (): Observer =>
  onOnset('open-handling', ({ plant }) => {
    const found: Finding[] = [];
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.capped || vessel.sealed || vessel.batch === '') continue;
      if (!plant.kindOf(vessel).cappable) continue;
      const zone = plant.zoneOf(vessel);
      if (plant.zone(zone).grade === 'A') continue;
      const cause = `${vessel.id} is open in grade ${plant.zone(zone).grade}`;
      found.push({ place: zone, batch: vessel.batch, cause });
    }
    return found;
  });
