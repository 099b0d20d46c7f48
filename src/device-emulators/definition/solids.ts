import { composePose, type Pose, type Vec3 } from '../../kernel/pose.ts';
import type { SolidPart, SolidShape } from '../../kernel/solid.ts';
import type { AnyConfig, AnyDeviceDefinition } from './device.ts';
import { upright } from './upright.ts';

/** The box between two corners [m] in the device's frame. */
export function block(low: Vec3, high: Vec3): SolidPart {
  const half = (axis: 0 | 1 | 2): number => (high[axis] - low[axis]) / 2;
  return {
    shape: { kind: 'box', halfExtents: [half(0), half(1), half(2)] },
    pose: upright((low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2),
  };
}

/** An open-topped chest of the given outer size [m]: a floor up to `floor` and four walls. */
export function chest([x, y, z]: Vec3, floor: number, wall: number): readonly SolidPart[] {
  const [a, b] = [x / 2, y / 2];
  return [
    block([-a, -b, 0], [a, b, floor]),
    block([-a, -b, floor], [wall - a, b, z]),
    block([a - wall, -b, floor], [a, b, z]),
    block([wall - a, -b, floor], [a - wall, wall - b, z]),
    block([wall - a, b - wall, floor], [a - wall, b, z]),
  ];
}

/** Extent of a device's body [m]. */
export function sizeOf(definition: AnyDeviceDefinition, config: AnyConfig): Vec3 {
  return definition.extent?.(config) ?? definition.size;
}

/** Convex parts of a device's body, in its frame: what it declares, else the box of its size. */
export function solidsOf(definition: AnyDeviceDefinition, config: AnyConfig): readonly SolidPart[] {
  if (definition.solids !== undefined) return definition.solids(config);
  const [x, y, z] = sizeOf(definition, config);
  return [block([-x / 2, -y / 2, 0], [x / 2, y / 2, z])];
}

/** What the shape of a vessel follows from; lengths in [m], capacity in [m3]. */
export interface VesselForm {
  readonly shape: string;
  readonly radius: number;
  readonly height: number;
  readonly capacity: number;
  /** Front to back, where it is neither round nor as thick as its contents. */
  readonly depth?: number;
}

/** A vessel as a solid: a cylinder, a box where it has a depth; a bag is as thick as its contents. */
export function vesselShape({ shape, radius, height, capacity, depth }: VesselForm): SolidShape {
  if (depth !== undefined) return { kind: 'box', halfExtents: [radius, depth / 2, height / 2] };
  if (shape !== 'bag') return { kind: 'cylinder', radius, halfHeight: height / 2 };
  const thickness = capacity / (2 * radius * height);
  return { kind: 'box', halfExtents: [radius, thickness / 2, height / 2] };
}

/** X_WS of a vessel's middle from X_WV of its bottom. */
export function vesselMiddle(X_WV: Pose, { height }: Pick<VesselForm, 'height'>): Pose {
  return composePose(X_WV, upright(0, 0, height / 2));
}
