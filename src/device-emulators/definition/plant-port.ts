import type { Pose, Vec3 } from '../../kernel/pose.ts';
import type { Result } from '../../kernel/result.ts';
import type { Solid } from '../../kernel/solid.ts';
import type { Refusal } from '../../kernel/error-catalogue.ts';
import type { TrackPort, TrackReader } from './track.ts';
import type { CleanroomGrade, LiquidTint, VesselShape } from '../../kernel/view-contract.ts';
import type { CassettePort, Coupling } from './coupling.ts';

/** Amounts of every species that came from one lot or patient batch, indexed by the species table. */
export interface Portion {
  readonly lot: string;
  readonly amounts: Float64Array;
}

/** Liquid on its way: taken from one place and to be put into another. */
export interface Parcel {
  readonly portions: readonly Portion[];
  /** [K] */
  readonly temperature: number;
}

/** Which part of a vessel's contents is drawn: all mixed, or what stands above a pellet. */
export type Layer = 'mixed' | 'supernatant';

/** Gas about the contents of a vessel: mixed to hold set-points of the liquid, or of fixed composition. */
export type GasExchange = {
  /** Volumetric mass transfer coefficient of oxygen [1/s]. */
  readonly kLa: number;
  /** Total pressure [Pa]. */
  readonly pressure: number;
} & (
  | {
      /** Set-point of dissolved oxygen, fraction of air saturation; the O2 fraction follows. */
      readonly oxygenSetpoint: number;
      /** Set-point of pH; the CO2 fraction follows within 0..0.2. */
      readonly phSetpoint: number;
      readonly oxygenFraction?: never;
      readonly co2Fraction?: never;
    }
  | {
      readonly oxygenFraction: number;
      readonly co2Fraction: number;
      readonly oxygenSetpoint?: never;
      readonly phSetpoint?: never;
    }
);

/** Conditions that a device imposes on the contents of a vessel; constant between events. SI. */
export interface VesselEnvironment {
  /** Surrounding temperature [K] and conductance to it [W/K]. */
  readonly ambientTemperature: number;
  readonly heatTransfer: number;
  /** Thermostat: set temperature [K] and conductance of the jacket [W/K]. */
  readonly jacket?: {
    readonly temperature: number;
    readonly conductance: number;
  };
  /** Gas exchange; absent in a closed vessel. */
  readonly gas?: GasExchange;
  /** Surface on which adherent cells can grow [m2]; that of the vessel's kind, if it has one. */
  readonly surface?: number;
  /** Power of stirring per volume [W/m3]. */
  readonly stirringPower?: number;
}

/** What a device may know of a vessel. */
export interface VesselView {
  readonly id: string;
  readonly kind: string;
  readonly shape: VesselShape;
  /** Patient batch by its label, empty when none. */
  readonly batch: string;
  /** [m3] */
  readonly volume: number;
  readonly capacity: number;
  /** Mass of vessel and contents [kg]. */
  readonly mass: number;
  readonly radius: number;
  /** Front to back [m], where it is neither round nor as thick as its contents. */
  readonly depth?: number;
  readonly height: number;
  /** Surface for adherent cells [m2]; 0 when there is none. */
  readonly surface: number;
  readonly capped: boolean;
  readonly sealed: boolean;
  /** Whether what it holds is thrown away. */
  readonly waste: boolean;
  readonly place: string;
}

/** State of a tubing line. */
export interface LineView {
  readonly id: string;
  readonly connected: boolean;
  /** Whether a valve in the line is shut. */
  readonly shut: boolean;
  /** Liquid in the line [m3]. */
  readonly wet: number;
  readonly holdUp: number;
  /** Present flow [m3/s], positive from `from` to `to`. */
  readonly flow: number;
  readonly from: string;
  readonly to: string;
}

/** What a supply network brings or takes away. */
export const SUPPLIES = ['medium', 'buffer', 'gas', 'drain'] as const;
export type SupplyKind = (typeof SUPPLIES)[number];

/** A supply network as one device that it serves sees it. */
export interface SupplyView {
  readonly id: string;
  /** Vessel that it comes from or goes to. */
  readonly source: string;
  /** Liquid that the scene fills its source with, as its pipes are labelled; empty for drains and gas. */
  readonly liquid: string;
  /** Whether its source delivers. */
  readonly open: boolean;
}

