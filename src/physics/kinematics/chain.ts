import type { Pose, Vec3 } from '../../kernel/pose.ts';

/** Limits of one joint; symmetric but for position. SI per joint type: [m] prismatic, [rad] revolute. */
export interface JointLimits {
  /** [m] or [rad] */
  readonly lower: number;
  /** [m] or [rad] */
  readonly upper: number;
  /** [m/s] or [rad/s] */
  readonly velocity: number;
  /** [m/s2] or [rad/s2] */
  readonly acceleration: number;
  /** [m/s3] or [rad/s3] */
  readonly jerk: number;
}

/** Collision shape fixed to a link, in the link's frame. Lengths in [m]. */
export type LinkShape =
  | {
      readonly kind: 'capsule';
      /** Ends of the axis; the caps reach `radius` beyond them. */
      readonly from: Vec3;
      readonly to: Vec3;
      readonly radius: number;
    }
  | { readonly kind: 'box'; readonly pose: Pose; readonly halfExtents: Vec3 };

/** Joint `i` carries link `i`; its frame coincides with the joint's frame at position zero. */
export interface Joint {
  /** Name of the joint, for instance `shoulder-lift`. */
  readonly name: string;
  readonly type: 'revolute' | 'prismatic';
  /** Pose of the joint's frame in the frame of the link before it. */
  readonly origin: Pose;
  /** Unit axis of motion in the joint's frame. */
  readonly axis: Vec3;
  readonly limits: JointLimits;
  /** Name of the link that the joint carries, as collision reports give it. */
  readonly link: string;
  readonly shapes: readonly LinkShape[];
}

/** Serial chain in the manner of URDF: base, joints from base to flange, tool. */
export interface KinematicChain {
  readonly joints: readonly Joint[];
  /** X_LT: pose of the tool centre point (TCP) in the frame of the last link. */
  readonly tool: Pose;
  /** Pairs of link names that can touch within the joint limits and are checked against each other. */
  readonly selfPairs: readonly (readonly [string, string])[];
}

/** Whether each joint position lies within its limits, widened by `tolerance` [m or rad]. */
export function isWithinLimits(
  chain: KinematicChain,
  q: ArrayLike<number>,
  tolerance = 0,
): boolean {
  return chain.joints.every(({ limits }, i) => {
    const value = q[i] ?? Number.NaN;
    return value >= limits.lower - tolerance && value <= limits.upper + tolerance;
  });
}
