import type { BenchPort } from '../../../kernel/bench-contract.ts';
import type { Refusal } from '../../../kernel/error-catalogue.ts';
import type {
  CommandOutcome,
  PlantCommand,
  PlantDescription,
  PlantEvent,
  Quality,
  Value,
} from '../../../kernel/plant-contract.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Micros } from '../../../kernel/time.ts';

/**
 * What the OPC UA server needs of a running plant. Signals are indexed device by device in the
 * order of the description: each device's declared signals, then the {@link STANDING_SIGNALS}.
 */
export interface PlantPort {
  readonly description: PlantDescription;
  readonly signalCount: number;
  /** Rises whenever any signal changes; equal counters mean that nothing has changed. */
  readonly changeCounter: number;
  /** Value in the declared unit; enums by name. */
  readValue(index: number): Value;
  readTime(index: number): Micros;
  readQuality(index: number): Quality;
  /** Rises with every change of a signal's value or quality. */
  readVersion(index: number): number;
  submit(command: PlantCommand): Promise<CommandOutcome>;
  onEvent(listener: (event: PlantEvent) => void): void;
  now(): Micros;
  /** How time passes at present, as shown to clients: realtime, a factor such as x60, max or lockstep. */
  mode(): string;
  /**
   * Grants time until `until`, an operation's end or a change of an alarm, whichever is first, and answers with
   * the time reached; refuses when the plant is not in lockstep.
   *
   * @param caller who grants; several may hold the clock
   */
  advance(until: Micros, caller: string): Promise<Result<Micros, Refusal>>;
  /** What else clients can do to the plant from outside; absent where nobody may. */
  readonly bench?: BenchPort;
}

/** Signals that every device has after its declared ones, in the order of the signal table. */
export const STANDING_SIGNALS = [
  'state',
  'operationId',
  'operationCommand',
  'operationState',
  'operationError',
  'operationMessage',
  'operationResult',
] as const;
export type StandingSignal = (typeof STANDING_SIGNALS)[number];