/** A vessel that comes from outside. */
export interface Delivery {
  readonly id: string;
  readonly kind: string;
  readonly place: string;
  /** Patient batch on its label, empty when none. */
  readonly batch: string;
  readonly capped: boolean;
  readonly fill:
    | {
        readonly liquid: string;
        /** [m3] */
        readonly volume: number;
        /** [K] */
        readonly temperature: number;
        readonly lot: string;
      }
    | undefined;
}

/** Reading side of the plant, as a device sees it. Place names without a dot are the device's own. */
export interface PlantReader {
  vesselAt(place: string): VesselView | undefined;
  vessel(id: string): VesselView | undefined;
  line(id: string): LineView | undefined;
  /** Volume of a vessel now [m3]; flows in progress count. */
  volume(vesselId: string): number;
  /** Amounts of all species in a vessel now, all lots together. Do not modify. */
  amounts(vesselId: string): Float64Array;
  /** [K] */
  temperature(vesselId: string): number;
  /** Fraction of the particles of a vessel that lie in its pellet. */
  pellet(vesselId: string): number;
  placePose(place: string): Pose | undefined;
  /** Whether a vessel can be put into or taken from the place. */
  isPlaceOpen(place: string): boolean;
  /** Air of the zone the device stands in. */
  zoneAir(zone?: string): ZoneAirView;
  /** All that stands still in the device's zone, vessels apart; always the same array. */
  solids(): readonly Solid[];
  /** Vessels that stand or lie within `distance` [m] of a point, all but the device's held one. */
  vesselsAround(point: Vec3, distance: number): readonly Solid[];
  /** Vessels with something in them that stand uncapped in the device's zone. */
  openVessels(): readonly string[];
  /** Place in which the device's own body stands; empty while carried, and for fixed devices. */
  location(): string;
  /** Whether the device has power: its dock gives it, where it needs one. */
  isPowered(): boolean;
  /** Sterile connection to the vessel in a place. */
  coupling(place: string): Coupling | undefined;
  /** How often each port of a cassette has been coupled since its core was new. */
  portUses(vesselId: string): Readonly<Record<CassettePort, number>>;
  /** Whether the sampling valve of a cassette is open. */
  samplingValve(vesselId: string): boolean;
  /** Network of that kind that serves the device, or the rack in which it is docked. */
  supply(carries: SupplyKind): SupplyView | undefined;
  /** What may stand in a place, and who gets there; undefined when there is none. */
  placeView(place: string): PlaceView | undefined;
  /** Why the device whose body a vessel is must stay where it is: it works, or holds what is coupled. */
  bond(vesselId: string): string | undefined;
  readonly track: TrackReader;
}

/** A place as it was declared. */
export interface PlaceView {
  /** Vessel kinds that fit. */
  readonly accepts: readonly string[];
  readonly robot: boolean;
  /** Whether its device is being carried, or one in which that stands. */
  readonly carried: boolean;
}

/** Air of a zone. */
export interface ZoneAirView {
  readonly grade: CleanroomGrade;
  /** Above the surroundings [Pa]. */
  readonly pressure: number;
  /** Particles of at least 0.5 um and 5 um [1/m3]. */
  readonly particles05: number;
  readonly particles5: number;
  readonly temperature: number;
  readonly humidity: number;
  /** Whether pressure and particles have come near to what they tend to. */
  readonly settled: boolean;
}

