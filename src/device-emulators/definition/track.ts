import type { Refusal } from '../../kernel/error-catalogue.ts';
import type { Pose, Vec3 } from '../../kernel/pose.ts';
import type { Result } from '../../kernel/result.ts';
import type { TrackLoad, TrackPlan } from '../../kernel/track.ts';

/** Rails that a device is, in its frame. */
export interface TrackDeclaration {
  readonly plan: TrackPlan;
  /** Node of each of its places that is a shuttle's berth. */
  readonly berths: Readonly<Record<string, string>>;
  /** Blocks of each part that can fail by itself; of a lift the part is the place of the lift. */
  readonly parts: Readonly<Record<string, readonly string[]>>;
}

/** Something that a shuttle is to do at a place, standing on the rail before it. */
export interface DriveTask {
  readonly name: string;
  readonly place: string;
  /** [s] */
  readonly duration: number;
  /** What it carries afterwards. */
  readonly load: TrackLoad;
}

/** A way that a shuttle is to go: to each task, then home. */
export interface Drive {
  readonly tasks: readonly DriveTask[];
  /** What it carries now, or when a task that it is at is over. */
  readonly load: TrackLoad;
  /** How far its fork gets from the middle of the rail, sideways and upwards [m]. */
  readonly side: number;
  readonly height: number;
}

/**
 * `parked`: in its berth; `driving` and `working`: on its way, at a task; `waiting`: at rest on its way;
 * `stopped`: it cannot move.
 */
export const SHUTTLE_STATES = ['parked', 'driving', 'working', 'waiting', 'stopped'] as const;
export type ShuttleState = (typeof SHUTTLE_STATES)[number];

/** A shuttle on its rails. */
export interface ShuttleView {
  /** Device on whose rails it is, and the place that is its berth. */
  readonly rails: string;
  readonly berth: string;
  readonly state: ShuttleState;
  /** Whether it waits for something that must be repaired or taken away first. */
  readonly blocked: boolean;
  /** In the frame of the rails [m]. */
  readonly position: Vec3;
  /** Along its line, 0 or more [m/s]. */
  readonly speed: number;
  /** Way gone since it was put there [m], and time in which it neither moved nor worked [s]. */
  readonly distance: number;
  readonly idle: number;
  /** The task that it is at and how much of it is done, 0 to 1. */
  readonly task: { readonly name: string; readonly progress: number } | undefined;
}

/** All traffic on some rails. */
export interface TrafficView {
  readonly shuttles: number;
  /** By state, and those that are blocked. */
  readonly counts: Readonly<Record<ShuttleState | 'blocked', number>>;
  /** Parts that are closed. */
  readonly closed: readonly string[];
}

/** The platform of a lift, by itself or under a shuttle. */
export interface PlatformView {
  /** Above the floor of the rails [m]. */
  readonly height: number;
  /** Shuttle that holds the lift, empty when none. */
  readonly shuttle: string;
}

/** Rails as a device sees them: one that is a track, a shuttle or a lift; others see nothing. */
export interface TrackReader {
  /** The device itself as a shuttle; undefined while its body is on no rails. */
  shuttle(): ShuttleView | undefined;
  /** Why there is no such way for the device. */
  refuse(drive: Drive): Refusal | undefined;
  /** Traffic on the rails that the device is, or whose lift it is. */
  traffic(): TrafficView | undefined;
  /** The platform of the device that is a lift. */
  platform(): PlatformView | undefined;
  /** Pose in the world of a shuttle's body that moves on the rails which the device is. */
  poseOf(vessel: string): Pose | undefined;
}

/**
 * What devices do on rails. The machine of a shuttle hears `task.began`, `task.middle` and `task.ended`
 * with the `name` of the task, `came.home`, and `way.changed` when it is held up or goes on.
 */
export interface TrackPort extends TrackReader {
  /** Sends the shuttle on its way, instead of the one that it is on. */
  drive(drive: Drive): Result<undefined, Refusal>;
  /** It can no longer move: it brakes and stands. */
  stop(): void;
  /** It moves again and comes home with what it carries. */
  release(load: TrackLoad): void;
  /** It is taken off the rails and put into its berth. */
  takeOff(): void;
  /** Closes or opens a part of the rails that the device is; a lift closes itself. */
  setClosed(closed: boolean, part?: string): void;
}
