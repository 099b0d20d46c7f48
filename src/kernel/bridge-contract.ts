import type { BenchRecord } from './bench-contract.ts';
import type { Refusal } from './error-catalogue.ts';
import type {
  AlarmState,
  CommandOutcome,
  DeviceDescription,
  PlantEvent,
  Value,
} from './plant-contract.ts';
import type { Result } from './result.ts';
import type { Micros } from './time.ts';
import type { SceneChange, ViewScene } from './view-contract.ts';

/**
 * What the host and a view say to each other over socket.io (WebSocket transport only). The view
 * gives the token of this launch in `auth.token`; it reads it from the meta element
 * {@link TOKEN_META} or, in the desktop shell, from `window.doppel.token`.
 *
 * After a connection the host sends, unasked and in this order: `scene`, `time`, `events` (the
 * latest ones that it keeps), `alarms`, `batches`, then `frame`s. When the scene's revision rises,
 * `scene-change` says what is different; later frames have the new revision.
 */
export const TOKEN_META = 'doppel-token';

/** Everything that a view must know before the first frame. */
export interface SceneMessage {
  readonly scene: ViewScene;
  readonly devices: readonly DeviceDescription[];
}

/**
 * Bytes of a frame, all little-endian: float64 time [us], float64 revision, then stretches of numbers
 * that differ from the frame before, each as uint32 offset, uint32 count, and that many float32. The
 * first frame after a connection has all numbers. The view acknowledges each frame; the host sends no
 * other frame before, and then the newest one, so a slow view sees fewer frames but never old ones.
 */
export const FRAME_HEADER_BYTES = 16;
export const FRAME_TIME_OFFSET = 0;
export const FRAME_REVISION_OFFSET = 8;

export interface TimeMessage {
  readonly time: Micros;
  readonly mode: 'realtime' | 'scaled' | 'max' | 'lockstep';
  readonly running: boolean;
  /** Simulated seconds per second asked for; null when as fast as possible, 0 in lockstep. */
  readonly askedSpeed: number | null;
  readonly achievedSpeed: number;
  /** How far simulated time is behind the asked pace [s of wall clock]. */
  readonly lateness: number;
}

/**
 * Changed values of subscribed signals since the last message; paced by acknowledgement as frames
 * are. `indices` (uint32) count in the list of the latest subscription; `values` (float64) are in
 * declared units: booleans 0 or 1, enumerations the index of the value, NaN for texts; `qualities`
 * (uint8) as in `Quality`. All little-endian and of one length.
 */
export interface SignalsMessage {
  readonly subscription: number;
  readonly time: Micros;
  readonly indices: ArrayBuffer;
  readonly values: ArrayBuffer;
  readonly qualities: ArrayBuffer;
}

/** Changed texts of subscribed signals. */
export interface SignalTextsMessage {
  readonly subscription: number;
  readonly time: Micros;
  readonly texts: readonly { readonly index: number; readonly text: string }[];
}

export type BatchStepState = 'waiting' | 'running' | 'completed' | 'failed' | 'skipped';

/** A step of the recipe of one batch; numbers are those of the generic process chain. */
export interface BatchStep {
  readonly step: number;
  readonly name: string;
  readonly state: BatchStepState;
  readonly start?: Micros;
  readonly end?: Micros;
  /** Share done, 0 to 1, where it can be told. */
  readonly progress?: number;
}

export interface BatchProgress {
  readonly id: string;
  readonly product: string;
  /** When its material arrived; time zero when absent. */
  readonly ordered?: Micros;
  /** Time on the way from the clinic and back to it. */
  readonly transport?: { readonly in: Micros; readonly out: Micros };
  readonly outcome: 'running' | 'complete' | 'failed';
  readonly reason?: string;
  /** What is being done. */
  readonly phase?: string;
  readonly steps: readonly BatchStep[];
  /** Parts of a lot that are made each on its own; absent when the batch is made as one. */
  readonly sublots?: readonly Pick<BatchProgress, 'id' | 'outcome' | 'reason'>[];
}

/** One stay of a vessel in a place. */
export interface Visit {
  readonly vessel: string;
  /** Full name of the place. */
  readonly place: string;
  /** When it came; absent when it stood there from the beginning. */
  readonly came?: Micros;
  /** When it left; absent while it stands there. */
  readonly left?: Micros;
}

/** Whose way is asked for: vessels that bore the label of a batch, or those of a movable device. */
export type JourneyRequest = { readonly batch: string } | { readonly device: string };

/** Host to view. */
export interface ServerToClientEvents {
  scene: (message: SceneMessage) => void;
  'scene-change': (change: SceneChange) => void;
  frame: (frame: ArrayBuffer, taken: () => void) => void;
  time: (message: TimeMessage) => void;
  signals: (message: SignalsMessage, taken: () => void) => void;
  'signal-texts': (message: SignalTextsMessage) => void;
  /** New events in order; each `sequence` comes once, so repeats after a reconnection are dropped. */
  events: (events: readonly PlantEvent[]) => void;
  /** All alarms that are active or not yet acknowledged. */
  alarms: (alarms: readonly AlarmState[]) => void;
  batches: (batches: readonly BatchProgress[]) => void;
}

export interface CommandRequest {
  readonly device: string;
  readonly command: string;
  readonly parameters: Readonly<Record<string, Value>>;
}

export interface WriteRequest {
  readonly device: string;
  readonly signal: string;
  readonly value: Value;
}

export interface AcknowledgeRequest {
  readonly device: string;
  readonly alarm: string;
  readonly comment: string;
}

/** From the instructor: lets something go wrong with a device, or puts it right. */
export interface FaultRequest {
  readonly device: string;
  readonly fault: string;
  readonly active: boolean;
}

/**
 * `step` runs to the next event while frozen. `speed`: simulated seconds per second, or `max`;
 * without it the pace stays.
 */
export interface TimeRequest {
  readonly action: 'run' | 'freeze' | 'step';
  readonly speed?: number | 'max';
}

/** Replaces the subscribed signals; `signals` are paths `device.signal`, at most {@link MAX_SUBSCRIBED_SIGNALS}. */
export interface SubscribeRequest {
  /** Chosen by the view, rising; repeated in every message about these signals. */
  readonly subscription: number;
  readonly signals: readonly string[];
}

export const MAX_SUBSCRIBED_SIGNALS = 500;

/** View to host; every call is answered. The first `signals` after `subscribe` holds all of them. */
export interface ClientToServerEvents {
  subscribe: (
    request: SubscribeRequest,
    answer: (outcome: Result<{ readonly unknown: readonly string[] }, Refusal>) => void,
  ) => void;
  command: (request: CommandRequest, answer: (outcome: CommandOutcome) => void) => void;
  write: (request: WriteRequest, answer: (outcome: CommandOutcome) => void) => void;
  acknowledge: (request: AcknowledgeRequest, answer: (outcome: CommandOutcome) => void) => void;
  fault: (request: FaultRequest, answer: (outcome: CommandOutcome) => void) => void;
  /** A call of the test bench; see {@link BENCH_CALLS}. Whoever holds the clock is released with the socket. */
  bench: (
    name: string,
    parameters: BenchRecord,
    answer: (outcome: Result<BenchRecord, Refusal>) => void,
  ) => void;
  time: (request: TimeRequest, answer: (outcome: Result<TimeMessage, Refusal>) => void) => void;
  /** Stays in the order in which they began. */
  journey: (
    request: JourneyRequest,
    answer: (outcome: Result<readonly Visit[], Refusal>) => void,
  ) => void;
}
