import { batchesIn } from './batch-mixing.ts';
import type { Finding, Observer } from './observer.ts';

/** Material of one patient in a vessel labelled with another's batch. */
export const chainOfIdentity = (): Observer => ({
  name: 'chain-of-identity',
  watches: ['lots'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.batch === '' || vessel.contents.lots.length === 0) continue;
      for (const batch of batchesIn(plant, vessel)) {
        if (batch === vessel.batch) continue;
        const cause = `${vessel.id} is labelled ${vessel.batch} and holds material of ${batch}`;
        found.push({ subject: cause, place: plant.zoneOf(vessel), batch, cause });
      }
    }
    return found;
  },
});
