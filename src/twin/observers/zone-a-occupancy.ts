import type { Observer } from '../twin.ts';
import { onOnset } from './on-onset.ts';

/** Two patients' material in one zone of grade A at a time. */
export const zoneAOccupancy = (): Observer =>
  onOnset('two-batches-in-zone-a', ({ plant }) => {
    const inZone = new Map<string, Set<string>>();
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.batch === '' || vessel.sealed) continue;
      const zone = plant.zoneOf(vessel);
      if (plant.zone(zone).grade !== 'A') continue;
      const batches = inZone.get(zone) ?? new Set<string>();
      inZone.set(zone, batches.add(vessel.batch));
    }
    return [...inZone].flatMap(([place, batches]) =>
      batches.size > 1
        ? [
            {
              place,
              batch: [...batches].join(','),
              cause: `${[...batches].join(' and ')} are in ${place}`,
            },
          ]
        : [],
    );
  });
