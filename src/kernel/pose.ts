/** Position [m] in a right-handed frame with Z up. */
export type Vec3 = readonly [x: number, y: number, z: number];

/** Unit quaternion (x, y, z, w). */
export type Quat = readonly [x: number, y: number, z: number, w: number];

/** Pose of a frame in its parent: `p_parent = position + rotate(orientation, p_child)`. */
export interface Pose {
  readonly position: Vec3;
  readonly orientation: Quat;
}

export const IDENTITY_POSE: Pose = {
  position: [0, 0, 0],
  orientation: [0, 0, 0, 1],
};

/** Rotation by `angle` [rad] about +Z. */
export function quatFromYaw(angle: number): Quat {
  return [0, 0, Math.sin(angle / 2), Math.cos(angle / 2)];
}

/** Hamilton product: the rotation `b` followed by `a`. */
export function multiplyQuat(a: Quat, b: Quat): Quat {
  return [
    a[3] * b[0] + a[0] * b[3] + a[1] * b[2] - a[2] * b[1],
    a[3] * b[1] - a[0] * b[2] + a[1] * b[3] + a[2] * b[0],
    a[3] * b[2] + a[0] * b[1] - a[1] * b[0] + a[2] * b[3],
    a[3] * b[3] - a[0] * b[0] - a[1] * b[1] - a[2] * b[2],
  ];
}

/** `v` rotated by the unit quaternion `q`. */
export function rotate(q: Quat, v: Vec3): Vec3 {
  const [x, y, z, w] = q;
  const tx = 2 * (y * v[2] - z * v[1]);
  const ty = 2 * (z * v[0] - x * v[2]);
  const tz = 2 * (x * v[1] - y * v[0]);
  return [
    v[0] + w * tx + y * tz - z * ty,
    v[1] + w * ty + z * tx - x * tz,
    v[2] + w * tz + x * ty - y * tx,
  ];
}

/** X_AC from X_AB and X_BC. */
export function composePose(X_AB: Pose, X_BC: Pose): Pose {
  const p = rotate(X_AB.orientation, X_BC.position);
  const o = X_AB.position;
  return {
    position: [o[0] + p[0], o[1] + p[1], o[2] + p[2]],
    orientation: multiplyQuat(X_AB.orientation, X_BC.orientation),
  };
}

/** X_BA from X_AB. */
export function invertPose(X_AB: Pose): Pose {
  const [x, y, z, w] = X_AB.orientation;
  const inverse: Quat = [-x, -y, -z, w];
  const p = rotate(inverse, X_AB.position);
  return { position: [-p[0], -p[1], -p[2]], orientation: inverse };
}
