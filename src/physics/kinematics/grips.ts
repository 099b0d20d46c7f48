import { composePose, multiplyQuat, type Pose, type Quat, quatFromYaw } from '../../kernel/pose.ts';

/** Turns the TCP's +Z straight down, +Y unchanged. */
const POINTING_DOWN: Quat = [0, 1, 0, 0];

/** Turns the TCP's +Z onto +X, +Y unchanged: level fingers that close sideways. */
const POINTING_AHEAD: Quat = [0, Math.SQRT1_2, 0, Math.SQRT1_2];

/** Gripper angles [rad] offered about a round neck, the plainest first. */
const YAWS = [0, 0.5, -0.5, 0.25, -0.25, 0.75, -0.75, 1].map((part) => part * Math.PI);

/**
 * TCP poses that grip a round vessel from above by its neck, fingers astride it at `height` [m] above
 * the vessel's origin, one per gripper angle. The common way: it needs the least room around the
 * vessel, and with the tool pointing down the motions of the arm keep the vessel upright.
 *
 * @param X_WV pose of the vessel, origin at the centre of its bottom, Z up
 */
export function neckGrips(X_WV: Pose, height: number): Pose[] {
  return YAWS.map((yaw) =>
    composePose(X_WV, {
      position: [0, 0, height],
      orientation: multiplyQuat(quatFromYaw(yaw), POINTING_DOWN),
    }),
  );
}

/**
 * TCP poses that grip a round vessel from the side at `height` [m] above its origin, the gripper
 * level and coming along `heading` [rad] about the vessel's Z, or up to 30 degrees off it.
 */
export function sideGrips(X_WV: Pose, height: number, heading: number): Pose[] {
  return [0, 1, -1].map((part) =>
    composePose(X_WV, {
      position: [0, 0, height],
      orientation: multiplyQuat(quatFromYaw(heading + (part * Math.PI) / 6), POINTING_AHEAD),
    }),
  );
}

/**
 * TCP poses that grip a bag from above by the bar of its hanger, `height` [m] above the bag's origin;
 * the bar runs along the bag's X, so the fingers close across it in either of two ways.
 */
export function hangerGrips(X_WV: Pose, height: number): Pose[] {
  return [0, Math.PI].map((yaw) =>
    composePose(X_WV, {
      position: [0, 0, height],
      orientation: multiplyQuat(quatFromYaw(yaw), POINTING_DOWN),
    }),
  );
}
