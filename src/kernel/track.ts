import type { Vec3 } from './pose.ts';

/** What a shuttle moves on: rail of an aisle, cross rail between aisles, or the platform of a lift. */
export type TrackKind = 'rail' | 'cross' | 'lift';

/** What a shuttle carries; it decides how fast it may go. */
export type TrackLoad = 'empty' | 'cassette' | 'module';

/** A point at which shuttles may stand. */
export interface TrackNode {
  readonly id: string;
  /** Middle of the shuttle's underside [m]. */
  readonly position: Vec3;
  /**
   * Name of the block it belongs to. In a block there is one shuttle at a time, whatever the number of
   * its nodes; all nodes of a lift are one block.
   */
  readonly block: string;
}

/** Straight track between two nodes; its length follows from their positions. */
export interface TrackEdge {
  readonly from: string;
  readonly to: string;
  readonly kind: TrackKind;
}

/** Bounds of a motion [m/s, m/s2, m/s3]. All positive. */
export interface TrackLimits {
  readonly velocity: number;
  readonly acceleration: number;
  readonly jerk: number;
}

/** How shuttles move. */
export interface TrackMotion {
  readonly limits: Readonly<Record<TrackKind, Readonly<Record<TrackLoad, TrackLimits>>>>;
  /** Time to change between the wheels for rail and cross rail [s]. */
  readonly turnTime: number;
}

/** Rails, cross rails and lifts on which shuttles move. */
export interface TrackPlan {
  readonly nodes: readonly TrackNode[];
  readonly edges: readonly TrackEdge[];
  readonly motion: TrackMotion;
}
