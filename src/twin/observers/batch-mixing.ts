import type { Observer } from '../twin.ts';
import { onOnset, type Finding } from './on-onset.ts';

/**
 * Material of two patients in one vessel. The lot of a patient's material is the batch's name.
 *
 * @param isBatch tells batches from lots of media
 */
export function batchMixing(isBatch: (lot: string) => boolean): Observer {
  return onOnset('batch-mixing', ({ plant }) => {
    const found: Finding[] = [];
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.contents.lots.length < 2) continue;
      const batches = vessel.contents.lots.filter(({ lot }) => isBatch(lot)).map(({ lot }) => lot);
      if (batches.length > 1) {
        const cause = `${vessel.id} holds material of ${batches.join(' and ')}`;
        found.push({
          place: plant.zoneOf(vessel),
          batch: batches[0] ?? '',
          cause,
        });
      }
    }
    return found;
  });
}
