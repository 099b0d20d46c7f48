import { isoFromMicros, type Micros } from '../kernel/time.ts';
import type { Twin } from './twin.ts';
import type { LoggedCommand } from './twin-state.ts';

/** Commands at the end of the log that a failure keeps; scene, seed and these mostly tell the story. */
const KEPT_COMMANDS = 200;

/** What is known about a twin whose invariant broke: plain data, for a file. */
export interface TwinFailure {
  readonly scene: string;
  readonly seed: number;
  /** Simulated time [ticks], and as a UTC instant. */
  readonly time: Micros;
  readonly instant: string;
  readonly error: { readonly name: string; readonly message: string; readonly stack: string };
  /** Empty when the state cannot even be hashed. */
  readonly stateHash: string;
  readonly commandCount: number;
  readonly lastCommands: readonly LoggedCommand[];
}

/** Describes a failure without changing the twin and without failing itself. */
export function describeFailure(twin: Twin, cause: unknown): TwinFailure {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  const { name, message, stack = '' } = error;
  return {
    scene: twin.scene.name,
    seed: twin.seed,
    time: twin.now,
    instant: isoFromMicros(twin.scene.epochUnixMicros, twin.now),
    error: { name, message, stack },
    stateHash: hashOf(twin),
    commandCount: twin.log.length,
    lastCommands: twin.log.slice(-KEPT_COMMANDS),
  };
}

function hashOf(twin: Twin): string {
  try {
    return twin.stateHash();
  } catch {
    return '';
  }
}
