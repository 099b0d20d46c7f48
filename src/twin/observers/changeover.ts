import type { Micros } from '../../kernel/time.ts';
import { gradeABatches } from './grade-a-batches.ts';
import type { Finding, Observer } from './observer.ts';

/** The batch that was last in each zone, and when it was last seen there. */
interface Memory {
  [zone: string]: { batch: string; seen: Micros };
}

/**
 * In grade A another batch follows only after the zone has been decontaminated since the last one was
 * there. Batches count by the labels on vessels that are not sealed.
 */
export const changeover = (): Observer => {
  const inZones = gradeABatches();
  return {
    name: 'no-changeover',
    watches: ['closures', 'whereabouts'],
    memory: (): Memory => ({}),
    find: ({ plant }, t, memory) => {
      const last = memory as Memory;
      const found: Finding[] = [];
      for (const [zone, vessels] of inZones.of(plant).groups) {
        const batches = [...new Set(vessels.values())].sort();
        const before = last[zone];
        for (const batch of batches) {
          if (before === undefined || before.batch === batch) continue;
          if ((plant.state.decontaminations.get(zone) ?? -1) > before.seen) continue;
          const cause = `${batch} follows ${before.batch} in ${zone}, which was not decontaminated since; run a cycle between batches`;
          found.push({ subject: cause, place: zone, batch, cause });
        }
        const [only] = batches;
        if (batches.length === 1 && only !== undefined) last[zone] = { batch: only, seen: t };
      }
      return found;
    },
  };
};
