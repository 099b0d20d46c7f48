import type { Pose } from '../../kernel/pose.ts';
import type { Joint, KinematicChain } from './chain.ts';
import { forward } from './forward.ts';
import { jacobian } from './jacobian.ts';
import { solveInPlace } from './linear-solve.ts';
import { rotationVector } from './pose-error.ts';

/** Convergence of {@link solveDamped}. */
export interface DampedOptions {
  /** Largest number of iterations. */
  readonly iterations?: number;
  /** Accepted norm of the pose error, [m] and [rad] alike. */
  readonly tolerance?: number;
}

/**
 * Numerical inverse kinematics of any chain by damped least squares (Levenberg-Marquardt):
 * dq = J^T (J J^T + lambda^2 I)^-1 e with lambda^2 proportional to the squared error, so that the
 * last steps are Newton steps. Positions are kept within the limits after every step.
 * Buss, "Introduction to inverse kinematics" (2004), section 6; damping by the error after Sugihara,
 * IEEE Trans. Robotics 27(5), 2011, doi 10.1109/TRO.2011.2148230.
 *
 * @returns joint positions, or undefined where no solution was found from `seed`
 */
export function solveDamped(
  chain: KinematicChain,
  X_BT: Pose,
  seed: ArrayLike<number>,
  { iterations = 200, tolerance = 1e-10 }: DampedOptions = {},
): Float64Array | undefined {
  const n = chain.joints.length;
  const q = Float64Array.from(seed);
  const j = new Float64Array(6 * n);
  const a = new Float64Array(36);
  const e = new Float64Array(6);
  for (let step = 0; step <= iterations; step++) {
    const { tcp } = forward(chain, q);
    const turn = rotationVector(tcp, X_BT);
    for (let i = 0; i < 3; i++) {
      e[i] = (X_BT.position[i] as number) - (tcp.position[i] as number);
      e[i + 3] = turn[i] as number;
    }
    const error = Math.hypot(...e);
    if (error < tolerance) return q;
    jacobian(chain, q, j);
    const damping = 1e-12 + 0.01 * error * error;
    for (let r = 0; r < 6; r++) {
      for (let c = 0; c < 6; c++) {
        let sum = r === c ? damping : 0;
        for (let k = 0; k < n; k++) sum += (j[r * n + k] as number) * (j[c * n + k] as number);
        a[r * 6 + c] = sum;
      }
    }
    if (!solveInPlace(a, e)) return undefined;
    for (let k = 0; k < n; k++) {
      let delta = 0;
      for (let r = 0; r < 6; r++) delta += (j[r * n + k] as number) * (e[r] as number);
      const { lower, upper } = (chain.joints[k] as Joint).limits;
      q[k] = Math.min(upper, Math.max(lower, (q[k] as number) + delta));
    }
  }
  return undefined;
}
