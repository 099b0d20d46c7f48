import type { Pose } from '../kernel/pose.ts';
import type { Micros } from '../kernel/time.ts';
import type { CassettePort, Coupling } from '../device-emulators/definition/coupling.ts';
import type { VesselEnvironment } from '../device-emulators/definition/plant-port.ts';
import type { Contents } from '../physics/fluids/contents.ts';
import type { TubingState } from '../physics/fluids/tubing.ts';
import type { Traffic } from '../physics/traffic/traffic.ts';

/** Where a vessel is. */
export type Whereabouts =
  | { readonly at: 'place'; readonly place: string }
  | { readonly at: 'gripper'; readonly device: string }
  /** Let go: falls or lies about; X_WV. */
  | { readonly at: 'floor'; readonly zone: string; readonly pose: Pose }
  | { readonly at: 'own'; readonly device: string; readonly name: string };

/** A vessel as it was at `since`; between events its contents evolve by the culture model alone. */
export interface VesselState {
  readonly id: string;
  kind: string;
  batch: string;
  /** Whether its contents are thrown away. */
  waste: boolean;
  contents: Contents;
  /** Time of the last event that touched it; `contents` are of this time. */
  since: Micros;
  environment: VesselEnvironment | undefined;
  whereabouts: Whereabouts;
  capped: boolean;
  sealed: boolean;
}

export interface FlowState {
  /** Device whose machine hears of the end. */
  readonly owner: string;
  /** [m3/s], negative from `to` to `from`. */
  rate: number;
  /** Still to leave the source [m3]; Infinity when unlimited. */
  remaining: number;
  /** Time of the last moved chunk. */
  since: Micros;
  /** Handle of the next chunk's event. */
  timer: number;
}

export interface LineState {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  connected: boolean;
  /** How often its ends have been joined since the tubing was new. */
  joints: number;
  /** Whether a valve in the line is shut. */
  shut: boolean;
  readonly tubing: TubingState;
  flow: FlowState | undefined;
}

export interface PlaceState {
  open: boolean;
}

/** Air as it was at `since`; from there it tends to what the doors allow. */
export interface AirState {
  since: Micros;
  /** Open doors of airlocks by name. */
  readonly doors: Record<string, boolean>;
  /** Zones whose fans stand still. */
  stopped: readonly string[];
  /** Pressure of each zone and chamber [Pa]. */
  pressures: Record<string, number>;
  /** Particles of at least 0.5 um and of at least 5 um in each of them [1/m3]. */
  fine: number[];
  coarse: number[];
  /** Devices to be told of the next change, by zone. */
  readonly watchers: Record<string, readonly string[]>;
}

/** Ports of a cassette. */
export interface PortsState {
  readonly uses: Record<CassettePort, number>;
  samplingValve: boolean;
}

/** What a shuttle has done since it was put on its rails, up to `since`. */
export interface Odometer {
  readonly since: Micros;
  /** [m] */
  readonly distance: number;
  /** Time in which it neither moved nor worked. */
  readonly idle: Micros;
}

/** Traffic on the rails of one device. */
export interface TrackState {
  traffic: Traffic;
  /** Parts that are closed. */
  closed: readonly string[];
  /** By shuttle; the handle of the event of its next milestone. */
  readonly odometers: Record<string, Odometer>;
  readonly timers: Record<string, number>;
}

/** Everything in the plant that changes, devices' own states apart. Plain data. */
export interface PlantState {
  readonly vessels: Map<string, VesselState>;
  readonly lines: Map<string, LineState>;
  readonly places: Map<string, PlaceState>;
  readonly air: AirState;
  /** Liquid on floor and furniture, by zone. */
  readonly spills: Map<string, Contents>;
  /** Sterile connections by place. */
  readonly couplings: Map<string, Coupling>;
  /** Ports of cassettes that have been used, by vessel. */
  readonly ports: Map<string, PortsState>;
  /** Whether each supply network delivers. */
  readonly supplies: Map<string, boolean>;
  /** When each zone was last decontaminated. */
  readonly decontaminations: Map<string, Micros>;
  /** Traffic by the device that is the rails. */
  readonly tracks: Map<string, TrackState>;
  /** Names of the patient batches whose material is or was in the plant. */
  readonly batches: Set<string>;
  /** Devices to be told of the next disturbance, by vessel. */
  readonly touchWatchers: Map<string, readonly string[]>;
}
