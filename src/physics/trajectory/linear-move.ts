import { multiplyQuat, type Pose, type Quat } from '../../kernel/pose.ts';
import { inverseAt } from '../kinematics/arm-inverse.ts';
import type { Joint, KinematicChain } from '../kinematics/chain.ts';
import { forward } from '../kinematics/forward.ts';
import { angleBetween, distanceBetween, rotationVector } from '../kinematics/pose-error.ts';
import type { SixAxisArm } from '../kinematics/six-axis-arm.ts';
import { splineCurvatures } from './cubic-spline.ts';
import { planSCurve, sampleSCurve, stretchSCurve } from './s-curve.ts';
import { evaluatePath, type LinearPath, type Trajectory } from './trajectory.ts';

/** Largest distance of neighbouring knots [m] and [rad]. The spline stays within 0.1 mm of the line. */
const KNOT_STEP = 0.01;

/** Largest step of a joint [rad] between knots; a larger one means a singularity or another branch. */
const LARGEST_JOINT_STEP = 0.2;

/** Limits of the TCP on straight lines: 0.25 m/s, 1 m/s2, 10 m/s3; assumed, usual near fixtures. */
const TCP_LIMITS = { velocity: 0.25, acceleration: 1, jerk: 10 } as const;

/** Extra time [-] that covers extremes between the samples of {@link planLinearMove}. */
const SAMPLING_MARGIN = 1.01;

/** The pose a fraction `s` of the way along the straight line from `a`, turning at a constant rate. */
function interpolate(a: Pose, b: Pose, s: number): Pose {
  const v = rotationVector(a, b);
  const angle = Math.hypot(v[0], v[1], v[2]);
  const k = angle === 0 ? 0 : Math.sin((s * angle) / 2) / angle;
  const turn: Quat = [v[0] * k, v[1] * k, v[2] * k, Math.cos((s * angle) / 2)];
  const p = (i: 0 | 1 | 2): number => a.position[i] + (b.position[i] - a.position[i]) * s;
  return { position: [p(0), p(1), p(2)], orientation: multiplyQuat(turn, a.orientation) };
}

/**
 * Joint positions along the straight TCP line from where `from` puts the TCP to `X_BT`, the track at
 * rest and the arm on one branch of its inverse; undefined where the line leaves the reach or limits.
 */
export function solveStraightLine(
  arm: SixAxisArm,
  from: ArrayLike<number>,
  X_BT: Pose,
): number[][] | undefined {
  const start = forward(arm.chain, from).tcp;
  const length = distanceBetween(start, X_BT);
  const spans = Math.max(3, Math.ceil(Math.max(length, angleBetween(start, X_BT)) / KNOT_STEP));
  const knots = [Array.from(from)];
  for (let i = 1; i <= spans; i++) {
    const previous = knots[i - 1] as number[];
    const pose = i === spans ? X_BT : interpolate(start, X_BT, i / spans);
    const [q] = inverseAt(arm, pose, from[0] as number, previous);
    if (
      !q ||
      q.some((value, k) => Math.abs(value - (previous[k] as number)) > LARGEST_JOINT_STEP)
    ) {
      return undefined;
    }
    knots.push(Array.from(q));
  }
  return knots;
}

/** How many times longer the motion must take for joint `ratio`s of order 1 to 3 to reach one. */
function requiredStretch(
  chain: KinematicChain,
  path: LinearPath,
  profile: ReturnType<typeof planSCurve>,
): number {
  const joints = chain.joints;
  const d1 = new Float64Array(joints.length);
  const d2 = new Float64Array(joints.length);
  const d3 = new Float64Array(joints.length);
  const samples = 6 * path.knots.length;
  let stretch = 1;
  for (let k = 0; k <= samples; k++) {
    const state = sampleSCurve(profile, (profile.duration * k) / samples);
    evaluatePath(path, state.position, 1, d1);
    evaluatePath(path, state.position, 2, d2);
    evaluatePath(path, state.position, 3, d3);
    const { velocity: v, acceleration: a, jerk: j } = state;
    for (let i = 0; i < joints.length; i++) {
      const { limits } = joints[i] as Joint;
      const [p1, p2, p3] = [d1[i] as number, d2[i] as number, d3[i] as number];
      const acceleration = p2 * v * v + p1 * a;
      const jerk = p3 * v ** 3 + 3 * p2 * v * a + p1 * j;
      stretch = Math.max(
        stretch,
        Math.abs(p1 * v) / limits.velocity,
        Math.sqrt(Math.abs(acceleration) / limits.acceleration),
        Math.cbrt(Math.abs(jerk) / limits.jerk),
      );
    }
  }
  return stretch;
}

/**
 * Jerk-limited motion along a straight TCP line given by its knots from {@link solveStraightLine}.
 * The TCP keeps to its own limits; where a joint would exceed one of its limits (q' = q_s s',
 * q'' = q_ss s'^2 + q_s s'', and the third derivative alike) the whole motion takes longer.
 *
 * @param length of the line [m], or its turn [rad] where it does not move
 */
export function planLinearMove(
  chain: KinematicChain,
  knots: readonly (readonly number[])[],
  length: number,
): Trajectory {
  const columns = chain.joints.map((_, i) => splineCurvatures(knots.map((q) => q[i] as number)));
  const path: LinearPath = {
    kind: 'linear',
    knots,
    curvatures: knots.map((_, k) => columns.map((column) => column[k] as number)),
  };
  const scale = Math.max(length, KNOT_STEP);
  const free = planSCurve(1, {
    velocity: TCP_LIMITS.velocity / scale,
    acceleration: TCP_LIMITS.acceleration / scale,
    jerk: TCP_LIMITS.jerk / scale,
  });
  const stretch = requiredStretch(chain, path, free);
  const profile = stretch > 1 ? stretchSCurve(free, stretch * SAMPLING_MARGIN) : free;
  return { duration: profile.duration, path, profile };
}
