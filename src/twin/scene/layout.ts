import type { Vec3 } from '../../kernel/pose.ts';
import { boundsOf, overlapOf } from './bounds.ts';
import type { Report } from './load-scene.ts';
import type { Scene, SceneZone } from './scene.ts';

/** Bodies may touch; less overlap than this [m] counts as touching. */
const TOLERANCE = 1e-3;

/** Reports devices that stand in one another or outside their zone. */
export function findLayoutProblems(scene: Scene, report: Report): void {
  const boxes = scene.devices.map((device) => ({
    device,
    ...boundsOf(device),
  }));
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      const depth = overlapOf(a, b);
      if (depth <= TOLERANCE) continue;
      report(
        ['devices', b.device.id, 'at'],
        `${b.device.id} overlaps ${a.device.id} by ${depth.toFixed(2)} m`,
        `Move ${b.device.id} by at least that much, or ${a.device.id}.`,
      );
    }
    const zone = scene.zones.find((z) => z.id === a.device.zone);
    if (zone !== undefined && !isInside(a.device.pose.position, zone)) {
      report(
        ['devices', a.device.id, 'at'],
        `${a.device.id} stands outside its zone ${zone.id}`,
        'Move it, or name the zone it stands in.',
      );
    }
  });
}

function isInside(p: Vec3, zone: SceneZone): boolean {
  return ([0, 1, 2] as const).every(
    (axis) => p[axis] >= zone.min[axis] - TOLERANCE && p[axis] <= zone.max[axis] + TOLERANCE,
  );
}
