import RAPIER from '@dimforge/rapier3d-compat';
import { multiplyQuat, type Pose, type Vec3 } from '../../kernel/pose.ts';
import type { SolidShape } from '../../kernel/solid.ts';
import type { LinkShape } from '../kinematics/chain.ts';

// Rapier is WebAssembly: whoever imports this folder waits until it is there.
await RAPIER.init();

/** Rotation that turns Rapier's cylinder and capsule axis (+Y) onto +Z. */
const Y_TO_Z: Pose['orientation'] = [Math.SQRT1_2, 0, 0, Math.SQRT1_2];

/** A Rapier shape, its pose in the frame of its owner, and its bounds in its own frame. */
export interface RapierShape {
  readonly shape: RAPIER.Shape;
  readonly pose: Pose;
  /** Half extents of the bounding box in the shape's frame [m]. */
  readonly half: Vec3;
  /** Radius of the bounding sphere about the shape's centre [m]. */
  readonly radius: number;
}

/** The Rapier shape of a body whose centre has the pose `pose` in the owner's frame. */
export function shapeOfBody(body: SolidShape, pose: Pose, inset = 0): RapierShape {
  if (body.kind === 'box') {
    const [x, y, z] = body.halfExtents;
    const half: Vec3 = [x - inset, y - inset, z - inset];
    return { shape: new RAPIER.Cuboid(...half), pose, half, radius: Math.hypot(...half) };
  }
  const radius = body.radius - inset;
  const halfHeight = body.halfHeight - inset;
  return {
    shape: new RAPIER.Cylinder(halfHeight, radius),
    pose: { position: pose.position, orientation: multiplyQuat(pose.orientation, Y_TO_Z) },
    half: [radius, halfHeight, radius],
    radius: Math.hypot(radius, halfHeight),
  };
}

/** The Rapier shape of a link's capsule or box in the link's frame, grown by `clearance` [m]. */
export function shapeOfLink(link: LinkShape, clearance: number): RapierShape {
  if (link.kind === 'box') return shapeOfBody(link, link.pose, -clearance);
  const { from: a, to: b } = link;
  const d: Vec3 = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const length = Math.hypot(...d);
  const radius = link.radius + clearance;
  const halfHeight = length / 2;
  return {
    shape: new RAPIER.Capsule(halfHeight, radius),
    pose: {
      position: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2],
      orientation:
        length === 0 ? [0, 0, 0, 1] : fromYTo([d[0] / length, d[1] / length, d[2] / length]),
    },
    half: [radius, halfHeight + radius, radius],
    radius: halfHeight + radius,
  };
}

/** Shortest rotation of +Y onto the unit vector `d`. */
function fromYTo([x, y, z]: Vec3): Pose['orientation'] {
  if (y < -1 + 1e-12) return [1, 0, 0, 0];
  const n = Math.hypot(z, x, 1 + y);
  return [z / n, 0, -x / n, (1 + y) / n];
}

/** Rapier's vector of a position. */
export function toVector([x, y, z]: Vec3): RAPIER.Vector {
  return { x, y, z };
}

/** Rapier's rotation of an orientation. */
export function toRotation([x, y, z, w]: Pose['orientation']): RAPIER.Rotation {
  return { x, y, z, w };
}
