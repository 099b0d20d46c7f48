import type { Finding, Observer } from './observer.ts';

/** Two patients' material in one zone of grade A at a time. */
export const zoneAOccupancy = (): Observer => ({
  name: 'two-batches-in-zone-a',
  watches: ['closures', 'whereabouts'],
  find: ({ plant }) => {
    const inZone = new Map<string, Set<string>>();
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.batch === '' || vessel.sealed) continue;
      const zone = plant.zoneOf(vessel);
      if (plant.zone(zone).grade !== 'A') continue;
      const batches = inZone.get(zone) ?? new Set<string>();
      inZone.set(zone, batches.add(vessel.batch));
    }
    const found: Finding[] = [];
    for (const [place, batches] of inZone) {
      if (batches.size < 2) continue;
      const cause = `${[...batches].sort().join(' and ')} are in ${place}`;
      found.push({ subject: cause, place, batch: [...batches].sort().join(','), cause });
    }
    return found;
  },
});
