import { batchesIn } from './batch-mixing.ts';
import type { Observer } from './observer.ts';
import { vesselRule } from './vessel-rule.ts';

/** Material of a patient in a cassette that belongs to no batch and is not waste. */
export const unlabelledCassette = (): Observer =>
  vesselRule({
    name: 'identity',
    watches: ['lots', 'inventory'],
    judge: (plant, vessel) => {
      if (vessel.batch !== '' || vessel.waste || vessel.contents.lots.length === 0) return [];
      if (plant.kindOf(vessel).shape !== 'cassette') return [];
      const [batch] = batchesIn(plant, vessel);
      if (batch === undefined) return [];
      const cause = `${vessel.id} holds material of ${batch} and has no label; assign it`;
      return [{ subject: vessel.id, place: plant.zoneOf(vessel), batch, cause }];
    },
  });
