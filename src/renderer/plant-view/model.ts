import type { Object3D } from 'three';
import type { ViewEquipment } from '../../kernel/view-contract.ts';
import type { Lamp } from './parts/stack-light.ts';
import type { Screen } from './parts/screen.ts';

/** What a model reads when a picture is drawn. */
export interface ModelFrame {
  /** Number of a channel, or `fallback` where the device has none of that name. */
  channel(name: string, fallback: number): number;
  /** Wall-clock time since the last picture while simulated time passes, else 0 [s]. */
  readonly dt: number;
}

/** A device in the picture, in its own frame: Z up, origin at the middle of its footprint. */
export interface Model {
  readonly object: Object3D;
  readonly update?: (frame: ModelFrame) => void;
  readonly screens?: readonly Screen[];
  readonly lamps?: readonly Lamp[];
  /** Parts that carry the vessel of a place along when they move, by place name. */
  readonly places?: Readonly<Record<string, Object3D>>;
  /** Hangs on a wall: nothing is drawn beneath it. */
  readonly hangs?: boolean;
}

export type ModelBuilder = (equipment: ViewEquipment) => Model;

/** Fastest turning that still looks like turning at 60 pictures per second [rad/s]. */
const FASTEST_VISIBLE = 22;

/** Angle by which something turning at `speed` [rad/s] moves on in one picture. */
export function visibleTurn(speed: number, dt: number): number {
  return Math.sign(speed) * Math.min(Math.abs(speed), FASTEST_VISIBLE) * dt;
}
