import { batchesIn } from './batch-mixing.ts';
import type { Finding, Observer } from './observer.ts';

/** Material of a patient in a cassette that belongs to no batch and is not waste. */
export const unlabelledCassette = (): Observer => ({
  name: 'identity',
  watches: ['lots', 'inventory'],
  find: ({ plant }) => {
    const found: Finding[] = [];
    for (const vessel of plant.state.vessels.values()) {
      if (vessel.batch !== '' || vessel.waste || vessel.contents.lots.length === 0) continue;
      if (plant.kindOf(vessel).shape !== 'cassette') continue;
      const [batch] = batchesIn(plant, vessel);
      if (batch === undefined) continue;
      const cause = `${vessel.id} holds material of ${batch} and has no label; assign it`;
      found.push({ subject: vessel.id, place: plant.zoneOf(vessel), batch, cause });
    }
    return found;
  },
});
