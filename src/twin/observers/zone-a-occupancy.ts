import { gradeABatches } from './grade-a-batches.ts';
import type { Finding, Observer } from './observer.ts';

/** Two patients' material in one zone of grade A at a time. */
export const zoneAOccupancy = (): Observer => {
  const inZones = gradeABatches();
  return {
    name: 'two-batches-in-zone-a',
    watches: ['closures', 'whereabouts'],
    find: ({ plant }) => {
      const found: Finding[] = [];
      for (const [place, vessels] of inZones.of(plant).groups) {
        const batches = [...new Set(vessels.values())].sort();
        if (batches.length < 2) continue;
        const cause = `${batches.join(' and ')} are in ${place}`;
        found.push({ subject: cause, place, batch: batches.join(','), cause });
      }
      return found;
    },
  };
};
