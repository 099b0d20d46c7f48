/**
 * A generic six-axis arm with a spherical wrist on a linear track, of no particular make: reach of
 * the wrist 1.38 m from the first axis, payload 10 kg. Every number is assumed, in the range of
 * clean-room arms of that payload.
 *
 * At position zero the arm stands at the lower end of its track, upper arm upright, forearm and tool
 * level along +X. The track runs along X of the base frame, which lies on the floor.
 */

const DEGREE = Math.PI / 180;

/** Lengths of the arm [m], all assumed. */
export const ARM_LENGTHS = {
  /** Floor to the mounting face of the arm: track, carriage and column. */
  pedestal: 0.95,
  /** Mounting face to the shoulder's lift axis, along Z. */
  shoulderHeight: 0.4,
  /** First axis to the shoulder's lift axis, along X. */
  shoulderOffset: 0.12,
  /** Shoulder's lift axis to elbow axis. */
  upperArm: 0.64,
  /** Elbow axis to the joint that rolls the forearm. */
  elbowHousing: 0.24,
  /** Elbow axis to wrist centre. */
  forearm: 0.62,
  /** Wrist centre to flange. */
  flange: 0.1,
  /** Flange to the point between the fingertips. */
  gripper: 0.19,
} as const;

/**
 * Position limits [m, rad], velocity, acceleration and jerk per joint, from the track to the wrist;
 * assumed. All axes of the arm reach full speed in the same time, so that a straight line in joint
 * space is also the fastest motion.
 */
export const ARM_LIMITS = {
  track: { velocity: 1.2, acceleration: 2.4, jerk: 12 },
  turn: { lower: -185, upper: 185, velocity: 150 },
  lift: { lower: -100, upper: 130, velocity: 130 },
  elbow: { lower: -235, upper: 60, velocity: 160 },
  roll: { lower: -200, upper: 200, velocity: 220 },
  bend: { lower: -130, upper: 130, velocity: 220 },
  spin: { lower: -360, upper: 360, velocity: 300 },
  /** Acceleration over velocity [1/s]. */
  accelerationPerVelocity: 3,
  /** Jerk over velocity [1/s2]. */
  jerkPerVelocity: 24,
  /** [rad] per degree of the table above. */
  unit: DEGREE,
} as const;

/**
 * Tucked positions of lift, elbow, roll and bend [rad] in which the arm may turn and travel: the
 * wrist 0.41 m from the first axis and 2.01 m above the floor. The tool points down, or level and
 * outward. Assumed.
 */
export const TUCKED = [
  [-30 * DEGREE, 20 * DEGREE, 0, 100 * DEGREE],
  [-30 * DEGREE, 20 * DEGREE, 0, 10 * DEGREE],
] as const;

/** Radii of the links' collision capsules and half sizes of their boxes [m], assumed. */
export const ARM_SHAPES = {
  carriage: [0.2, 0.17, 0.43],
  shoulder: 0.13,
  upperArm: 0.085,
  elbow: 0.08,
  forearm: 0.065,
  wrist: 0.06,
  gripperBody: [0.055, 0.06, 0.045],
  fingers: [0.045, 0.05, 0.012],
} as const;
