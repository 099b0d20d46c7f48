import type { Finding, Observer } from './observer.ts';

/** An open vessel with product in a room of a lower grade than A. */
export const openHandling = (): Observer => ({
  name: 'open-handling',
  watches: ['closures', 'whereabouts'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.capped || vessel.sealed || vessel.batch === '') continue;
      if (!plant.kindOf(vessel).cappable) continue;
      const place = plant.zoneOf(vessel);
      const { grade } = plant.zone(place);
      if (grade === 'A') continue;
      const cause = `${vessel.id} is open in grade ${grade}`;
      found.push({ subject: cause, place, batch: vessel.batch, cause });
    }
    return found;
  },
});
