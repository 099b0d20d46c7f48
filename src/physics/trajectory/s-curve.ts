/** Bounds of a scalar motion; SI of the coordinate per s, s2 and s3. All positive. */
export interface MotionLimits {
  readonly velocity: number;
  readonly acceleration: number;
  readonly jerk: number;
}

/**
 * Rest-to-rest motion over `distance` with constant jerk in each of seven segments: jerk up, constant
 * acceleration, jerk down, cruise, and the mirror image of the first three. Plain data.
 */
export interface SCurve {
  readonly distance: number;
  readonly jerk: number;
  /** Duration of each of the four segments of non-zero jerk [s]. */
  readonly jerkTime: number;
  /** Duration of constant acceleration, and of constant deceleration [s]. */
  readonly accelerationTime: number;
  /** Duration of cruising [s]. */
  readonly cruiseTime: number;
  /** Duration of the whole motion [s]. */
  readonly duration: number;
}

function createSCurve(
  distance: number,
  jerk: number,
  jerkTime: number,
  accelerationTime: number,
  cruiseTime: number,
): SCurve {
  const duration = 4 * jerkTime + 2 * accelerationTime + cruiseTime;
  return { distance, jerk, jerkTime, accelerationTime, cruiseTime, duration };
}

/**
 * The time-optimal rest-to-rest motion over `distance` >= 0 within `limits`.
 * Biagiotti and Melchiorri, "Trajectory Planning for Automatic Machines and Robots" (2008),
 * section 3.4, with zero initial and final velocity.
 */
export function planSCurve(
  distance: number,
  { velocity: v, acceleration: a, jerk: j }: MotionLimits,
): SCurve {
  if (distance <= 0) return createSCurve(0, j, 0, 0, 0);
  const reachesAcceleration = v * j >= a * a;
  const jerkTime = reachesAcceleration ? a / j : Math.sqrt(v / j);
  const accelerationTime = reachesAcceleration ? v / a - jerkTime : 0;
  const rampDistance = v * (2 * jerkTime + accelerationTime);
  if (rampDistance <= distance) {
    return createSCurve(distance, j, jerkTime, accelerationTime, (distance - rampDistance) / v);
  }
  // No cruise: either the acceleration limit still binds, or only the jerk limit does.
  if (distance >= (2 * a ** 3) / j ** 2) {
    const peak = (a / 2) * (Math.sqrt((a / j) ** 2 + (4 * distance) / a) - a / j);
    return createSCurve(distance, j, a / j, Math.max(0, peak / a - a / j), 0);
  }
  return createSCurve(distance, j, Math.cbrt(distance / (2 * j)), 0, 0);
}

/** The same motion, `factor` times as long: velocity falls by it, acceleration by its square. */
export function stretchSCurve(curve: SCurve, factor: number): SCurve {
  return createSCurve(
    curve.distance,
    curve.jerk / factor ** 3,
    curve.jerkTime * factor,
    curve.accelerationTime * factor,
    curve.cruiseTime * factor,
  );
}

/** Position, velocity, acceleration and jerk at one time. */
export interface MotionState {
  readonly position: number;
  readonly velocity: number;
  readonly acceleration: number;
  readonly jerk: number;
}

/** State `t` [s] after the start for t up to half the duration. */
function firstHalf(
  { jerk: j, jerkTime, accelerationTime, cruiseTime }: SCurve,
  t: number,
): MotionState {
  const a = j * jerkTime;
  if (t < jerkTime) {
    return { position: (j * t ** 3) / 6, velocity: (j * t * t) / 2, acceleration: j * t, jerk: j };
  }
  if (t < jerkTime + accelerationTime) {
    const since = t - jerkTime;
    const v = (j * jerkTime ** 2) / 2;
    return {
      position: (j * jerkTime ** 3) / 6 + v * since + (a * since * since) / 2,
      velocity: v + a * since,
      acceleration: a,
      jerk: 0,
    };
  }
  const ramp = 2 * jerkTime + accelerationTime;
  const peak = a * (jerkTime + accelerationTime);
  const rest = ramp - t;
  if (rest > 0) {
    return {
      position: (peak * ramp) / 2 - peak * rest + (j * rest ** 3) / 6,
      velocity: peak - (j * rest * rest) / 2,
      acceleration: j * rest,
      jerk: -j,
    };
  }
  const cruised = Math.min(-rest, cruiseTime);
  return { position: peak * (ramp / 2 + cruised), velocity: peak, acceleration: 0, jerk: 0 };
}

/**
 * State at `t` [s], clamped to the motion. The second half mirrors the first, so that the motion ends
 * at `distance` exactly.
 */
export function sampleSCurve(curve: SCurve, t: number): MotionState {
  if (t <= 0) return { position: 0, velocity: 0, acceleration: 0, jerk: 0 };
  if (t >= curve.duration) {
    return { position: curve.distance, velocity: 0, acceleration: 0, jerk: 0 };
  }
  if (t <= curve.duration / 2) return firstHalf(curve, t);
  const mirror = firstHalf(curve, curve.duration - t);
  return {
    position: curve.distance - mirror.position,
    velocity: mirror.velocity,
    acceleration: -mirror.acceleration,
    jerk: mirror.jerk,
  };
}
