import { evaluateSpline } from './cubic-spline.ts';
import { type MotionState, type SCurve, sampleSCurve } from './s-curve.ts';
import { type StopCurve, sampleStop } from './stop-curve.ts';

/** Straight line in joint space: all joints start, move in proportion and arrive together. */
export interface JointPath {
  readonly kind: 'joint';
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** Straight line of the TCP: cubic spline through joint positions at equal steps of the line. */
export interface LinearPath {
  readonly kind: 'linear';
  /** Joint positions at each knot [m, rad]. */
  readonly knots: readonly (readonly number[])[];
  /** Second derivatives over the knot index at each knot. */
  readonly curvatures: readonly (readonly number[])[];
}

/**
 * Motion of all joints from rest to rest: a path over s in [0, 1] and the jerk-limited motion along
 * it. Plain data, exact at any time.
 */
export interface Trajectory {
  /** [s] */
  readonly duration: number;
  readonly path: JointPath | LinearPath;
  /** Motion of s over a distance of one, or from where it was to rest. */
  readonly profile: SCurve | StopCurve;
}

/** Motion of s at `t` [s]. */
export function sampleProfile(profile: Trajectory['profile'], t: number): MotionState {
  return 'segments' in profile ? sampleStop(profile, t) : sampleSCurve(profile, t);
}

/** Derivative of `order` of the joint positions over s at `s` in [0, 1], written to `out`. */
export function evaluatePath(
  path: Trajectory['path'],
  s: number,
  order: 0 | 1 | 2 | 3,
  out: Float64Array,
): Float64Array {
  if (path.kind === 'joint') {
    for (let i = 0; i < out.length; i++) {
      const from = path.from[i] as number;
      const to = path.to[i] as number;
      if (order === 0) out[i] = s >= 1 ? to : from + (to - from) * s;
      else out[i] = order === 1 ? to - from : 0;
    }
    return out;
  }
  const spans = path.knots.length - 1;
  const span = Math.min(spans - 1, Math.floor(s * spans));
  const u = s >= 1 ? 1 : s * spans - span;
  const [a, b] = [path.knots[span], path.knots[span + 1]];
  const [ca, cb] = [path.curvatures[span], path.curvatures[span + 1]];
  const scale = spans ** order;
  for (let i = 0; i < out.length; i++) {
    out[i] =
      scale *
      evaluateSpline(
        a?.[i] as number,
        b?.[i] as number,
        ca?.[i] as number,
        cb?.[i] as number,
        u,
        order,
      );
  }
  return out;
}

/** Number of joints that a trajectory moves. */
export function jointCount({ path }: Trajectory): number {
  return path.kind === 'joint' ? path.from.length : (path.knots[0]?.length ?? 0);
}

/** Joint positions [m, rad] `t` [s] after the start, clamped to the motion. */
export function sample(
  trajectory: Trajectory,
  t: number,
  out: Float64Array = new Float64Array(jointCount(trajectory)),
): Float64Array {
  return evaluatePath(trajectory.path, sampleProfile(trajectory.profile, t).position, 0, out);
}

/** Joint velocities [m/s, rad/s] `t` [s] after the start; zero outside the motion. */
export function sampleVelocity(
  trajectory: Trajectory,
  t: number,
  out: Float64Array = new Float64Array(jointCount(trajectory)),
): Float64Array {
  const { position, velocity } = sampleProfile(trajectory.profile, t);
  evaluatePath(trajectory.path, position, 1, out);
  for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) * velocity;
  return out;
}
