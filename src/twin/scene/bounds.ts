import { composePose, rotate, type Vec3 } from '../../kernel/pose.ts';
import type { SolidPart } from '../../kernel/solid.ts';
import { sizeOf, solidsOf } from '../../device-emulators/definition/solids.ts';
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

/** Where a device takes up room: its bounds, or those of each of its parts where it is a lattice. */
export function roomOf(
  device: Pick<SceneDevice, 'definition' | 'config' | 'pose'>,
): readonly Bounds[] {
  const { definition, config, pose } = device;
  if (definition.lattice !== true) return [boundsOf(device)];
  return solidsOf(definition, config).map(({ shape, pose: X_DP }) => {
    const { position, orientation } = composePose(pose, X_DP);
    const axes = halvesOf(shape).map((half, axis) => {
      const along: [number, number, number] = [0, 0, 0];
      along[axis] = half;
      return rotate(orientation, along);
    });
    const reach = (axis: 0 | 1 | 2): number =>
      axes.reduce((sum, vector) => sum + Math.abs(vector[axis]), 0);
    const [x, y, z] = position;
    return {
      min: [x - reach(0), y - reach(1), z - reach(2)],
      max: [x + reach(0), y + reach(1), z + reach(2)],
    };
  });
}

function halvesOf(shape: SolidPart['shape']): Vec3 {
  if (shape.kind === 'box') return shape.halfExtents;
  return [shape.radius, shape.radius, shape.halfHeight];
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
