import type { ErrorCode, Refusal } from './error-catalogue.ts';
import type { Result } from './result.ts';
import type { Micros } from './time.ts';

/**
 * The plant as every client sees it, whatever the transport: plain data derived from the device
 * declarations, and the few calls that all endpoints offer. Values are in the declared units.
 */
export type Value = number | boolean | string;

export interface SignalDescription {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly kind: 'number' | 'integer' | 'boolean' | 'enum' | 'text';
  readonly direction: 'input' | 'output';
  readonly functionalUnit: string;
  /** UCUM code; empty when the signal has no unit. */
  readonly unit: string;
  readonly range?: readonly [number, number];
  readonly resolution?: number;
  readonly values?: readonly string[];
}

export interface ParameterDescription {
  readonly name: string;
  readonly title: string;
  readonly kind: 'number' | 'integer' | 'boolean' | 'enum' | 'text';
  readonly unit: string;
  readonly range?: readonly [number, number];
  readonly values?: readonly string[];
  /** A parameter without default must be given. */
  readonly default?: Value;
}

export interface CommandDescription {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly execution: 'instant' | 'timed' | 'abort';
  readonly functionalUnit: string;
  readonly parameters: readonly ParameterDescription[];
  readonly errors: readonly ErrorCode[];
}

export interface AlarmDescription {
  readonly name: string;
  readonly title: string;
  readonly priority: 'critical' | 'high' | 'medium' | 'low';
  readonly latching: boolean;
  readonly cause: string;
  readonly action: string;
}

/** Where vessels can stand in a device. */
export interface PlaceDescription {
  readonly name: string;
  readonly title: string;
  /** Vessel kinds that fit. */
  readonly accepts: readonly string[];
  /** Whether a robot or shuttle can reach it. */
  readonly robot: boolean;
  /** Whether a device whose body stands here has power. */
  readonly power: boolean;
}

export interface DeviceDescription {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly zone: string;
  readonly identity: {
    /** Contains the word SIMULATED. */
    readonly manufacturer: string;
    readonly model: string;
    readonly serial: string;
    readonly firmware: string;
  };
  readonly signals: readonly SignalDescription[];
  readonly commands: readonly CommandDescription[];
  readonly alarms: readonly AlarmDescription[];
  readonly places: readonly PlaceDescription[];
  /** Kind of the vessel that is its body, empty for a fixed device. */
  readonly body: string;
  /** Place in which a movable device stands at time zero, empty for a fixed device. */
  readonly home: string;
  /** Where it stands at time zero, in the frame of the plant [m]. */
  readonly position: readonly [x: number, y: number, z: number];
}

/**
 * Signals that every device has besides its declared ones: `state` (text: machine state),
 * `operationId` (integer: latest operation, 0 before the first), `operationCommand` (text),
 * `operationState` (enum), `operationError` (text: catalogue code or empty), `operationMessage` (text),
 * `operationResult` (text: JSON record in declared units).
 */
