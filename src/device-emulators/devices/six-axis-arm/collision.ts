import { composePose, invertPose, type Pose, rotate, type Vec3 } from '../../../kernel/pose.ts';
import { forward } from '../../../physics/kinematics/forward.ts';
import type { SixAxisArm } from '../../../physics/kinematics/six-axis-arm.ts';
import { type MotionPlan, sampleMotion } from '../../../physics/trajectory/motion-plan.ts';
import type { Obstacle } from '../../definition/plant-port.ts';

/** A ball fixed to a link or to the TCP, in that frame. */
interface Ball {
  /** Index of the link; the number of links for the TCP. */
  readonly frame: number;
  readonly centre: Vec3;
  readonly radius: number;
}

/** A held vessel as a collision body: upright cylinder in its own frame, origin at its bottom. */
export interface HeldBody {
  readonly X_TV: Pose;
  readonly radius: number;
  readonly height: number;
}

/** Time between two looks at a motion [s]. */
const LOOK = 0.02;

/**
 * Clearance kept from obstacles [m]; assumed. It also covers what is missed: at 2 m/s a ball of 5 cm
 * moves 4 cm between two looks and cuts a corner by at most 4 mm, and balls one radius apart leave
 * 13 % of the radius of a capsule uncovered between them.
 */
const CLEARANCE = 0.02;

/** Index of the carriage, which never leaves the arm's own footprint. */
const CARRIAGE = 0;

function alongAxis(frame: number, from: Vec3, to: Vec3, radius: number): Ball[] {
  const length = Math.hypot(to[0] - from[0], to[1] - from[1], to[2] - from[2]);
  const count = Math.max(1, Math.ceil(length / radius)) + 1;
  return Array.from({ length: count }, (_, i) => {
    const s = i / (count - 1);
    const at = (k: 0 | 1 | 2): number => from[k] + (to[k] - from[k]) * s;
    return { frame, centre: [at(0), at(1), at(2)], radius };
  });
}

/** The arm, and what it holds, as balls. */
function ballsOf({ chain }: SixAxisArm, held: HeldBody | undefined): Ball[] {
  const balls: Ball[] = [];
  chain.joints.forEach(({ shapes }, frame) => {
    if (frame === CARRIAGE) return;
    for (const shape of shapes) {
      if (shape.kind === 'capsule') {
        balls.push(...alongAxis(frame, shape.from, shape.to, shape.radius));
      } else {
        const radius = Math.hypot(...shape.halfExtents);
        balls.push({ frame, centre: shape.pose.position, radius });
      }
    }
  });
  if (held !== undefined) {
    const { X_TV, radius, height } = held;
    const at = (z: number): Vec3 => composePose(X_TV, upright(z)).position;
    const ends = [at(Math.min(radius, height / 2)), at(Math.max(height - radius, height / 2))];
    balls.push(...alongAxis(chain.joints.length, ends[0] as Vec3, ends[1] as Vec3, radius));
  }
  return balls;
}

function upright(z: number): Pose {
  return { position: [0, 0, z], orientation: [0, 0, 0, 1] };
}

/** Distance [m] from a point in the obstacle's frame to its surface; 0 inside. */
function distanceTo({ shape }: Obstacle, [x, y, z]: Vec3): number {
  if (shape.type === 'box') {
    const [a, b, c] = shape.halfExtents;
    return Math.hypot(
      Math.max(0, Math.abs(x) - a),
      Math.max(0, Math.abs(y) - b),
      Math.max(0, Math.abs(z) - c),
    );
  }
  const outside = Math.max(0, Math.hypot(x, y) - shape.radius);
  return Math.hypot(outside, Math.max(0, Math.abs(z) - shape.halfHeight));
}

/**
 * Name of the first obstacle that a motion touches, or undefined. Motions are looked at every 20 ms;
 * bodies are balls that cover the links.
 *
 * @param X_WB pose of the chain's base in the world
 */
export function findCollision(
  arm: SixAxisArm,
  plan: MotionPlan,
  X_WB: Pose,
  obstacles: readonly Obstacle[],
  held?: HeldBody,
): string | undefined {
  const near = obstacles.map((obstacle) => ({
    obstacle,
    X_OB: composePose(invertPose(obstacle.pose), X_WB),
  }));
  const balls = ballsOf(arm, held);
  const looks = Math.max(1, Math.ceil(plan.duration / LOOK));
  for (let k = 0; k <= looks; k++) {
    const { links, tcp } = forward(arm.chain, sampleMotion(plan, (plan.duration * k) / looks));
    for (const { frame, centre, radius } of balls) {
      const p_B = composePose(links[frame] ?? tcp, {
        position: centre,
        orientation: [0, 0, 0, 1],
      }).position;
      for (const { obstacle, X_OB } of near) {
        const [x, y, z] = rotate(X_OB.orientation, p_B);
        const o = X_OB.position;
        const p_O: Vec3 = [x + o[0], y + o[1], z + o[2]];
        if (distanceTo(obstacle, p_O) < radius + CLEARANCE) return obstacle.id;
      }
    }
  }
  return undefined;
}
