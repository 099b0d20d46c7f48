import type { Observer } from './observer.ts';
import { vesselRule } from './vessel-rule.ts';

/** An open vessel with product in a room of a lower grade than A. */
export const openHandling = (): Observer =>
  vesselRule({
    name: 'open-handling',
    watches: ['closures', 'whereabouts'],
    judge: (plant, vessel) => {
      if (vessel.capped || vessel.sealed || vessel.batch === '') return [];
      if (!plant.kindOf(vessel).cappable) return [];
      const place = plant.zoneOf(vessel);
      const { grade } = plant.zone(place);
      if (grade === 'A') return [];
      const cause = `${vessel.id} is open in grade ${grade}`;
      return [{ subject: cause, place, batch: vessel.batch, cause }];
    },
  });
