import type { Joint, KinematicChain } from './chain.ts';
import { createPoseBuffer, forwardInto, POSE_STRIDE } from './forward.ts';

/**
 * Geometric Jacobian of the TCP in the frame of the base, 6 x n, row-major: rows 0 to 2 the linear
 * velocity of the TCP [m/s], rows 3 to 5 its angular velocity [rad/s], per unit of joint velocity.
 * Column of a revolute joint: (a x (p_T - p_J), a); of a prismatic joint: (a, 0).
 * Siciliano et al., "Robotics: Modelling, Planning and Control" (2009), section 3.1.3.
 */
export function jacobian(
  chain: KinematicChain,
  q: ArrayLike<number>,
  out = new Float64Array(6 * chain.joints.length),
  poses = createPoseBuffer(chain),
): Float64Array {
  forwardInto(chain, q, poses);
  const n = chain.joints.length;
  const tcp = n * POSE_STRIDE;
  const get = (i: number): number => poses[i] as number;
  for (let i = 0; i < n; i++) {
    const at = i * POSE_STRIDE;
    const { axis, type } = chain.joints[i] as Joint;
    const [x, y, z, w] = [get(at + 3), get(at + 4), get(at + 5), get(at + 6)];
    const tx = 2 * (y * axis[2] - z * axis[1]);
    const ty = 2 * (z * axis[0] - x * axis[2]);
    const tz = 2 * (x * axis[1] - y * axis[0]);
    const ax = axis[0] + w * tx + y * tz - z * ty;
    const ay = axis[1] + w * ty + z * tx - x * tz;
    const az = axis[2] + w * tz + x * ty - y * tx;
    const turns = type === 'revolute' ? 1 : 0;
    const dx = get(tcp) - get(at);
    const dy = get(tcp + 1) - get(at + 1);
    const dz = get(tcp + 2) - get(at + 2);
    out[i] = turns ? ay * dz - az * dy : ax;
    out[n + i] = turns ? az * dx - ax * dz : ay;
    out[2 * n + i] = turns ? ax * dy - ay * dx : az;
    out[3 * n + i] = turns * ax;
    out[4 * n + i] = turns * ay;
    out[5 * n + i] = turns * az;
  }
  return out;
}
