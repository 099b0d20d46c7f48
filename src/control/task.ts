import type { ErrorCode, Refusal } from '../kernel/error-catalogue.ts';
import type {
  CommandOutcome,
  OperationState,
  SignalPath,
  SignalReading,
  Value,
} from '../kernel/plant-contract.ts';
import { MICROS_PER_HOUR, type Micros } from '../kernel/time.ts';
import type { JournalEntry } from './journal.ts';

/** What a task may ask of the scheduler. Everything a task learns, it learns from the replies. */
export type Request =
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
  | { readonly kind: 'read'; readonly paths: readonly SignalPath[] }
  | { readonly kind: 'now' }
  | {
      readonly kind: 'waitOperation';
      readonly device: string;
      readonly operation: number;
      readonly deadline: Micros;
    }
  /** Answered with the time: `time`, or earlier when one of the devices changes. */
  | {
      readonly kind: 'waitUntil';
      readonly time: Micros;
      readonly devices?: readonly string[];
    }
  | { readonly kind: 'all'; readonly tasks: readonly Task<unknown>[] }
  /** Answered with the resource that the batch has for itself from now on, or '' at `until`. */
  | {
      readonly kind: 'claim';
      readonly candidates: readonly Candidate[];
      readonly priority: number;
      readonly until: Micros;
    }
  | { readonly kind: 'release'; readonly resource: string }
  | { readonly kind: 'releaseAll' }
  /** What the batch has it keeps for good: whoever waits for that alone waits in vain. */
  | { readonly kind: 'giveUp' }
  /** Whether resources of the device are given out. */
  | { readonly kind: 'offer'; readonly device: string; readonly available: boolean }
  /** Answered with the devices that changed since this task's last look, when there are any. */
  | { readonly kind: 'waitChange'; readonly until: Micros }
  | { readonly kind: 'record'; readonly entry: JournalEntry }
  /** From here on replies belong to phase `path`; those of an interrupted run are given again. */
  | { readonly kind: 'enterPhase'; readonly path: string; readonly fresh: boolean }
  | { readonly kind: 'leavePhase' };

/** Something that one batch at a time may have: a shared place, or a place `device.place`. */
export interface Candidate {
  readonly resource: string;
  /** Of the free ones, the cheapest is given. */
  readonly cost: number;
  /** Given although its device is not offered: to take something out of a broken module. */
  readonly regardless?: boolean;
}

/** Nobody will ever give back what was claimed. */
export interface Vain {
  readonly resource: string;
  readonly keeper: string;
}

/** How an operation ended. */
export interface OperationEnd {
  readonly state: OperationState | 'timeout' | 'superseded';
  readonly code: string;
  readonly message: string;
  readonly result: Readonly<Record<string, Value>>;
}

/** A piece of control work: yields requests, is given replies, returns its outcome. */
// biome-ignore lint/suspicious/noExplicitAny: each request has its own type of reply.
export type Task<T> = Generator<Request, T, any>;

/** A phase cannot go on: which device, which catalogued code, and why. */
export class PhaseFailure extends Error {
  override readonly name = 'PhaseFailure';
  readonly device: string;
  readonly code: ErrorCode;
  /** Whether the device had begun; a command that it refused has changed nothing. */
  readonly hasBegun: boolean;

  constructor(device: string, { code, message }: Refusal, hasBegun = false) {
    super(message);
    this.device = device;
    this.code = code;
    this.hasBegun = hasBegun;
  }
}

/** Longest operation that is not reported as stuck. */
const LONGEST_OPERATION = 12 * MICROS_PER_HOUR;

/** Sends a command; a refusal fails the phase. Returns the operation's number. */
export function* start(
  device: string,
  command: string,
  parameters: Readonly<Record<string, Value>> = {},
): Task<number> {
  const outcome = (yield { kind: 'invoke', device, command, parameters }) as CommandOutcome;
  if (!outcome.ok) throw new PhaseFailure(device, outcome.error);
  return outcome.value.operation;
}

