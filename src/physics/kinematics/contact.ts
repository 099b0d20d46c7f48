import type { Pose } from '../../kernel/pose.ts';
import type { SolidShape } from '../../kernel/solid.ts';

/** A body fixed to the gripper, for instance a grasped bottle. */
export interface CarriedBody {
  /** Name in collision reports. */
  readonly id: string;
  readonly shape: SolidShape;
  /** X_TS: pose of the shape's centre in the TCP frame; +Z of it is the body's up. */
  readonly pose: Pose;
}

/** Two things that overlap. */
export interface Contact {
  /** Id of the obstacle, or name of the other link in a self-collision. */
  readonly obstacle: string;
  /** Name of the arm's link, or id of the carried body. */
  readonly link: string;
}

/** What the arm at `q`, carrying a body, touches first. */
export type ContactQuery = (q: ArrayLike<number>, carried?: CarriedBody) => Contact | undefined;
