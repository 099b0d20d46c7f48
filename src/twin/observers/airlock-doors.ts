import type { Finding, Observer } from './observer.ts';

/** Both doors of an airlock away from their frames at once. */
export const airlockDoors = (): Observer => ({
  name: 'both-doors-open',
  watches: ['air'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const [lock, doors] of plant.air.doorsByLock()) {
      if (doors.length < 2 || !doors.every(({ name }) => plant.air.isOpen(name))) continue;
      const batch = batchesInside(plant, lock);
      const place = plant.locations.deviceZone(lock);
      const cause = `both doors of ${lock} are open; its interlock does not hold`;
      found.push({ subject: lock, place, batch, cause });
    }
    return found;
  },
});

function batchesInside(plant: Parameters<Observer['find']>[0]['plant'], lock: string): string {
  const batches = new Set<string>();
  for (const { whereabouts, batch } of plant.state.vessels.values()) {
    if (whereabouts.at !== 'place' || batch === '') continue;
    if (plant.locations.places.get(whereabouts.place)?.device.id === lock) batches.add(batch);
  }
  return [...batches].sort().join(',');
}
