import type { Pose, Quat, Vec3 } from '../../kernel/pose.ts';
import type { Joint, JointLimits, KinematicChain, LinkShape } from './chain.ts';
import { ARM_LENGTHS, ARM_LIMITS, ARM_SHAPES } from './six-axis-arm.data.ts';

/** The arm on its track: the chain, and the lengths that the closed-form inverse needs. */
export interface SixAxisArm {
  readonly chain: KinematicChain;
  readonly lengths: Readonly<Record<keyof typeof ARM_LENGTHS, number>>;
}

/** Number of joints: track, then turn, lift, elbow, roll, bend, spin. */
export const ARM_JOINTS = 7;

/** X_6T turns the tool's +Z, the approach direction, onto the last axis (+X of the last link). */
const TOOL_ORIENTATION: Quat = [0, Math.SQRT1_2, 0, Math.SQRT1_2];

function at(x: number, y: number, z: number): Pose {
  return { position: [x, y, z], orientation: [0, 0, 0, 1] };
}

function capsule(from: Vec3, to: Vec3, radius: number): LinkShape {
  return { kind: 'capsule', from, to, radius };
}

function box(centre: Vec3, halfExtents: Vec3): LinkShape {
  return { kind: 'box', pose: at(...centre), halfExtents };
}

function revoluteLimits(name: 'turn' | 'lift' | 'elbow' | 'roll' | 'bend' | 'spin'): JointLimits {
  const { lower, upper, velocity } = ARM_LIMITS[name];
  const { unit, accelerationPerVelocity, jerkPerVelocity } = ARM_LIMITS;
  return {
    lower: lower * unit,
    upper: upper * unit,
    velocity: velocity * unit,
    acceleration: velocity * unit * accelerationPerVelocity,
    jerk: velocity * unit * jerkPerVelocity,
  };
}

function revolute(
  name: Parameters<typeof revoluteLimits>[0],
  link: string,
  origin: Pose,
  axis: Vec3,
  shapes: readonly LinkShape[],
): Joint {
  return { name, type: 'revolute', origin, axis, limits: revoluteLimits(name), link, shapes };
}

/**
 * The generic arm on a track of `trackLength` [m]. Joint positions q: track [m] in [0, trackLength],
 * then six angles [rad]. The TCP lies between the fingertips: +Z out of the gripper (the approach
 * direction), +Y the direction in which the fingers close.
 */
export function createSixAxisArm(trackLength: number): SixAxisArm {
  const l = ARM_LENGTHS;
  const s = ARM_SHAPES;
  const y: Vec3 = [0, 1, 0];
  const x: Vec3 = [1, 0, 0];
  const track: Joint = {
    name: 'track',
    type: 'prismatic',
    origin: at(0, 0, 0),
    axis: x,
    limits: { lower: 0, upper: trackLength, ...ARM_LIMITS.track },
    link: 'carriage',
    shapes: [box([0, 0, l.pedestal - s.carriage[2] - 0.02], s.carriage)],
  };
  const shoulderEnd: Vec3 = [l.shoulderOffset, 0, l.shoulderHeight];
  const joints: Joint[] = [
    track,
    revolute(
      'turn',
      'shoulder',
      at(0, 0, l.pedestal),
      [0, 0, 1],
      [capsule([0, 0, s.shoulder], shoulderEnd, s.shoulder)],
    ),
    revolute('lift', 'upper-arm', at(...shoulderEnd), y, [
      capsule([0, 0, 0], [0, 0, l.upperArm], s.upperArm),
    ]),
    revolute('elbow', 'elbow', at(0, 0, l.upperArm), y, [
      capsule([0, 0, 0], [l.elbowHousing, 0, 0], s.elbow),
    ]),
    revolute('roll', 'forearm', at(l.elbowHousing, 0, 0), x, [
      capsule([0, 0, 0], [l.forearm - l.elbowHousing, 0, 0], s.forearm),
    ]),
    revolute('bend', 'wrist', at(l.forearm - l.elbowHousing, 0, 0), y, [
      capsule([0, 0, 0], [l.flange - s.wrist, 0, 0], s.wrist),
    ]),
    revolute('spin', 'gripper', at(0, 0, 0), x, [
      box([l.flange + s.gripperBody[0], 0, 0], s.gripperBody),
      box([l.flange + l.gripper + 0.01 - s.fingers[0], 0, 0], s.fingers),
    ]),
  ];
  return {
    lengths: l,
    chain: {
      joints,
      tool: { position: [l.flange + l.gripper, 0, 0], orientation: TOOL_ORIENTATION },
      selfPairs: [
        ['carriage', 'forearm'],
        ['carriage', 'wrist'],
        ['carriage', 'gripper'],
        ['shoulder', 'forearm'],
        ['shoulder', 'wrist'],
        ['shoulder', 'gripper'],
        ['upper-arm', 'wrist'],
        ['upper-arm', 'gripper'],
      ],
    },
  };
}
