import type { DeviceRuntime } from '../device-runtime.ts';
import type { Follower } from '../revisions.ts';
import type { Twin } from '../twin.ts';
import type { Finding, Observer } from './observer.ts';

/** A moving part touched something: a device says so by an alarm that is declared as a collision. */
export const collision = (): Observer => {
  let known: { readonly twin: Twin; readonly follower: Follower } | undefined;
  const findings = new Map<string, readonly Finding[]>();
  return {
    name: 'collision',
    watches: ['alarms'],
    find: (twin) => {
      if (known?.twin !== twin) known = { twin, follower: twin.plant.revisions.follow(['alarms']) };
      const { follower } = known;
      for (const id of follower.everything ? twin.devices.keys() : follower.subjects) {
        const found = collisionsOf(twin, twin.runtime(id));
        if (found.length > 0) findings.set(id, found);
        else findings.delete(id);
      }
      follower.clear();
      return [...findings.keys()].sort().flatMap((id) => findings.get(id) ?? []);
    },
  };
};

function collisionsOf(twin: Twin, { device, alarms }: DeviceRuntime): readonly Finding[] {
  const found: Finding[] = [];
  for (const { alarm, active, details } of alarms.values()) {
    const declaration = device.definition.alarms[alarm];
    if (!active || declaration?.collision !== true) continue;
    const { id, zone } = device;
    const why = details === '' ? declaration.cause : details;
    const batch = batchHeldBy(twin, id);
    found.push({ subject: `${id}.${alarm}`, place: zone, batch, cause: `${id}: ${why}` });
  }
  return found;
}

/** Batch of what a device has in its gripper. */
function batchHeldBy({ plant }: Twin, device: string): string {
  const [held] = plant.heldBy(device);
  return held === undefined ? '' : plant.vessel(held).batch;
}
