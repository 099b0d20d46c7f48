import { composePose, type Pose } from '../../kernel/pose.ts';
import type { Solid, SolidPart } from '../../kernel/solid.ts';
import { block, sizeOf, solidsOf } from '../../device-emulators/definition/solids.ts';
import { boundsOf, overlapOf, roomOf } from './bounds.ts';
import { enclosureOf } from './enclosure.ts';
import type { Scene, SceneDevice, SceneZone } from './scene.ts';

/**
 * What stands still in a zone for good: its enclosure, and bodies that stand or reach into it. What
 * stands in places is carried away some time.
 */
export function zoneSolids({ devices }: Pick<Scene, 'devices'>, zone: SceneZone): readonly Solid[] {
  const placed = devices
    .filter((device) => device.in === undefined)
    .map((device) => ({ device, bounds: boundsOf(device) }));
  const inside = placed.filter(
    ({ device, bounds }) => device.zone === zone.id || overlapOf(bounds, zone) > 0,
  );
  return [
    ...enclosureOf(
      zone,
      placed.flatMap(({ device }) => roomOf(device)),
    ),
    ...inside.map(({ device }) => deviceSolid(device, zone.min[2])),
  ];
}

/** Thickness of the top of a table [m]; assumed. */
const TABLE_TOP = 0.04;

/** A device and, where it stands above the floor, the table top beneath it. */
function deviceSolid({ id, definition, config, pose }: SceneDevice, floor: number): Solid {
  const [x, y] = sizeOf(definition, config);
  const isRaised = pose.position[2] - floor > TABLE_TOP;
  const table = isRaised ? [block([-x / 2, -y / 2, -TABLE_TOP], [x / 2, y / 2, 0])] : [];
  return solidOf(id, pose, [...table, ...solidsOf(definition, config)]);
}

/** A device that stands in a place, at the start or at the pose given. */
export function bodySolid({ id, definition, config, pose }: SceneDevice, X_WD: Pose = pose): Solid {
  return solidOf(id, X_WD, solidsOf(definition, config));
}

function solidOf(id: string, X_WD: Pose, parts: readonly SolidPart[]): Solid {
  return {
    id,
    parts: parts.map(({ shape, pose }) => ({ shape, pose: composePose(X_WD, pose) })),
  };
}
