import { rotate, type Vec3 } from '../../kernel/pose.ts';
import { sizeOf } from '../../device-emulators/definition/solids.ts';
import type { SceneDevice } from './scene.ts';

/** An axis-aligned box in the world [m]. */
export interface Bounds {
  readonly min: Vec3;
  readonly max: Vec3;
}

/** Axis-aligned bounds of a device's body; yaw is taken into account. */
export function boundsOf(device: Pick<SceneDevice, 'definition' | 'config' | 'pose'>): Bounds {
  const [sx, sy, sz] = sizeOf(device.definition, device.config);
  const { position, orientation } = device.pose;
  const u = rotate(orientation, [sx / 2, 0, 0]);
  const v = rotate(orientation, [0, sy / 2, 0]);
  const hx = Math.abs(u[0]) + Math.abs(v[0]);
  const hy = Math.abs(u[1]) + Math.abs(v[1]);
  const [x, y, z] = position;
  return { min: [x - hx, y - hy, z], max: [x + hx, y + hy, z + sz] };
}

/** Smallest penetration [m] of two boxes, 0 or less when they are apart. */
export function overlapOf(a: Bounds, b: Bounds): number {
  let least = Number.POSITIVE_INFINITY;
  for (const axis of [0, 1, 2] as const) {
    least = Math.min(
      least,
      Math.min(a.max[axis], b.max[axis]) - Math.max(a.min[axis], b.min[axis]),
    );
  }
  return least;
}
