import type { Twin } from '../twin.ts';
import type { Finding, Observer } from './observer.ts';

/** A cassette's port or a connector's head coupled more often than it stands. */
export const overusedConnector = (): Observer => ({
  name: 'connector-overused',
  watches: ['couplings'],
  find: (twin) => {
    const { plant } = twin;
    const found: Finding[] = [];
    for (const { vessel, connector } of plant.state.couplings.values()) {
      const coupled = plant.vessel(vessel);
      for (const device of [connector, plant.locations.ownerOf(vessel)]) {
        const wear = device === undefined ? undefined : wearOf(twin, device);
        if (wear === undefined || wear.uses <= wear.maximum) continue;
        const cause = `${device}: ${wear.part} was coupled ${wear.uses} times, allowed are ${wear.maximum}`;
        const place = plant.zoneOf(coupled);
        found.push({ subject: `${device} ${wear.part}`, place, batch: coupled.batch, cause });
      }
    }
    return found;
  },
});

function wearOf({ devices }: Twin, id: string) {
  const runtime = devices.get(id);
  return runtime?.device.definition.wear?.(runtime.readContext());
}
