import { VOLUME } from '../../physics/fluids/contents.ts';
import type { VesselState } from '../plant-state.ts';
import type { Finding, Observer } from './observer.ts';

/** Tells batches from lots of media: the lot of a patient's material is the batch's name. */
export type IsBatch = (lot: string) => boolean;

/** Batches of which a vessel holds material, in order of arrival. */
export function batchesIn(vessel: VesselState, isBatch: IsBatch): string[] {
  const found: string[] = [];
  for (const { lot, amounts } of vessel.contents.lots) {
    if (isBatch(lot) && (amounts[VOLUME] ?? 0) > 0) found.push(lot);
  }
  return found;
}

/** Material of two patients in one vessel that is not thrown away. */
export const batchMixing = (isBatch: IsBatch): Observer => ({
  name: 'batch-mixing',
  watches: ['lots'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.waste || vessel.contents.lots.length < 2) continue;
      const batches = batchesIn(vessel, isBatch);
      if (batches.length < 2) continue;
      const cause = `${vessel.id} holds material of ${batches.join(' and ')}`;
      found.push({
        subject: cause,
        place: plant.zoneOf(vessel),
        batch: batches.join(','),
        cause,
      });
    }
    return found;
  },
});
