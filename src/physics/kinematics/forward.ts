import type { Pose } from '../../kernel/pose.ts';
import type { Joint, KinematicChain } from './chain.ts';

/** Numbers per pose in a flat array: position x, y, z [m], then quaternion x, y, z, w. */
export const POSE_STRIDE = 7;

/** Writes X_AB * X_BC to `out` at `at`; X_AB is read from `a` at `aAt`. `a` and `out` may be one. */
function composeInto(
  out: Float64Array,
  at: number,
  a: Float64Array,
  aAt: number,
  px: number,
  py: number,
  pz: number,
  qx: number,
  qy: number,
  qz: number,
  qw: number,
): void {
  const x = a[aAt + 3] as number;
  const y = a[aAt + 4] as number;
  const z = a[aAt + 5] as number;
  const w = a[aAt + 6] as number;
  const tx = 2 * (y * pz - z * py);
  const ty = 2 * (z * px - x * pz);
  const tz = 2 * (x * py - y * px);
  out[at] = (a[aAt] as number) + px + w * tx + y * tz - z * ty;
  out[at + 1] = (a[aAt + 1] as number) + py + w * ty + z * tx - x * tz;
  out[at + 2] = (a[aAt + 2] as number) + pz + w * tz + x * ty - y * tx;
  out[at + 3] = w * qx + x * qw + y * qz - z * qy;
  out[at + 4] = w * qy - x * qz + y * qw + z * qx;
  out[at + 5] = w * qz + x * qy - y * qx + z * qw;
  out[at + 6] = w * qw - x * qx - y * qy - z * qz;
}

/** Appends a fixed pose to the pose at `aAt` of `a`, writing at `at` of `out`. */
export function composeFlat(
  out: Float64Array,
  at: number,
  a: Float64Array,
  aAt: number,
  { position: p, orientation: o }: Pose,
): void {
  composeInto(out, at, a, aAt, p[0], p[1], p[2], o[0], o[1], o[2], o[3]);
}

function moveJoint(out: Float64Array, at: number, { type, axis }: Joint, position: number): void {
  if (type === 'prismatic') {
    const [x, y, z] = axis;
    composeInto(out, at, out, at, position * x, position * y, position * z, 0, 0, 0, 1);
    return;
  }
  const s = Math.sin(position / 2);
  const c = Math.cos(position / 2);
  composeInto(out, at, out, at, 0, 0, 0, axis[0] * s, axis[1] * s, axis[2] * s, c);
}

const AT_ORIGIN = Float64Array.of(0, 0, 0, 0, 0, 0, 1);

/**
 * Forward kinematics without allocation: poses of every link and, last, of the TCP, each
 * {@link POSE_STRIDE} numbers, in the frame in which `base` gives the pose of the chain's base.
 *
 * @param out of length `POSE_STRIDE * (joints + 1)`
 * @param base by default the frame of the base itself
 */
export function forwardInto(
  chain: KinematicChain,
  q: ArrayLike<number>,
  out: Float64Array,
  base: Float64Array = AT_ORIGIN,
): Float64Array {
  const { joints } = chain;
  let parent = base;
  let parentAt = 0;
  for (let i = 0; i < joints.length; i++) {
    const joint = joints[i] as Joint;
    const at = i * POSE_STRIDE;
    composeFlat(out, at, parent, parentAt, joint.origin);
    moveJoint(out, at, joint, q[i] as number);
    parent = out;
    parentAt = at;
  }
  composeFlat(out, joints.length * POSE_STRIDE, parent, parentAt, chain.tool);
  return out;
}

/** The pose at `at` of a flat array. */
export function poseAt(flat: Float64Array, at: number): Pose {
  const n = (i: number): number => flat[at + i] as number;
  return { position: [n(0), n(1), n(2)], orientation: [n(3), n(4), n(5), n(6)] };
}

/** Room for {@link forwardInto}. */
export function createPoseBuffer(chain: KinematicChain): Float64Array {
  return new Float64Array((chain.joints.length + 1) * POSE_STRIDE);
}

/** Poses of all links and of the TCP in the frame of the chain's base. */
export interface ForwardPoses {
  readonly links: readonly Pose[];
  readonly tcp: Pose;
}

/** Forward kinematics: X_BL of each link and X_BT of the TCP for joint positions `q` [m, rad]. */
export function forward(chain: KinematicChain, q: ArrayLike<number>): ForwardPoses {
  const flat = forwardInto(chain, q, createPoseBuffer(chain));
  return {
    links: chain.joints.map((_, i) => poseAt(flat, i * POSE_STRIDE)),
    tcp: poseAt(flat, chain.joints.length * POSE_STRIDE),
  };
}
