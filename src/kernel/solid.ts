import type { Pose, Vec3 } from './pose.ts';

/** Convex shape about its own centre; a cylinder's axis is Z. Lengths in [m]. */
export type SolidShape =
  | { readonly kind: 'box'; readonly halfExtents: Vec3 }
  | { readonly kind: 'cylinder'; readonly radius: number; readonly halfHeight: number };

/** One convex part of a solid; `pose` is that of its centre in the owner's frame. */
export interface SolidPart {
  readonly shape: SolidShape;
  readonly pose: Pose;
}

/** A thing that stands still, its parts posed in the world; all of them report under one id. */
export interface Solid {
  readonly id: string;
  readonly parts: readonly SolidPart[];
}
