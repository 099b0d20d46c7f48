import type {
  CommandOutcome,
  PlantCommand,
  PlantDescription,
  PlantEvent,
  Quality,
  Value,
} from '../../../kernel/plant-contract.ts';
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
  /**
   * Lockstep only: grants time until `until`, an operation's end or a change of an alarm, whichever is
   * first, and answers with the time reached.
   */
  advance?(until: Micros): Promise<Micros>;
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
