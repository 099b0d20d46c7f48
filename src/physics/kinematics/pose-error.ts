import { multiplyQuat, type Pose, type Vec3 } from '../../kernel/pose.ts';

/** Rotation vector [rad], in the parent frame, that turns `from` into `to` by the shorter way. */
export function rotationVector(from: Pose, to: Pose): Vec3 {
  const [x, y, z, w] = from.orientation;
  const d = multiplyQuat(to.orientation, [-x, -y, -z, w]);
  const sign = d[3] < 0 ? -1 : 1;
  const sine = Math.hypot(d[0], d[1], d[2]);
  if (sine === 0) return [0, 0, 0];
  const scale = (sign * 2 * Math.atan2(sine, Math.abs(d[3]))) / sine;
  return [d[0] * scale, d[1] * scale, d[2] * scale];
}

/** Distance [m] between the origins of two poses. */
export function distanceBetween(a: Pose, b: Pose): number {
  return Math.hypot(
    a.position[0] - b.position[0],
    a.position[1] - b.position[1],
    a.position[2] - b.position[2],
  );
}

/** Angle [rad] between the orientations of two poses, 0 to pi. */
export function angleBetween(a: Pose, b: Pose): number {
  const v = rotationVector(a, b);
  return Math.hypot(v[0], v[1], v[2]);
}
