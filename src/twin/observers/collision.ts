import type { Finding, Observer } from './observer.ts';

/** A moving part touched something: a device says so by an alarm that is declared as a collision. */
export const collision = (): Observer => ({
  name: 'collision',
  watches: ['alarms'],
  find: (twin) => {
    const found: Finding[] = [];
    for (const { device, alarms } of twin.devices.values()) {
      for (const { alarm, active, details } of alarms.values()) {
        const declaration = device.definition.alarms[alarm];
        if (!active || declaration?.collision !== true) continue;
        const { id, zone } = device;
        const why = details === '' ? declaration.cause : details;
        const batch = batchHeldBy(twin, id);
        found.push({ subject: `${id}.${alarm}`, place: zone, batch, cause: `${id}: ${why}` });
      }
    }
    return found;
  },
});

/** Batch of what a device has in its gripper. */
function batchHeldBy({ plant }: Parameters<Observer['find']>[0], device: string): string {
  for (const { whereabouts, batch } of plant.state.vessels.values()) {
    if (whereabouts.at === 'gripper' && whereabouts.device === device) return batch;
  }
  return '';
}
