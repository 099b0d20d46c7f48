import { composePose } from '../../kernel/pose.ts';
import type { Refusal } from '../../kernel/error-catalogue.ts';
import { VESSEL_KINDS, type VesselKind } from '../vessel-kinds.data.ts';
import type { Report } from './problem.ts';
import { devicesInReserve } from './reserve.ts';
import type { Scene, SceneDevice } from './scene.ts';
import { bodySolid, zoneSolids } from './zone-solids.ts';

/**
 * Reports places for robots that no carrying device in their zone can reach. What stands in reserve needs
 * not be reached.
 */
export function findReachProblems(scene: Scene, report: Report): void {
  const reserve = devicesInReserve(scene.devices);
  for (const zone of scene.zones) {
    const inZone = scene.devices.filter((device) => device.zone === zone.id);
    const robots = inZone.filter(({ definition }) => definition.reach !== undefined);
    if (robots.length === 0) continue;
    const solids = [
      ...zoneSolids(scene, zone),
      ...inZone.filter(isFurniture).map((device) => bodySolid(device)),
    ];
    for (const device of inZone) {
      if (reserve.has(device.id)) continue;
      for (const { name, X_WV, kinds } of placesOf(device)) {
        for (const kind of kinds) {
          const refused = robots.map(({ id, definition, config, pose }) =>
            definition.reach?.({ id, config, pose, solids }, X_WV, kind),
          );
          const [first] = refused;
          if (first === undefined || refused.includes(undefined)) continue;
          const names = robots.map(({ id }) => id).join(' and ');
          report(
            ['devices', device.id, device.in === undefined ? 'at' : 'in'],
            `${names} cannot fetch a ${kind.title} from ${device.id}.${name}: ${first.message}`,
            remedyFor(first, device.id),
          );
          break;
        }
      }
    }
  }
}

/** What stands in a place and has places itself, as a module in a rack; the rest is like a vessel. */
function isFurniture({ in: place, definition, config }: SceneDevice): boolean {
  return place !== undefined && definition.places(config).length > 0;
}

/** Places for robots, in the world, each with the kinds that it is tried with. */
function placesOf({ definition, config, pose }: SceneDevice) {
  return definition
    .places(config)
    .filter(({ robot }) => robot)
    .map(({ name, pose: X_DV, accepts }) => ({
      name,
      X_WV: composePose(pose, X_DV),
      kinds: largestOf(accepts),
    }));
}

/** The largest bag and the largest other vessel of some kinds. */
function largestOf(kinds: readonly string[]): VesselKind[] {
  const known = kinds
    .flatMap((kind) => VESSEL_KINDS[kind] ?? [])
    .sort((a, b) => b.capacity - a.capacity);
  const bag = known.find(({ shape }) => shape === 'bag');
  const other = known.find(({ shape }) => shape !== 'bag');
  return [bag, other].filter((kind) => kind !== undefined);
}

function remedyFor({ code }: Refusal, device: string): string {
  return code === 'UNREACHABLE'
    ? `Move ${device} nearer to the robot's track.`
    : `Turn the open side of ${device} to the robot, or move what is in the way.`;
}
