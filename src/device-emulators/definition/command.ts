import type { ErrorCode } from '../../kernel/error-catalogue.ts';
import type { Field } from './fields.ts';

/** Parameters as the device receives them: numbers in SI, names as text. */
export type CommandParameters = Readonly<Record<string, number | boolean | string>>;

export interface CommandDeclaration {
  readonly title: string;
  readonly description: string;
  readonly parameters: Readonly<Record<string, Field>>;
  /** Refusals and failures it can end in, besides the general ones (unknown, parameter, busy, state). */
  readonly errors: readonly ErrorCode[];
  /**
   * `instant`: done when accepted. `timed`: becomes an operation that completes or fails later.
   * `abort`: ends the running operation.
   */
  readonly execution: 'instant' | 'timed' | 'abort';
  readonly functionalUnit?: string;
  /** Works by hand, so without power and in a device that has broken down. */
  readonly emergency?: true;
}

export interface AlarmDeclaration {
  readonly title: string;
  readonly priority: 'critical' | 'high' | 'medium' | 'low';
  /** Stays active until reset even when its cause is gone. */
  readonly latching: boolean;
  /** Whether it tells of a moving part that touched something. */
  readonly collision?: boolean;
  readonly cause: string;
  /** What an operator should do. */
  readonly action: string;
}
