import { batchesIn } from './batch-mixing.ts';
import type { Observer } from './observer.ts';
import { vesselRule } from './vessel-rule.ts';

/** Material of one patient in a vessel labelled with another's batch. */
export const chainOfIdentity = (): Observer =>
  vesselRule({
    name: 'chain-of-identity',
    watches: ['lots'],
    judge: (plant, vessel) => {
      if (vessel.batch === '' || vessel.contents.lots.length === 0) return [];
      const place = plant.zoneOf(vessel);
      return batchesIn(plant, vessel)
        .filter((batch) => batch !== vessel.batch)
        .map((batch) => {
          const cause = `${vessel.id} is labelled ${vessel.batch} and holds material of ${batch}`;
          return { subject: cause, place, batch, cause };
        });
    },
  });
