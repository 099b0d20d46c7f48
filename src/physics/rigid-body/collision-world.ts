import RAPIER from '@dimforge/rapier3d-compat';
import { composePose, type Pose } from '../../kernel/pose.ts';
import type { BodyShape, Contact } from '../kinematics/body-shape.ts';
import { POSE_STRIDE } from '../kinematics/forward.ts';
import { type RapierShape, shapeOfBody, toRotation, toVector } from './rapier.ts';

/** One convex part of an obstacle. */
export interface ObstaclePart {
  readonly shape: BodyShape;
  /** X_WP: pose of the part's centre in the world. */
  readonly pose: Pose;
}

/** A thing that stands still; several parts report under one id. */
export interface Obstacle {
  readonly id: string;
  readonly parts: readonly ObstaclePart[];
}

/** A shape moving with a link; its world pose comes apart in a flat array of poses. */
export interface MovingShape {
  readonly link: string;
  readonly body: RapierShape;
}

/** Obstacles in Rapier, and the question which of them some shapes overlap. */
export interface CollisionWorld {
  /** Adds an obstacle, or replaces the one of that id. */
  put(obstacle: Obstacle): void;
  /** Removes the obstacle of that id, if there is one. */
  remove(id: string): void;
  /**
   * The first overlap of `shapes` at `poses` (X_WS, {@link POSE_STRIDE} numbers each) with an
   * obstacle, in the order of shapes and then of obstacles; ids in `ignore` are passed over.
   */
  firstCollision(
    shapes: readonly MovingShape[],
    poses: Float64Array,
    ignore?: readonly string[],
  ): Contact | undefined;
  /** Releases Rapier's memory; the world is of no use afterwards. */
  free(): void;
}

interface Placed {
  readonly id: string;
  readonly collider: RAPIER.Collider;
  /** Bounds in the world: lowest and highest x, y, z [m]. */
  readonly bounds: Float64Array;
  /** X_WP and half extents in P, for the separating-axis test. */
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

/** Whether the bounding sphere of a shape meets the bounding box of an obstacle, in its own frame. */
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
 * Builds a world of obstacles. Bounding boxes and spheres rule out most pairs; what is left is
 * decided by Rapier's exact test in single precision (about 1 um at these sizes).
 */
export function createCollisionWorld(obstacles: readonly Obstacle[]): CollisionWorld {
  const world = new RAPIER.World({ x: 0, y: 0, z: 0 });
  let placed: Placed[] = [];

  function remove(id: string): void {
    placed = placed.filter((part) => {
      if (part.id === id) world.removeCollider(part.collider, false);
      return part.id !== id;
    });
  }

  function put({ id, parts }: Obstacle): void {
    remove(id);
    for (const { shape, pose } of parts) {
      const body = shapeOfBody(shape, { position: [0, 0, 0], orientation: [0, 0, 0, 1] });
      const X_WP = composePose(pose, body.pose);
      const description = new RAPIER.ColliderDesc(body.shape)
        .setTranslation(...X_WP.position)
        .setRotation(toRotation(X_WP.orientation));
      const collider = world.createCollider(description);
      placed.push({ id, collider, bounds: boundsOf(X_WP, body.half), pose: X_WP, half: body.half });
    }
  }

  function firstCollision(
    shapes: readonly MovingShape[],
    poses: Float64Array,
    ignore: readonly string[] = [],
  ): Contact | undefined {
    for (let i = 0; i < shapes.length; i++) {
      const { link, body } = shapes[i] as MovingShape;
      const at = i * POSE_STRIDE;
      const x = poses[at] as number;
      const y = poses[at + 1] as number;
      const z = poses[at + 2] as number;
      for (const part of placed) {
        if (!isNear(part.bounds, x, y, z, body.radius)) continue;
        if (!isSphereNear(part, x, y, z, body.radius)) continue;
        if (ignore.includes(part.id)) continue;
        const n = (k: number): number => poses[at + k] as number;
        const position = toVector([x, y, z]);
        const rotation = toRotation([n(3), n(4), n(5), n(6)]);
        if (part.collider.intersectsShape(body.shape, position, rotation)) {
          return { obstacle: part.id, link };
        }
      }
    }
    return undefined;
  }

  for (const obstacle of obstacles) put(obstacle);
  return { put, remove, firstCollision, free: () => world.free() };
}
