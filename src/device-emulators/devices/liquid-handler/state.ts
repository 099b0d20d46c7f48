import type { Vec3 } from '../../../kernel/pose.ts';
import type { Micros } from '../../../kernel/time.ts';
import type { StrokePlan } from './plan.ts';

/** What the liquid handler is doing. */
export interface LiquidHandlerState {
  /** Tips left in the racks, small and large together. */
  tips: number;
  work: Work | undefined;
  /** Path of the head: where it is when, in seconds after `pathSince`. */
  path: readonly Waypoint[];
  pathSince: Micros;
}

/** A running transfer, discard or mixing. */
export interface Work {
  readonly kind: 'transfer' | 'discard' | 'mix';
  readonly from: string;
  readonly to: string;
  readonly layer: 'mixed' | 'supernatant';
  readonly untilEmpty: boolean;
  /** Volume asked for [m3]. */
  readonly volume: number;
  readonly plan: StrokePlan;
  /** Volume that the pipettes were told to move so far [m3]. */
  moved: number;
}

export interface Waypoint {
  /** [s] */
  readonly at: number;
  /** Tips of the channels in the device's frame [m]. */
  readonly position: Vec3;
}

/** Rest position of the head, above the tip racks [m]. */
export const PARKED: Vec3 = [-0.42, 0, 0.45];
/** Height of travelling and of dipped tips [m]; bottles stand 150 to 180 mm high. */
export const TRAVEL_HEIGHT = 0.45;
export const DIP_HEIGHT = 0.12;

/** Position of the head now: straight lines between waypoints. */
export function headPosition(state: Readonly<LiquidHandlerState>, now: Micros): Vec3 {
  const t = (now - state.pathSince) / 1e6;
  let before: Waypoint | undefined;
  for (const point of state.path) {
    if (point.at >= t) {
      if (before === undefined || point.at === before.at) return point.position;
      const share = (t - before.at) / (point.at - before.at);
      return mix(before.position, point.position, share);
    }
    before = point;
  }
  return before?.position ?? PARKED;
}

function mix(a: Vec3, b: Vec3, share: number): Vec3 {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}