export const OPERATION_STATES = ['none', 'running', 'completed', 'failed', 'aborted'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

export interface PlantDescription {
  readonly scene: string;
  readonly title: string;
  readonly epochUnixMicros: number;
  readonly devices: readonly DeviceDescription[];
}

/** `device.signal` */
export type SignalPath = string;

export interface SignalReading {
  readonly value: Value;
  readonly time: Micros;
  readonly quality: Quality;
}

/** 0 good, 1 uncertain (out of range), 2 bad, 3 forced. */
export type Quality = 0 | 1 | 2 | 3;

/** A client's command: sorted by (client, sequence) among those of one instant. */
export type PlantCommand = {
  readonly client: string;
  readonly sequence: number;
} & (
  | {
      readonly kind: 'invoke';
      readonly device: string;
      readonly command: string;
      readonly parameters: Readonly<Record<string, Value>>;
    }
  | {
      readonly kind: 'write';
      readonly device: string;
      readonly signal: string;
      readonly value: Value;
    }
  | {
      readonly kind: 'acknowledge';
      readonly device: string;
      readonly alarm: string;
      readonly comment: string;
    }
  /** From the test bench or the instructor, never from control software. */
  | {
      readonly kind: 'fault';
      readonly device: string;
      readonly fault: string;
      readonly active: boolean;
    }
  /** From there, too: a signal shows, or a set-point has, this value (in the declared unit) until it is released with null. */
  | {
      readonly kind: 'force';
      readonly device: string;
      readonly signal: string;
      readonly value: Value | null;
      /** Time in which a measured number goes there from what it shows; at once when absent. */
      readonly ramp?: Micros;
    }
);

/** What can be planned: that something goes wrong, that it ends, and what a person does to a device. */
export type PlannedCommand = PlanOf<PlantCommand>;
type PlanOf<T> = T extends { readonly kind: 'fault' | 'force' | 'invoke' | 'write' }
  ? Omit<T, 'client' | 'sequence'>
  : never;

/** Something planned that is still to come. */
export interface PlanState {
  readonly id: number;
  readonly command: PlannedCommand;
  readonly at?: Micros;
  /** Text of a condition. */
  readonly when?: string;
  readonly lasts?: Micros;
}

/** Accepted: the operation's number on its device (0 for writes and acknowledgements). */
export type CommandOutcome = Result<{ readonly operation: number }, Refusal>;

interface EventBase {
  readonly time: Micros;
  readonly sequence: number;
  readonly device: string;
}

/** What happened, in order. */
export type PlantEvent =
  | (EventBase & {
      readonly type: 'device.operation.started';
      readonly operation: number;
      readonly command: string;
      readonly client: string;
    })
  | (EventBase & {
      readonly type: 'device.operation.completed';
      readonly operation: number;
      readonly command: string;
      readonly result: Readonly<Record<string, Value>>;
    })
  | (EventBase & {
      readonly type: 'device.operation.failed';
      readonly operation: number;
      readonly command: string;
      readonly code: ErrorCode;
      readonly message: string;
    })
  | (EventBase & {
      readonly type: 'device.command.refused';
      readonly command: string;
      readonly client: string;
      readonly code: ErrorCode;
      readonly message: string;
    })
  | (EventBase & {
      readonly type: 'alarm.raised' | 'alarm.cleared' | 'alarm.acknowledged';
      readonly alarm: string;
      readonly details: string;
    })
  | (EventBase & {
      readonly type: 'fault.began' | 'fault.ended';
      readonly fault: string;
    })
  | (EventBase & {
      readonly type: 'signal.forced' | 'signal.released';
      readonly signal: string;
    })
  /** A vessel came to stand in a place, or was taken out of one; `device` carried it, if one did. */
  | (EventBase & {
      readonly type: 'vessel.placed' | 'vessel.taken';
      readonly vessel: string;
      readonly place: string;
      /** On its label at that time, empty when none. */
      readonly batch: string;
    })
  /**
   * The plant was taken to another moment: what happened after that moment is undone, and events that follow
   * say what holds there. Numbers of events begin there, too.
   */
  | (EventBase & {
      readonly type: 'time.jumped';
      /** Time that the clock showed before. */
      readonly from: Micros;
    })
  | (EventBase & {
      readonly type: 'observer.violation';
      readonly violation: Violation;
    });

/** A rule of the plant broken; a result of the run, not an error of the program. */
export interface Violation {
  readonly observer: string;
  readonly time: Micros;
  readonly place: string;
  readonly batch: string;
  readonly cause: string;
}

export interface AlarmState {
  readonly device: string;
  readonly alarm: string;
  readonly active: boolean;
  readonly acknowledged: boolean;
  readonly since: Micros;
  readonly details: string;
}

/** What came of letting time pass. */
export interface Passed {
  /** Simulated time reached. */
  readonly time: Micros;
  /** Devices of which an operation ended or an alarm changed since the last answer, each once. */
  readonly changed: readonly string[];
}

/**
 * Client interface that control software uses; implemented over OPC UA and in-process. All calls
 * of one client are answered in order.
 */
export interface PlantClient {
  describe(): Promise<PlantDescription>;
  /** Simulated time now. */
  now(): Promise<Micros>;
  read(paths: readonly SignalPath[]): Promise<readonly SignalReading[]>;
  invoke(
    device: string,
    command: string,
    parameters: Readonly<Record<string, Value>>,
  ): Promise<CommandOutcome>;
  write(device: string, signal: string, value: Value): Promise<CommandOutcome>;
  /**
   * Lets time pass until simulated time `until` or until an operation ends or an alarm changes,
   * whichever is first. What did so since the last call ends this one at once, but for operations
   * that took no time. Under lockstep this grants the time; with an ordinary server it waits for it.
   */
  waitUntil(until: Micros): Promise<Passed>;
  close(): Promise<void>;
}
