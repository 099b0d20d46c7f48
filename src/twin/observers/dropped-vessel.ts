import type { Finding, Observer } from './observer.ts';

/** A vessel lies on the floor. */
export const droppedVessel = (): Observer => ({
  name: 'dropped-vessel',
  watches: ['whereabouts'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.whereabouts.at !== 'floor') continue;
      const { id, batch } = vessel;
      found.push({ subject: id, place: plant.zoneOf(vessel), batch, cause: `${id} was dropped` });
    }
    return found;
  },
});
