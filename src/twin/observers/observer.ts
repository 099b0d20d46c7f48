import type { Micros } from '../../kernel/time.ts';
import type { Aspect } from '../revisions.ts';
import type { Twin } from '../twin.ts';

/** A rule found broken. */
export interface Finding {
  /** What it is about, for telling one breach from another: the same subject is reported once. */
  readonly subject: string;
  readonly place: string;
  readonly batch: string;
  /** Names what to look at. */
  readonly cause: string;
}

/**
 * Watches one rule of the plant, whatever the control software does. Twin and memory are all it
 * knows: the memory is plain data and part of the twin's state.
 */
export interface Observer<Memory = unknown> {
  readonly name: string;
  /** Parts of the plant whose change may break or mend the rule. */
  readonly watches: readonly Aspect[];
  /** Longest time between two looks, for rules about what changes continuously [ticks]. */
  readonly period?: Micros;
  /** When it wants to look although nothing changes, after a look at `t`; Infinity when it need not. */
  due?(memory: Memory, t: Micros): Micros;
  /** Memory of a plant at time zero. */
  readonly memory?: () => Memory;
  /** Lists what is wrong now; each finding is reported when it begins. */
  find(twin: Twin, t: Micros, memory: Memory): readonly Finding[];
}
