import type { Matrix4 } from 'three';
import type { Vec3 } from '../../../kernel/pose.ts';
import type { ViewEquipment } from '../../../kernel/view-contract.ts';
import type { Assembly, Detail, Point } from '../assembly.ts';
import type { ModelFrame } from '../model.ts';

/** What a moving part reads; one per device. */
export interface FleetFrame extends ModelFrame {
  /** Kept from picture to picture: how far what turns has turned [rad]. */
  angle: number;
}

/** A part that moves by the device's channels; it is shared by all devices of one look. */
export interface FleetPart {
  readonly body: Assembly;
  /** Writes where it is in the device's frame. */
  readonly move: (frame: FleetFrame, to: Matrix4) => void;
  /** Lowest detail at which it is still drawn. */
  readonly until: Detail;
}

/** Where the liquid of a device's body vessel is seen: a box that fills from its floor upwards. */
export interface Contents {
  readonly size: Vec3;
  /** Middle of the floor. */
  readonly at: Point;
  /** Floors on which it lies, one above the other. */
  readonly trays: number;
}

/**
 * How devices look of which a plant has hundreds. All that have the same type and appearance share one
 * geometry per level of detail and are drawn together; in the device's own frame, as every model.
 */
export interface FleetModel {
  body(detail: Detail): Assembly;
  readonly parts?: readonly FleetPart[];
  /** Middle of the status light, which faces -Y. */
  readonly lamp?: Point;
  /** Lower left corner of the name plate, which faces -Y, and its width [m]. */
  readonly label?: { readonly at: Point; readonly width: number };
  /** By the kind of the body vessel, which may be refitted. */
  readonly contents?: (kind: string) => Contents;
  /** The body is drawn once at each of these points; a long rack is many bays, each with its own detail. */
  readonly copies?: readonly Point[];
  /** Boxes by which it is picked, relative to each copy; the whole extent where absent. */
  readonly boxes?: readonly (readonly [min: Vec3, max: Vec3])[];
}

export type FleetModelBuilder = (equipment: ViewEquipment) => FleetModel;
