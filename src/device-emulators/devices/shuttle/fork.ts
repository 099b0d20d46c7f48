import { composePose, type Pose, type Quat } from '../../../kernel/pose.ts';

/** What the fork reaches for: a place in the frame of the shuttle. */
export interface Aim {
  readonly X_SP: Pose;
}

/** Height of the fork when it is in, where its load stands [m]: that of docks above the rails. */
export const DECK = 0.1;

/** Parts of a fork's cycle, 0 to 1: the mast is up by `RAISED`, the fork out in the middle. Assumed. */
const RAISED = 0.2;
const OUT = 0.5;

/** Goes from 0 to 1 with no speed at both ends. */
function ease(part: number): number {
  const u = Math.min(1, Math.max(0, part));
  return u * u * (3 - 2 * u);
}

/** How far the mast is at its height and turned, and how far the fork is out, both 0 to 1. */
export function forkAt(progress: number): { readonly raised: number; readonly out: number } {
  const mirrored = progress > OUT ? 1 - progress : progress;
  return {
    raised: ease(mirrored / RAISED),
    out: ease((mirrored - RAISED) / (OUT - RAISED)),
  };
}

/**
 * X_SL: what lies on the fork in the frame of the shuttle. The fork rises and turns to the place on its
 * deck, then goes out; `progress` is how much of the cycle is done.
 */
export function loadPose(aim: Aim | undefined, progress: number): Pose {
  if (aim === undefined) return DECK_POSE;
  const { raised, out } = forkAt(progress);
  const { position, orientation } = aim.X_SP;
  return {
    position: [position[0] * out, position[1] * out, DECK + (position[2] - DECK) * raised],
    orientation: turn(orientation, raised),
  };
}

const DECK_POSE: Pose = { position: [0, 0, DECK], orientation: [0, 0, 0, 1] };

/** Part of a rotation, from none to all of it; the shorter way round. */
function turn([x, y, z, w]: Quat, part: number): Quat {
  const sign = w < 0 ? -1 : 1;
  const half = Math.acos(Math.min(1, Math.abs(w)));
  const sine = Math.sin(half);
  if (sine < 1e-9) return [0, 0, 0, 1];
  const scale = (sign * Math.sin(half * part)) / sine;
  return [x * scale, y * scale, z * scale, Math.cos(half * part)];
}

/** X_WL of what lies on the fork. */
export function loadInWorld(X_WS: Pose, aim: Aim | undefined, progress: number): Pose {
  return composePose(X_WS, loadPose(aim, progress));
}
