import type { Pose } from '../../kernel/pose.ts';

/** Pose of something that stands upright at (x, y, z) [m] in its parent's frame. */
export function upright(x: number, y: number, z: number): Pose {
  return { position: [x, y, z], orientation: [0, 0, 0, 1] };
}
