import { VesselGrouping } from './vessel-groups.ts';

/**
 * Batches in each zone of grade A, by the labels on vessels that are not sealed. Follows `closures` and
 * `whereabouts`.
 */
export const gradeABatches = (): VesselGrouping<string> =>
  new VesselGrouping(['closures', 'whereabouts'], (plant, vessel) => {
    if (vessel.batch === '' || vessel.sealed) return [];
    const zone = plant.zoneOf(vessel);
    return plant.zone(zone).grade === 'A' ? [[zone, vessel.batch]] : [];
  });
