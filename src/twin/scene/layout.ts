import { rotate, type Vec3 } from '../../kernel/pose.ts';
import type { Report } from './load-scene.ts';
import type { Scene, SceneDevice, SceneZone } from './scene.ts';

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
      const depth = overlap(a, b);
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

interface Bounds {
  readonly min: Vec3;
  readonly max: Vec3;
}

/** Axis-aligned bounds of a device's body; yaw is taken into account. */
function boundsOf(device: SceneDevice): Bounds {
  const [sx, sy, sz] = device.definition.size;
  const { position, orientation } = device.pose;
  const u = rotate(orientation, [sx / 2, 0, 0]);
  const v = rotate(orientation, [0, sy / 2, 0]);
  const hx = Math.abs(u[0]) + Math.abs(v[0]);
  const hy = Math.abs(u[1]) + Math.abs(v[1]);
  const [x, y, z] = position;
  return { min: [x - hx, y - hy, z], max: [x + hx, y + hy, z + sz] };
}

/** Smallest penetration [m] of two boxes, 0 or less when they are apart. */
function overlap(a: Bounds, b: Bounds): number {
  let least = Number.POSITIVE_INFINITY;
  for (const axis of [0, 1, 2] as const) {
    least = Math.min(
      least,
      Math.min(a.max[axis], b.max[axis]) - Math.max(a.min[axis], b.min[axis]),
    );
  }
  return least;
}

function isInside(p: Vec3, zone: SceneZone): boolean {
  return ([0, 1, 2] as const).every(
    (axis) => p[axis] >= zone.min[axis] - TOLERANCE && p[axis] <= zone.max[axis] + TOLERANCE,
  );
}
