import { composePose } from '../../kernel/pose.ts';
import type { Solid } from '../../kernel/solid.ts';
import { solidsOf } from '../../device-emulators/definition/solids.ts';
import { boundsOf, overlapOf } from './bounds.ts';
import { enclosureOf } from './enclosure.ts';
import type { Scene, SceneDevice, SceneZone } from './scene.ts';

/** Everything that stands still in a zone: its enclosure, and bodies that stand or reach into it. */
export function zoneSolids({ devices }: Pick<Scene, 'devices'>, zone: SceneZone): readonly Solid[] {
  const placed = devices.map((device) => ({ device, bounds: boundsOf(device) }));
  const inside = placed.filter(
    ({ device, bounds }) => device.zone === zone.id || overlapOf(bounds, zone) > 0,
  );
  return [
    ...enclosureOf(
      zone,
      placed.map(({ bounds }) => bounds),
    ),
    ...inside.map(({ device }) => deviceSolid(device)),
  ];
}

function deviceSolid({ id, definition, config, pose }: SceneDevice): Solid {
  return {
    id,
    parts: solidsOf(definition, config).map((part) => ({
      shape: part.shape,
      pose: composePose(pose, part.pose),
    })),
  };
}
