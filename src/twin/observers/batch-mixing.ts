import { isPresent } from '../../physics/fluids/contents.ts';
import type { Plant } from '../plant.ts';
import type { VesselState } from '../plant-state.ts';
import type { Observer } from './observer.ts';
import { vesselRule } from './vessel-rule.ts';

/**
 * Batches of which a vessel holds material, in order of arrival. The lot of a patient's material is
 * the batch's name.
 */
export function batchesIn({ state }: Plant, vessel: VesselState): string[] {
  const found: string[] = [];
  for (const portion of vessel.contents.lots) {
    if (state.batches.has(portion.lot) && isPresent(portion)) found.push(portion.lot);
  }
  return found;
}

/** Material of two patients in one vessel that is not thrown away. */
export const batchMixing = (): Observer =>
  vesselRule({
    name: 'batch-mixing',
    watches: ['lots'],
    judge: (plant, vessel) => {
      if (vessel.waste || vessel.contents.lots.length < 2) return [];
      const batches = batchesIn(plant, vessel);
      if (batches.length < 2) return [];
      const cause = `${vessel.id} holds material of ${batches.join(' and ')}`;
      return [{ subject: cause, place: plant.zoneOf(vessel), batch: batches.join(','), cause }];
    },
  });
