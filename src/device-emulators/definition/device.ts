import type { AnyStateMachine } from 'xstate';
import type { Pose, Vec3 } from '../../kernel/pose.ts';
import type { RandomStream } from '../../kernel/random.ts';
import type { Solid, SolidPart } from '../../kernel/solid.ts';
import type { Micros } from '../../kernel/time.ts';
import type { ErrorCode, Refusal } from '../../kernel/error-catalogue.ts';
import type { AlarmDeclaration, CommandDeclaration, CommandParameters } from './command.ts';
import type { FieldValues, Fields } from './fields.ts';
import type { PlantPort, PlantReader, SupplyKind, VesselEnvironment } from './plant-port.ts';
import type { SignalDeclaration, SignalValue } from './signal.ts';
import type { VesselForm } from './solids.ts';
import type { TrackDeclaration } from './track.ts';

/** State of a device's body: plain data, changed by its effects only. */
export type DeviceState = Record<string, unknown>;

/** An event that a device's machine receives. */
export interface MachineEvent {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** What a device can look at, at simulated time `now`. Reading changes nothing. */
export interface ReadContext<C, S> {
  readonly id: string;
  readonly now: Micros;
  readonly config: C;
  readonly state: Readonly<S>;
  /** Name of the machine's present state; nested states joined by dots. */
  readonly machineState: string;
  readonly plant: PlantReader;
  /** Pose of the device in the world. */
  readonly pose: Pose;
  /** Zone the device stands in. */
  readonly zone: string;
}

/** What an effect can do. */
export interface EffectContext<C, S> extends Omit<ReadContext<C, S>, 'state' | 'plant'> {
  readonly state: S;
  readonly plant: PlantPort;
  /** Sends an event to the device's own machine, after `delay` ticks. */
  raise(event: MachineEvent, delay?: Micros): void;
  /** Ends the running operation well; `result` is plain data in declared units. */
  complete(result?: Readonly<Record<string, number | boolean | string>>): void;
  /** Ends the running operation badly. */
  fail(code: ErrorCode, message: string): void;
  setAlarm(name: string, active: boolean, details?: string): void;
  /** Stream of this device for one purpose; its position is part of the twin's state. */
  random(purpose: string): RandomStream;
  /** Whether it has one of its faults at present. */
  hasFault(fault: string): boolean;
}

export interface PlaceDeclaration {
  readonly name: string;
  readonly title: string;
  /** Where the bottom of the vessel stands, in the device's frame. */
  readonly pose: Pose;
  /** Vessel kinds that fit. */
  readonly accepts: readonly string[];
  /** Whether it can be reached from the start. */
  readonly open: boolean;
  /** Whether it can be reached by a robot at all. */
  readonly robot: boolean;
  /** What a vessel standing here is exposed to; zone air when absent. */
  readonly environment?: VesselEnvironment;
  /** Whether a device whose body stands here has power, data, media and gas. */
  readonly power?: boolean;
}

/** A device among what stands still around it. */
export interface Site<C> {
  readonly id: string;
  readonly config: C;
  /** Pose of the device in the world. */
  readonly pose: Pose;
  readonly solids: readonly Solid[];
}

export interface PortDeclaration {
  readonly name: string;
  readonly title: string;
  readonly position: Vec3;
  /** Vessel behind the port: the one in a place of the device, or the device's own vessel. */
  readonly vessel: { readonly place: string } | { readonly own: string };
  /** Fraction of particles (cells, beads) that a filter in the port holds back, 0 when absent. */
  readonly retention?: number;
  /** Takes several lines, of which one at a time is joined. */
  readonly manifold?: true;
}

/** A chamber between zones, ventilated by its own filter. */
export interface AirlockDeclaration {
  /** [m3] */
  readonly volume: number;
  /** Filtered, recirculated [1/s]. */
  readonly airChanges: number;
  /** Two doors, named as in {@link PlantPort.setDoor}. */
  readonly doors: readonly {
    readonly name: string;
    readonly title: string;
    /** Zone behind the door: the device's own when absent, the surroundings when empty. */
    readonly to?: string;
    /** Open and closed cross-section [m2]. */
    readonly area: number;
    readonly gap: number;
  }[];
}

/** How much of its life a part has used up. */
export interface Wear {
  readonly part: string;
  readonly uses: number;
  readonly maximum: number;
}

/** Something that can go wrong with a device, for the test bench and the instructor. */
export interface FaultDeclaration {
  readonly title: string;
  readonly description: string;
}

export interface OwnVesselDeclaration {
  readonly name: string;
  readonly kind: string;
  readonly pose: Pose;
  /** What comes here is thrown away: material of several batches may meet, and nothing is kept. */
  readonly waste?: boolean;
}

export interface DeviceDefinition<F extends Fields = Fields, S extends object = DeviceState> {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly identity: { readonly model: string; readonly firmware: string };
  /** Extent of the body [m]; the device's frame lies in the middle of its footprint. */
  readonly size: Vec3;
  /** Extent of a body whose size follows from its configuration, instead of `size`. */
  readonly extent?: (config: FieldValues<F>) => Vec3;
  readonly config: F;
  /** Known ways in which the real thing is odd, for the reference page. */
  readonly quirks: readonly string[];
  readonly signals: Readonly<Record<string, SignalDeclaration>>;
  readonly commands: Readonly<Record<string, CommandDeclaration>>;
  readonly alarms: Readonly<Record<string, AlarmDeclaration>>;
  /**
   * Convex parts of the body in the device's frame, what moves of it parked and open; the box of
   * `size` where absent. A robot comes down into places, so the room above each stays free.
   */
  solids?(config: FieldValues<F>): readonly SolidPart[];
  places(config: FieldValues<F>): readonly PlaceDeclaration[];
  ports(config: FieldValues<F>): readonly PortDeclaration[];
  vessels(config: FieldValues<F>): readonly OwnVesselDeclaration[];
  /**
   * Name of the own vessel that is the body of a movable device: it stands in places, is carried, and
   * takes the device with it. Its declared pose must be none: the device's frame is the vessel's.
   */
  readonly body?: (config: FieldValues<F>) => string;
  /** Rails on which the bodies of shuttles move; the device holds these, and `carry` gives their poses. */
  readonly track?: (config: FieldValues<F>) => TrackDeclaration;
  /** A frame among other devices: not its extent, only its solids take up room. */
  readonly lattice?: true;
  /** Works only while its body stands in a place that gives power. */
  readonly powered?: 'dock';
  /** Kinds of supply that it needs. */
  readonly supplies?: (config: FieldValues<F>) => readonly SupplyKind[];
  /**
   * Besides those that every device has (`faults.ts`). The machine receives `fault.<name>` and `fault.<name>.ended`,
   * for a breakdown `breakdown` and `repaired`, for its power `power.lost` and `power.on`, and `halted` and `resumed`
   * for either. One that knows none of these is given an abort or a stop.
   */
  readonly faults?: Readonly<Record<string, FaultDeclaration>>;
  /** The part with a limited number of uses that has the fewest left. */
  readonly wear?: (context: ReadContext<FieldValues<F>, S>) => Wear;
  readonly airlock?: (config: FieldValues<F>) => AirlockDeclaration;
  /** Decides; receives `{ config }` as input and one event per command, named like it. */
  readonly machine: AnyStateMachine;
  initialState(config: FieldValues<F>): S;
  /** Effects by the names of the machine's actions. `complete` and `fail` are built in. */
  readonly effects: Readonly<
    Record<string, (context: EffectContext<FieldValues<F>, S>, parameters: never) => void>
  >;
  /** Preconditions by command: a refusal, or undefined when the plant allows it. */
  readonly preconditions: Readonly<
    Record<
      string,
      (
        context: ReadContext<FieldValues<F>, S>,
        parameters: CommandParameters,
      ) => Refusal | undefined
    >
  >;
  /** True value of each output signal now: numbers in SI. Inputs read back their set value. */
  readonly read: Readonly<Record<string, (context: ReadContext<FieldValues<F>, S>) => SignalValue>>;
  /** What writing an input signal does; the value is SI. */
  readonly write: Readonly<
    Record<string, (context: EffectContext<FieldValues<F>, S>, value: SignalValue) => void>
  >;
  /** Numbers for the view, by channel name. */
  readonly channels: Readonly<Record<string, (context: ReadContext<FieldValues<F>, S>) => number>>;
  /** Whether its channels move although it executes nothing. */
  readonly moves?: (context: ReadContext<FieldValues<F>, S>) => boolean;
  appearance(config: FieldValues<F>): Readonly<Record<string, number | string | boolean>>;
  /** Pose of a held vessel in the world, for devices that carry. */
  readonly carry?: (context: ReadContext<FieldValues<F>, S>, vessel: string) => Pose;
  /** Why a device that carries, at rest, could not fetch a vessel that stands at `X_WV`. */
  readonly reach?: (
    site: Site<FieldValues<F>>,
    X_WV: Pose,
    vessel: VesselForm,
  ) => Refusal | undefined;
}

/** A definition whose particular types do not matter. */
// biome-ignore lint/suspicious/noExplicitAny: the registry holds definitions of all types.
export type AnyDeviceDefinition = DeviceDefinition<any, any>;

/** Parsed configuration of a device of any type, SI. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type AnyConfig = FieldValues<any>;
