import type { PortDeclaration } from '../device-emulators/definition/device.ts';
import type { Pose } from '../kernel/pose.ts';
import type { Micros } from '../kernel/time.ts';
import type { VesselState } from './plant-state.ts';
import type { SceneDevice } from './scene/scene.ts';

export interface PortInfo {
  readonly device: SceneDevice;
  readonly declaration: PortDeclaration;
  /** Own vessel or place behind it, with its device's name. */
  readonly behind: string;
}

/** What the plant asks of the species table. */
export interface SpeciesInfo {
  readonly count: number;
  isParticle(species: number): boolean;
  /** Living cells, to whose lot the products of a mixture are credited. */
  isCarrier(species: number): boolean;
  /** Share of each species that moves with the liquid of a vessel with a surface; undefined when all do. */
  mobility(amounts: Float64Array): Float64Array | undefined;
}

/** What the plant asks of the twin, and tells it. */
export interface PlantHooks {
  /** Something at a device is about to change at `t`. */
  beforeChange(device: string, t: Micros): void;
  /** What a device shows may have changed, or with `undefined` what any device shows. */
  changed(device: string | undefined): void;
  /** The air that a device waits for has changed. */
  airChanged(device: string): void;
  /** The vessel that a device watches was disturbed. */
  touched(device: string): void;
  /** Pose of a vessel that a device carries. */
  carryPose(device: string, vessel: string): Pose;
  /** The connection in one of a device's places has been made, changed or ended. */
  couplingChanged(device: string): void;
  /** A movable device has come into a place or out of it. */
  moved(device: string): void;
  /** A vessel stands in a place from now on, or no longer; `carrier` holds or held it, if a device does. */
  placed(vessel: VesselState, place: string, carrier: string): void;
  taken(vessel: VesselState, place: string, carrier: string): void;
}
