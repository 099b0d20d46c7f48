import type { Micros } from './time.ts';
import type { Pose, Vec3 } from './pose.ts';

/**
 * What the twin tells a view. The scene description is sent once per connection, afterwards only what
 * changes of it (its `revision` rises); frames carry only numbers and refer to it by index. Lengths in
 * metres, angles in radians, Z up, quaternions (x, y, z, w).
 */
export interface ViewScene {
  readonly name: string;
  readonly title: string;
  readonly revision: number;
  /** UTC instant of simulated time zero, microseconds since 1970. */
  readonly epochUnixMicros: number;
  readonly zones: readonly ViewZone[];
  readonly equipment: readonly ViewEquipment[];
  /**
   * One slot per vessel; a vessel keeps its slot for as long as it is in the plant. The slot of one that
   * has left still describes it, frames say that it is not present, and a later one may take it over.
   */
  readonly vessels: readonly ViewVessel[];
  readonly lines: readonly ViewLine[];
  readonly supplies: readonly ViewSupply[];
  /** What an instructor can let go wrong with devices, by their type. */
  readonly faults: Readonly<Record<string, readonly ViewFault[]>>;
  readonly layout: FrameLayout;
}

/** What differs between two descriptions of one scene: vessels come, go, and are labelled anew. */
export interface SceneChange {
  readonly revision: number;
  readonly layout: FrameLayout;
  readonly vessels: readonly { readonly slot: number; readonly vessel: ViewVessel }[];
}

export type CleanroomGrade = 'A' | 'B' | 'C' | 'D' | 'unclassified';

/** A room: an axis-aligned box standing on the floor. */
export interface ViewZone {
  readonly id: string;
  readonly title: string;
  readonly grade: CleanroomGrade;
  readonly min: Vec3;
  readonly max: Vec3;
  /** Faces made of glass, the rest is opaque panel. */
  readonly glass: readonly ('west' | 'east' | 'south' | 'north')[];
  /** Whether the ceiling is a field of HEPA filters. */
  readonly hepaCeiling: boolean;
}

/** A device as something to look at. */
export interface ViewEquipment {
  readonly id: string;
  /** Device type; chooses the procedural model and the faceplate. */
  readonly type: string;
  readonly title: string;
  readonly zone: string;
  readonly pose: Pose;
  /** Extent of the body [m], X, Y, Z; the pose is at the middle of its footprint. */
  readonly size: Vec3;
  /** Model parameters by name, for instance `positions: 4`. */
  readonly appearance: Readonly<Record<string, number | string | boolean>>;
  /** Names of the animated numbers of this device, in frame order. */
  readonly channels: readonly string[];
  /** First of this device's numbers in the `channels` part of a frame. */
  readonly firstChannel: number;
  /** Places in which vessels can stand, by name: pose in the world, at the time of the description. */
  readonly places: Readonly<Record<string, Pose>>;
  /** Vessel that is the body of a movable device: it has that vessel's pose. */
  readonly body?: string;
}

/** Something that can go wrong with a device. */
export interface ViewFault {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Signal whose sensor it is about. */
  readonly signal?: string;
}

/** `body`: a movable device is drawn instead. */
export type VesselShape = 'bottle' | 'bag' | 'tube' | 'bioreactor' | 'cassette' | 'body';

export interface ViewVessel {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  /** Patient batch on its label, empty when none. */
  readonly batch: string;
  readonly shape: VesselShape;
  /** Radius of bottle or tube, half the width of a bag [m]. */
  readonly radius: number;
  readonly height: number;
  /** Brim-full volume [m3]. */
  readonly capacity: number;
  /** Equipment whose own, fixed vessel this is. */
  readonly fixedTo?: string;
}

/** A run of tubing between two ports: world positions it passes through. */
export interface ViewLine {
  readonly id: string;
  readonly bore: number;
  readonly outerDiameter: number;
  readonly points: readonly Vec3[];
}

/** Pipes of a supply network from its source to the devices that it serves. */
export interface ViewSupply {
  readonly id: string;
  readonly title: string;
  readonly carries: 'medium' | 'buffer' | 'gas' | 'drain';
  readonly bore: number;
  /** Device at the source; empty where it comes from the house. */
  readonly from: string;
  readonly to: readonly string[];
  /** World positions that the main passes through. */
  readonly points: readonly Vec3[];
}

/**
 * Offsets, counted in numbers, of the parts of a frame. Vessels come last, so that those that are
 * brought in move nothing else.
 */
export interface FrameLayout {
  readonly channels: number;
  readonly devices: number;
  readonly lines: number;
  readonly vessels: number;
  readonly length: number;
}

/** Condition of a device, the one number per device in a frame: an index into this list. */
export const DEVICE_CONDITIONS = ['idle', 'running', 'off', 'broken'] as const;
export type DeviceCondition = (typeof DEVICE_CONDITIONS)[number];

/** Numbers per vessel in a frame, at these offsets. */
export const VESSEL_FIELDS = {
  x: 0,
  y: 1,
  z: 2,
  qx: 3,
  qy: 4,
  qz: 5,
  qw: 6,
  /** Liquid volume over capacity. */
  fill: 7,
  /** Optical cloudiness by cells, 0 clear to 1 opaque. */
  turbidity: 8,
  /** Index into {@link LIQUID_TINTS}. */
  tint: 9,
  /** 1 when a cap is on. */
  capped: 10,
  /** 1 when it should be drawn. */
  present: 11,
  /** Fraction of particles lying as a pellet. */
  pellet: 12,
  /** Index of the device that it belongs to, stands in or is held by; -1 for what lies about. */
  holder: 13,
} as const;
export const VESSEL_STRIDE = 14;

/** Liquids by look; the view maps them to colours. */
export const LIQUID_TINTS = [
  'clear',
  'medium',
  'blood',
  'buffer',
  'waste',
  'vector',
  'frozen',
] as const;
export type LiquidTint = (typeof LIQUID_TINTS)[number];

/** Numbers per line: flow [m3/s], signed along the points, and tint index. */
export const LINE_FIELDS = { flow: 0, tint: 1, wet: 2 } as const;
export const LINE_STRIDE = 3;

/** One picture of the moving parts. */
export interface ViewFrame {
  readonly time: Micros;
  readonly revision: number;
  /** Laid out as {@link FrameLayout} says. */
  readonly values: Float32Array;
}
