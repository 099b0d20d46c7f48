import type { Observer } from './observer.ts';
import { vesselRule } from './vessel-rule.ts';

/** A vessel lies on the floor. */
export const droppedVessel = (): Observer =>
  vesselRule({
    name: 'dropped-vessel',
    watches: ['whereabouts'],
    judge: (plant, vessel) => {
      if (vessel.whereabouts.at !== 'floor') return [];
      const { id, batch } = vessel;
      return [{ subject: id, place: plant.zoneOf(vessel), batch, cause: `${id} was dropped` }];
    },
  });