/** Waits for an operation's end and returns its result; a bad end fails the phase. */
export function* finish(
  device: string,
  operation: number,
  timeout: Micros = LONGEST_OPERATION,
): Task<Readonly<Record<string, Value>>> {
  if (operation === 0) return {};
  const deadline = (yield* now()) + timeout;
  const end = (yield { kind: 'waitOperation', device, operation, deadline }) as OperationEnd;
  if (end.state === 'completed') return end.result;
  throw new PhaseFailure(device, refusalOf(device, end), true);
}

/** Sends a command and waits for its end. */
export function* perform(
  device: string,
  command: string,
  parameters: Readonly<Record<string, Value>> = {},
  timeout: Micros = LONGEST_OPERATION,
): Task<Readonly<Record<string, Value>>> {
  return yield* finish(device, yield* start(device, command, parameters), timeout);
}

/** Sets an input signal; a refusal fails the phase. */
export function* write(device: string, signal: string, value: Value): Task<void> {
  const outcome = (yield { kind: 'write', device, signal, value }) as CommandOutcome;
  if (!outcome.ok) throw new PhaseFailure(device, outcome.error);
}

export function* read(...paths: readonly SignalPath[]): Task<readonly SignalReading[]> {
  return (yield { kind: 'read', paths }) as readonly SignalReading[];
}

/** Reads one signal as text. */
export function* readText(device: string, signal: string): Task<string> {
  const [reading] = yield* read(`${device}.${signal}`);
  return String(reading?.value ?? '');
}

/** Reads one signal as a number; a bad quality fails the phase. */
export function* readNumber(device: string, signal: string): Task<number> {
  const [reading] = yield* read(`${device}.${signal}`);
  if (reading === undefined || reading.quality === 2 || typeof reading.value !== 'number') {
    const message = `${device}.${signal} gives no usable number; check the sensor`;
    throw new PhaseFailure(device, { code: 'MALFUNCTION', message });
  }
  return reading.value;
}

export function* now(): Task<Micros> {
  return (yield { kind: 'now' }) as Micros;
}

export function* waitUntil(time: Micros): Task<void> {
  yield { kind: 'waitUntil', time };
}

/** Waits until a time, or until an operation of one of the devices ends or an alarm of it changes. */
export function* waitForChange(devices: readonly string[], time: Micros): Task<void> {
  yield { kind: 'waitUntil', time, devices };
}

export function* wait(duration: Micros): Task<void> {
  yield* waitUntil((yield* now()) + duration);
}

/**
 * Waits for one of several resources, which the batch then has for itself until it releases it. Among
 * those who wait, the highest priority comes first, then who came first. A batch that has one of
 * them already is given that. Returns undefined when none was free until `until`; fails when all of
 * them are kept for good.
 */
export function* claim(
  candidates: readonly Candidate[],
  priority = 0,
  until: Micros = Number.POSITIVE_INFINITY,
): Task<string | undefined> {
  const reply = (yield { kind: 'claim', candidates, priority, until }) as string | Vain;
  if (typeof reply === 'string') return reply === '' ? undefined : reply;
  const { resource, keeper } = reply;
  const message = `${resource} is kept by ${keeper}, which was left as it is; clear it and start anew`;
  throw new PhaseFailure(resource, { code: 'INTERLOCK', message });
}

export function* release(resource: string): Task<void> {
  yield { kind: 'release', resource };
}

/** Waits until operations of some devices have ended or alarms have changed; names the devices. */
export function* waitChange(until: Micros = Number.POSITIVE_INFINITY): Task<readonly string[]> {
  return (yield { kind: 'waitChange', until }) as readonly string[];
}

/** Runs tasks side by side and returns their outcomes in order; the first failure is thrown. */
export function* all<T>(tasks: readonly Task<T>[]): Task<readonly T[]> {
  return (yield { kind: 'all', tasks }) as readonly T[];
}

function refusalOf(device: string, end: OperationEnd): Refusal {
  switch (end.state) {
    case 'timeout':
      return { code: 'MALFUNCTION', message: `${device} did not end its operation in time` };
    case 'superseded':
      return {
        code: 'ABORTED',
        message: `another client gave ${device} a new command before this one was seen to end`,
      };
    case 'aborted':
      return { code: 'ABORTED', message: end.message || `the operation of ${device} was aborted` };
    default:
      return { code: (end.code || 'MALFUNCTION') as ErrorCode, message: end.message };
  }
}
