import type RAPIER from '@dimforge/rapier3d-compat';
import type { Pose } from '../../kernel/pose.ts';
import type { Solid } from '../../kernel/solid.ts';
import type { Contact } from '../kinematics/contact.ts';
import { POSE_STRIDE } from '../kinematics/forward.ts';
import { type RapierShape, shapeOfBody, toRotation, toVector } from './rapier.ts';

/** A shape moving with a link; its world pose comes apart in a flat array of poses. */
export interface MovingShape {
  readonly link: string;
  readonly body: RapierShape;
}

/** Solids that stand still, and the question which of them some shapes overlap. */
export interface CollisionWorld {
  /**
   * The first overlap of `shapes` at `poses` (X_WS, {@link POSE_STRIDE} numbers each) with a solid,
   * in the order of shapes and then of solids.
   */
  firstCollision(shapes: readonly MovingShape[], poses: Float64Array): Contact | undefined;
}

interface Placed {
  readonly id: string;
  readonly shape: RAPIER.Shape;
  readonly position: RAPIER.Vector;
  readonly rotation: RAPIER.Rotation;
  /** Bounds in the world: lowest and highest x, y, z [m]. */
  readonly bounds: Float64Array;
  /** X_WP and half extents in P, for the test against a sphere. */
  readonly pose: Pose;
  readonly half: RapierShape['half'];
}

/** Magnitudes of the rows of the rotation matrix of a pose: row-major 3 x 3. */
function absoluteRotation({ orientation: [x, y, z, w] }: Pose): number[] {
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - z * w),
    2 * (x * z + y * w),
    2 * (x * y + z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z - x * w),
    2 * (x * z - y * w),
    2 * (y * z + x * w),
    1 - 2 * (x * x + y * y),
  ].map(Math.abs);
}

function boundsOf(pose: Pose, half: RapierShape['half']): Float64Array {
  const r = absoluteRotation(pose);
  const bounds = new Float64Array(6);
  for (let i = 0; i < 3; i++) {
    const reach = [0, 1, 2].reduce(
      (sum, k) => sum + (r[3 * i + k] as number) * (half[k] as number),
      0,
    );
    bounds[i] = (pose.position[i] as number) - reach;
    bounds[i + 3] = (pose.position[i] as number) + reach;
  }
  return bounds;
}

/** Whether a sphere's bounding box meets `bounds`. */
function isNear(bounds: Float64Array, x: number, y: number, z: number, r: number): boolean {
  return (
    x - r < (bounds[3] as number) &&
    x + r > (bounds[0] as number) &&
    y - r < (bounds[4] as number) &&
    y + r > (bounds[1] as number) &&
    z - r < (bounds[5] as number) &&
    z + r > (bounds[2] as number)
  );
}

/** Whether the bounding sphere of a shape meets the bounding box of a part, in its own frame. */
function isSphereNear(
  { pose, half }: Placed,
  x: number,
  y: number,
  z: number,
  radius: number,
): boolean {
  const [qx, qy, qz, w] = pose.orientation;
  const dx = x - pose.position[0];
  const dy = y - pose.position[1];
  const dz = z - pose.position[2];
  // d rotated by the inverse orientation.
  const tx = 2 * (dy * qz - dz * qy);
  const ty = 2 * (dz * qx - dx * qz);
  const tz = 2 * (dx * qy - dy * qx);
  const lx = Math.max(0, Math.abs(dx + w * tx + ty * qz - tz * qy) - half[0]);
  const ly = Math.max(0, Math.abs(dy + w * ty + tz * qx - tx * qz) - half[1]);
  const lz = Math.max(0, Math.abs(dz + w * tz + tx * qy - ty * qx) - half[2]);
  return lx * lx + ly * ly + lz * lz < radius * radius;
}

/**
 * Builds a world of solids. Bounding boxes and spheres rule out most pairs; what is left is decided
 * by Rapier's exact test in single precision (about 1 um at these sizes).
 */
export function createCollisionWorld(solids: readonly Solid[]): CollisionWorld {
  const placed = solids.flatMap(({ id, parts }) =>
    parts.map(({ shape, pose: X_WP }): Placed => {
      const { shape: rapier, pose, half } = shapeOfBody(shape, X_WP);
      return {
        id,
        shape: rapier,
        position: toVector(pose.position),
        rotation: toRotation(pose.orientation),
        bounds: boundsOf(pose, half),
        pose,
        half,
      };
    }),
  );
  return {
    firstCollision(shapes, poses) {
      for (let i = 0; i < shapes.length; i++) {
        const { link, body } = shapes[i] as MovingShape;
        const at = i * POSE_STRIDE;
        const n = (k: number): number => poses[at + k] as number;
        const [x, y, z] = [n(0), n(1), n(2)];
        for (const part of placed) {
          if (!isNear(part.bounds, x, y, z, body.radius)) continue;
          if (!isSphereNear(part, x, y, z, body.radius)) continue;
          const position = toVector([x, y, z]);
          const rotation = toRotation([n(3), n(4), n(5), n(6)]);
          const { shape, position: p, rotation: r } = part;
          if (shape.intersectsShape(p, r, body.shape, position, rotation)) {
            return { obstacle: part.id, link };
          }
        }
      }
      return undefined;
    },
  };
}
