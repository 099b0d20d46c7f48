import { composePose, invertPose, type Pose, type Quat } from '../../kernel/pose.ts';
import type { Joint } from './chain.ts';
import { ARM_JOINTS, type SixAxisArm } from './six-axis-arm.ts';

const TURN = 2 * Math.PI;

/** Below this sine [-] of the bend angle, or this radius [m], an axis keeps the seed's angle. */
const SINGULAR = 1e-9;

/** Rotation matrix, row-major, of a unit quaternion. */
function matrixOf([x, y, z, w]: Quat): readonly number[] {
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
  ];
}

/** The angle equal to `angle` modulo a turn that is nearest to `seed` within the joint's limits. */
function wrapNear(angle: number, seed: number, { limits }: Joint): number | undefined {
  const nearest = angle + TURN * Math.round((seed - angle) / TURN);
  let best: number | undefined;
  for (const candidate of [nearest, nearest - TURN, nearest + TURN]) {
    if (candidate < limits.lower || candidate > limits.upper) continue;
    if (best === undefined || Math.abs(candidate - seed) < Math.abs(best - seed)) best = candidate;
  }
  return best;
}

/** Time-like distance between two configurations: squared ratios to the joints' speeds [s2]. */
export function jointDistance(
  { chain }: SixAxisArm,
  a: ArrayLike<number>,
  b: ArrayLike<number>,
): number {
  let sum = 0;
  for (let i = 0; i < ARM_JOINTS; i++) {
    const ratio =
      ((a[i] as number) - (b[i] as number)) / (chain.joints[i] as Joint).limits.velocity;
    sum += ratio * ratio;
  }
  return sum;
}

/**
 * Closed-form inverse kinematics of the arm standing at `track` [m]: every configuration within the
 * limits whose TCP has the pose `X_BT` in the track's base frame, the one nearest to `seed` first;
 * at most eight (shoulder front or back, elbow up or down, wrist plain or flipped), each angle taken
 * modulo a turn nearest to the seed.
 *
 * The wrist centre decouples position from orientation (Pieper 1968). Position: the arm's plane holds
 * it, then a triangle of upper arm and forearm. Orientation: R_36 = Rx(q4) Ry(q5) Rx(q6). q6 and q5
 * are read after undoing q4, so the result stays exact where the wrist is nearly straight.
 * Accuracy: forward(result) = X_BT within 1e-12 m and 1e-12 rad away from the ends of the reach.
 */
export function inverseAt(
  arm: SixAxisArm,
  X_BT: Pose,
  track: number,
  seed: ArrayLike<number>,
): Float64Array[] {
  const { lengths: l, chain } = arm;
  const { lower, upper } = (chain.joints[0] as Joint).limits;
  if (track < lower || track > upper) return [];
  const X_B6 = composePose(X_BT, invertPose(chain.tool));
  const x = X_B6.position[0] - track;
  const y = X_B6.position[1];
  const h = X_B6.position[2] - l.pedestal - l.shoulderHeight;
  const radius = Math.hypot(x, y);
  const r06 = matrixOf(X_B6.orientation);
  const found: Float64Array[] = [];
  for (const front of [1, -1]) {
    const facing = radius < SINGULAR ? (seed[1] as number) : Math.atan2(front * y, front * x);
    const r = front * radius - l.shoulderOffset;
    const cosine =
      (r * r + h * h - l.upperArm ** 2 - l.forearm ** 2) / (2 * l.upperArm * l.forearm);
    if (Math.abs(cosine) > 1) continue;
    const opening = Math.acos(cosine);
    for (const up of [1, -1]) {
      const q3 = -Math.PI / 2 + up * opening;
      const a = l.upperArm - l.forearm * Math.sin(q3);
      const b = l.forearm * Math.cos(q3);
      const q2 = Math.atan2(a * r - b * h, a * h + b * r);
      solveWrist(arm, r06, [track, facing, q2, q3], seed, found);
    }
  }
  return found
    .map((q) => ({ q, distance: jointDistance(arm, q, seed) }))
    .sort((a, b) => a.distance - b.distance)
    .map(({ q }) => q);
}

/** Adds both wrist solutions that lie within the limits to `found`. */
function solveWrist(
  { chain }: SixAxisArm,
  r06: readonly number[],
  [track, q1, q2, q3]: readonly [number, number, number, number],
  seed: ArrayLike<number>,
  found: Float64Array[],
): void {
  const [c1, s1] = [Math.cos(q1), Math.sin(q1)];
  const [cp, sp] = [Math.cos(q2 + q3), Math.sin(q2 + q3)];
  const m = (i: number): number => r06[i] as number;
  const alongX = (j: number): number => c1 * cp * m(j) + s1 * cp * m(3 + j) - sp * m(6 + j);
  const alongY = (j: number): number => -s1 * m(j) + c1 * m(3 + j);
  const alongZ = (j: number): number => c1 * sp * m(j) + s1 * sp * m(3 + j) + cp * m(6 + j);
  const sine = Math.hypot(alongY(0), alongZ(0));
  for (const plain of [1, -1]) {
    const q4 =
      sine < SINGULAR ? (seed[4] as number) : Math.atan2(plain * alongY(0), -plain * alongZ(0));
    const [c4, s4] = [Math.cos(q4), Math.sin(q4)];
    const q5 = Math.atan2(s4 * alongY(0) - c4 * alongZ(0), alongX(0));
    const q6 = Math.atan2(-(c4 * alongY(2) + s4 * alongZ(2)), c4 * alongY(1) + s4 * alongZ(1));
    const q = new Float64Array(ARM_JOINTS);
    q[0] = track;
    const angles = [q1, q2, q3, q4, q5, q6];
    const fits = angles.every((angle, i) => {
      const wrapped = wrapNear(angle, seed[i + 1] as number, chain.joints[i + 1] as Joint);
      if (wrapped !== undefined) q[i + 1] = wrapped;
      return wrapped !== undefined;
    });
    if (fits) found.push(q);
    if (sine < SINGULAR) return;
  }
}
