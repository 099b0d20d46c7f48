import type { AnyConfig, AnyDeviceDefinition } from '../../device-emulators/definition/device.ts';
import type { SupplyKind } from '../../device-emulators/definition/plant-port.ts';
import type { CleanroomGrade, ViewZone } from '../../kernel/view-contract.ts';
import type { Pose, Vec3 } from '../../kernel/pose.ts';

/** A plant as loaded and checked: constant for the life of a twin. SI, world frame, Z up. */
export interface Scene {
  readonly name: string;
  readonly title: string;
  readonly epochUnixMicros: number;
  /** Coefficient of variation of the times that devices take for what they do. */
  readonly variation: number;
  readonly zones: readonly SceneZone[];
  readonly devices: readonly SceneDevice[];
  readonly vessels: readonly SceneVessel[];
  readonly lines: readonly SceneLine[];
  readonly supplies: readonly SceneSupply[];
  /** What it was made with. */
  readonly parameters: readonly SceneParameter[];
}

/** A number or choice that a scene was made with, as a person writes it: 4, `0.65 m`, `dense`. */
export interface SceneParameter {
  readonly name: string;
  readonly title: string;
  readonly value: number | string;
  /** Limits of a number; none for a choice. */
  readonly min: number | string | undefined;
  readonly max: number | string | undefined;
  /** What a choice can be; empty for a number. */
  readonly options: readonly string[];
}

export interface SceneZone {
  readonly id: string;
  readonly title: string;
  readonly grade: CleanroomGrade;
  readonly min: Vec3;
  readonly max: Vec3;
  readonly glass: ViewZone['glass'];
  readonly hepaCeiling: boolean;
  /** Above the surroundings [Pa]. */
  readonly pressure: number;
  /** [K] */
  readonly temperature: number;
  /** Relative, 0..1. */
  readonly humidity: number;
  /** Air changes [1/s]. */
  readonly airChanges: number;
}

export interface SceneDevice {
  readonly id: string;
  readonly definition: AnyDeviceDefinition;
  readonly title: string;
  readonly zone: string;
  readonly pose: Pose;
  /** Place in which a movable device stands at time zero; its zone and pose are then that place's. */
  readonly in: string | undefined;
  /** Parsed by the definition's fields, SI. */
  readonly config: AnyConfig;
}

export interface SceneVessel {
  readonly id: string;
  readonly kind: string;
  /** Patient batch on the label, empty when none. */
  readonly batch: string;
  /** `device.place` or `device.vessel` for a device's own vessel. */
  readonly place: string;
  readonly capped: boolean;
  readonly fill: SceneFill | undefined;
}

/** What a vessel holds at the start. */
export interface SceneFill {
  /** Name of a liquid, or of a donor's starting material, which depends on the batch. */
  readonly liquid: string;
  readonly volume: number;
  readonly temperature: number;
  readonly lot: string;
}

export interface SceneLine {
  readonly id: string;
  /** `device.port` */
  readonly from: string;
  readonly to: string;
  readonly bore: number;
  readonly length: number;
  readonly connected: boolean;
  /** How often its ends can be joined before the tubing must be replaced. */
  readonly maximumJoints: number;
  readonly points: readonly Vec3[];
}

/** A network that serves devices, and what is docked in them. */
export interface SceneSupply {
  readonly id: string;
  readonly title: string;
  readonly carries: SupplyKind;
  /**
   * Own vessel of a device, `device.vessel`, that it comes from or that a drain runs into; for gas the
   * device that opens and shuts it, empty where it comes from the house.
   */
  readonly from: string;
  readonly to: readonly string[];
  readonly bore: number;
  readonly points: readonly Vec3[];
}
