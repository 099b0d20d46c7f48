import type { Pose, Vec3 } from '../../kernel/pose.ts';

/** Convex shape about its own centre; a cylinder's axis is Z. Lengths in [m]. */
export type BodyShape =
  | { readonly kind: 'box'; readonly halfExtents: Vec3 }
  | { readonly kind: 'cylinder'; readonly radius: number; readonly halfHeight: number };

/** A body fixed to the gripper, for instance a grasped bottle. */
export interface CarriedBody {
  /** Name in collision reports. */
  readonly id: string;
  readonly shape: BodyShape;
  /** X_TV: pose of the shape's centre in the TCP frame; +Z of it is the body's up. */
  readonly pose: Pose;
}

/** Two things that overlap. */
export interface Contact {
  /** Id of the obstacle, or name of the other link in a self-collision. */
  readonly obstacle: string;
  /** Name of the arm's link, or id of the carried body. */
  readonly link: string;
}

/** What the arm at `q`, carrying a body, touches first; ids in `ignore` are passed over. */
export type ContactQuery = (
  q: ArrayLike<number>,
  carried?: CarriedBody,
  ignore?: readonly string[],
) => Contact | undefined;
