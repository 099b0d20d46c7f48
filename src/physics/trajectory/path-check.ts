import { composePose, type Pose, rotate } from '../../kernel/pose.ts';
import type { CarriedBody, Contact, ContactQuery } from '../kinematics/contact.ts';
import type { KinematicChain } from '../kinematics/chain.ts';
import { createPoseBuffer, forwardInto, POSE_STRIDE, poseAt } from '../kinematics/forward.ts';
import { evaluatePath, type Trajectory } from './trajectory.ts';

/** Largest step of the checked samples: of the TCP and the track [m], of each joint [rad]. */
const LINEAR_STEP = 0.02;
const ANGULAR_STEP = (2 * Math.PI) / 180;

/** Samples of a coarse first pass that measures how fast TCP and joints move along the path. */
const PROBES = 12;

/** Room for a path that moves faster between two probes than their mean tells. */
const PROBE_MARGIN = 1.2;

/** What is wrong along a path: something touches, or the carried body tilts too far. */
export type PathProblem =
  | { readonly kind: 'contact'; readonly contact: Contact }
  | { readonly kind: 'tilt'; readonly angle: number };

/** What the path is checked for. */
export interface PathCheck {
  readonly chain: KinematicChain;
  readonly X_WB: Pose;
  readonly contact: ContactQuery;
  readonly carried?: CarriedBody | undefined;
  /** Largest angle [rad] of the carried body's +Z from the vertical. */
  readonly maxTilt?: number | undefined;
}

/** Number of equal steps of the path parameter of which none moves TCP or joints too far. */
export function countSteps(chain: KinematicChain, path: Trajectory['path']): number {
  const n = chain.joints.length;
  const poses = createPoseBuffer(chain);
  const q = new Float64Array(n);
  const last = new Float64Array(n + 3);
  let fastest = 0;
  for (let k = 0; k <= PROBES; k++) {
    evaluatePath(path, k / PROBES, 0, q);
    forwardInto(chain, q, poses);
    let travelled = 0;
    for (let i = 0; i < 3; i++) {
      const p = poses[n * POSE_STRIDE + i] as number;
      if (k > 0) travelled += (p - (last[n + i] as number)) ** 2;
      last[n + i] = p;
    }
    fastest = Math.max(fastest, Math.sqrt(travelled) / LINEAR_STEP);
    for (let i = 0; i < n; i++) {
      const step = chain.joints[i]?.type === 'prismatic' ? LINEAR_STEP : ANGULAR_STEP;
      if (k > 0)
        fastest = Math.max(fastest, Math.abs((q[i] as number) - (last[i] as number)) / step);
      last[i] = q[i] as number;
    }
  }
  return Math.max(1, Math.ceil(fastest * PROBES * PROBE_MARGIN));
}

/** Angle [rad] of the carried body's +Z from the vertical with the arm at `q`. */
function tiltOf(check: PathCheck, carried: CarriedBody, poses: Float64Array): number {
  const X_BT = poseAt(poses, check.chain.joints.length * POSE_STRIDE);
  const { orientation } = composePose(composePose(check.X_WB, X_BT), carried.pose);
  return Math.acos(Math.min(1, Math.max(-1, rotate(orientation, [0, 0, 1])[2])));
}

/** The problem at one configuration, if there is one. */
export function findProblem(check: PathCheck, q: ArrayLike<number>): PathProblem | undefined {
  const contact = check.contact(q, check.carried);
  if (contact) return { kind: 'contact', contact };
  if (check.carried && check.maxTilt !== undefined) {
    const poses = forwardInto(check.chain, q, createPoseBuffer(check.chain));
    const angle = tiltOf(check, check.carried, poses);
    if (angle > check.maxTilt) return { kind: 'tilt', angle };
  }
  return undefined;
}

/**
 * The first problem along a trajectory, sampled both ends included at steps of at most 20 mm of TCP
 * and track and 2 degrees of every joint.
 */
export function findPathProblem(check: PathCheck, { path }: Trajectory): PathProblem | undefined {
  const steps = countSteps(check.chain, path);
  const q = new Float64Array(check.chain.joints.length);
  for (let k = 0; k <= steps; k++) {
    const problem = findProblem(check, evaluatePath(path, k / steps, 0, q));
    if (problem) return problem;
  }
  return undefined;
}
