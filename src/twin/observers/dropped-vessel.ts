import type { Observer } from '../twin.ts';
import { onOnset, type Finding } from './on-onset.ts';

/** A vessel lies on the floor. */
export const droppedVessel = (): Observer =>
  onOnset('dropped-vessel', ({ plant }) => {
    const found: Finding[] = [];
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.whereabouts.at !== 'floor') continue;
      found.push({
        place: plant.zoneOf(vessel),
        batch: vessel.batch,
        cause: `${vessel.id} was dropped`,
      });
    }
    return found;
  });
