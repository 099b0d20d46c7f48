import { IDENTITY_POSE, composePose, type Pose } from '../../../kernel/pose.ts';
import type { Micros } from '../../../kernel/time.ts';
import { forward } from '../../../physics/kinematics/forward.ts';
import { TUCKED } from '../../../physics/kinematics/six-axis-arm.data.ts';
import { createSixAxisArm, type SixAxisArm } from '../../../physics/kinematics/six-axis-arm.ts';
import { positionOf, resting, type Travel } from '../../../physics/mechanism/travel.ts';
import {
  type MotionPlan,
  sampleMotion,
  sampleMotionVelocity,
} from '../../../physics/trajectory/motion-plan.ts';

/** Longest track that the arm is built with [m]. */
export const LONGEST_TRACK = 4;

/** Configuration, SI. */
export interface ArmConfig {
  readonly trackLength: number;
  readonly gripTime: number;
}

/** What the arm is to do at a place. */
export interface Task {
  readonly kind: 'pick' | 'place';
  readonly place: string;
  /** Way out again, ends tucked. */
  readonly retreat: MotionPlan;
}

/** What the arm's body is doing; plain data. */
export interface ArmState {
  /** Joint positions at rest [m, rad]: track, then turn, lift, elbow, roll, bend, spin. */
  q: readonly number[];
  /** Running motion and when it began; absent at rest. */
  motion: { readonly plan: MotionPlan; readonly since: Micros } | undefined;
  /** Number of the latest motion. */
  number: number;
  task: Task | undefined;
  /** Place that the arm goes to, stands in or comes from; empty once it is tucked. */
  visiting: string;
  /** Held vessel, empty when none, and its pose in the frame of the TCP. */
  held: string;
  X_TV: Pose;
  /** Opening of the gripper, 0 closed to 1. */
  gripper: Travel;
}

const ARMS = new Map<number, SixAxisArm>();

/** The arm on a track of a length [m]. */
export function armOn(trackLength: number): SixAxisArm {
  let arm = ARMS.get(trackLength);
  if (arm === undefined) {
    arm = createSixAxisArm(trackLength);
    ARMS.set(trackLength, arm);
  }
  return arm;
}

/** Whether lift, elbow, roll and bend are tucked in one of both ways. */
export function isTucked(q: readonly number[]): boolean {
  return TUCKED.some((tucked) =>
    tucked.every((angle, i) => Math.abs((q[i + 2] ?? 0) - angle) < 1e-6),
  );
}

/** Where the arm waits: tucked in the middle of its track. */
export function homeOf({ trackLength }: Pick<ArmConfig, 'trackLength'>): number[] {
  return [trackLength / 2, 0, ...TUCKED[0], 0];
}

export function atHome(config: Pick<ArmConfig, 'trackLength'>): ArmState {
  return {
    q: homeOf(config),
    motion: undefined,
    number: 0,
    task: undefined,
    visiting: '',
    held: '',
    X_TV: IDENTITY_POSE,
    gripper: resting(1),
  };
}

/** Joint positions at `now` [m, rad]. */
export function jointsAt({ q, motion }: Readonly<ArmState>, now: Micros): ArrayLike<number> {
  return motion === undefined ? q : sampleMotion(motion.plan, (now - motion.since) / 1e6);
}

/** X_WB: pose of the track's base frame, at the lower end of the track, in the world. */
export function basePose(X_WD: Pose, trackLength: number): Pose {
  return composePose(X_WD, { position: [-trackLength / 2, 0, 0], orientation: [0, 0, 0, 1] });
}

/** X_WT: pose of the TCP in the world. */
export function tcpPose(
  state: Readonly<ArmState>,
  config: Pick<ArmConfig, 'trackLength'>,
  X_WD: Pose,
  now: Micros,
): Pose {
  const { chain } = armOn(config.trackLength);
  return composePose(basePose(X_WD, config.trackLength), forward(chain, jointsAt(state, now)).tcp);
}

/** Speed of the TCP in the world [m/s]: central difference over a millisecond of an exact motion. */
export function tcpSpeed(
  state: Readonly<ArmState>,
  config: Pick<ArmConfig, 'trackLength'>,
  now: Micros,
): number {
  const { motion } = state;
  if (motion === undefined) return 0;
  const t = (now - motion.since) / 1e6;
  if (sampleMotionVelocity(motion.plan, t).every((v) => v === 0)) return 0;
  const { chain } = armOn(config.trackLength);
  const at = (time: number) => forward(chain, sampleMotion(motion.plan, time)).tcp.position;
  const [a, b] = [at(Math.max(0, t - 5e-4)), at(t + 5e-4)];
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]) / (t < 5e-4 ? t + 5e-4 : 1e-3);
}

/** Opening of the gripper, 0 closed to 1. */
export function gripperOpening({ gripper }: Readonly<ArmState>, now: Micros): number {
  return positionOf(gripper, now);
}