/** Writing side of the plant: what effects may do to it. All volumes [m3], flows [m3/s]. */
export interface PlantPort extends PlantReader {
  readonly track: TrackPort;
  /** Removes `volume` from a vessel. Less comes when less is there; attached cells stay. */
  withdraw(vesselId: string, volume: number, layer: Layer): Parcel;
  /** Removes a fraction of every species (index as in the table); attached cells stay. */
  split(vesselId: string, fractions: Float64Array): Parcel;
  /** Adds a parcel and mixes, unless `gently`, which leaves a pellet lying. */
  deposit(vesselId: string, parcel: Parcel, gently?: boolean): void;
  /** Lets a function change amounts in place within the declared conserved combinations. */
  react(vesselId: string, change: (amounts: Float64Array) => void): void;
  /** Sets the fraction of each species that lies in the pellet. */
  settle(vesselId: string, pelletFractions: Float64Array): void;
  resuspend(vesselId: string): void;
  setEnvironment(vesselId: string, environment: VesselEnvironment | undefined): void;
  setCapped(vesselId: string, capped: boolean): void;
  setSealed(vesselId: string): void;
  setPlaceOpen(place: string, open: boolean): void;
  setLineConnected(lineId: string, connected: boolean): void;
  /** Joins the ends of a line for good, as a weld does; it can be done a limited number of times. */
  joinLine(lineId: string): void;
  /** The line has new tubing; the old one is gone with what it held. */
  renewLine(lineId: string): void;
  /** Shuts or opens the valve of a line; shutting it stops its flow. */
  setLineShut(lineId: string, shut: boolean): void;
  /**
   * Moves liquid through a line at `rate` (negative: backwards) until `volume` has left the source,
   * the source runs dry and the line is empty, or it is stopped. The device's machine receives
   * `flow.done` (volume reached) or `flow.dry`. A second call changes the rate.
   */
  startFlow(lineId: string, rate: number, volume?: number): Result<undefined, Refusal>;
  stopFlow(lineId: string): void;
  /** Puts a vessel into a place, from wherever it is. */
  moveVessel(vesselId: string, place: string): void;
  /** Vessel taken into the device's own gripper; it then follows the device's `carry` pose. */
  grasp(vesselId: string): void;
  /** Lets go of the held vessel at its present pose: it falls. */
  drop(vesselId: string): void;
  /** Particles released into the zone's air per second for a while, as open handling does. */
  emitParticles(ratePerSecond: number, seconds: number): void;
  /** Opens or closes a door of the device's own airlock; a moving door counts as open. */
  setDoor(door: string, open: boolean): void;
  /** Lets the fans of the device's zone stand still, or run again. */
  setFans(running: boolean): void;
  /** Sends the device's machine `air.changed` when doors or particles next change its zone's air. */
  awaitAir(): void;
  /** Sends the device's machine `vessel.touched` when something next disturbs a vessel. */
  awaitTouch(vesselId: string): void;
  /** Makes, changes or ends the sterile connection in a place; its device hears `coupling.changed`. */
  setCoupling(place: string, coupling: Coupling | undefined): void;
  /** Counts one more use of a cassette's port. */
  usePort(vesselId: string, port: CassettePort): void;
  setSamplingValve(vesselId: string, open: boolean): void;
  /** Takes up to `volume` from the network that serves the device; nothing when none is open. */
  drawSupply(carries: SupplyKind, volume: number): Parcel;
  /** Lets a parcel go into the drain that serves the device. Throws InvariantError without one. */
  toDrain(parcel: Parcel): void;
  /** Opens or shuts all networks that begin at the device's own vessels; those served are told. */
  setSupplyOpen(open: boolean): void;
  /** Makes a vessel that comes from outside; its place must be empty. */
  bringIn(delivery: Delivery): void;
  /** Lets a vessel leave the plant with all that it holds. */
  takeOut(vesselId: string): void;
  /** Exchanges what a vessel holds for a fill from outside, or for nothing; the old leaves the plant. */
  refill(vesselId: string, fill: Delivery['fill']): void;
  /** Lets a parcel run out into the zone in which the device stands. */
  spill(parcel: Parcel): void;
  /** Fits a fresh core of that kind: contents leave the plant; label and port counters start anew. */
  refit(vesselId: string, kind: string): void;
  /** The device's zone has been decontaminated. */
  zoneDecontaminated(): void;
  /** What a vessel holds is waste from now on and its label is wiped, until it gets a fresh core. */
  setWaste(vesselId: string): void;
  /** Writes a patient batch on a vessel's label; empty wipes it. */
  setBatch(vesselId: string, batch: string): void;
}

/** Looks of a liquid for views. */
export interface LiquidLook {
  readonly tint: LiquidTint;
  readonly turbidity: number;
}
