import type { Check, Verdict } from '../../kernel/check.ts';
import type { PlannedCommand } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import type { Coverage } from '../../twin/coverage.ts';
import type { Occasion } from '../../twin/plans.ts';
import type { ControlText, Expectation } from './schema.ts';

/** Something that is done to the plant, as planned. */
export interface Disturbance {
  /** As it stands in the file, for messages. */
  readonly text: string;
  readonly command: PlannedCommand;
  readonly occasion: Occasion;
  /** For good when absent. */
  readonly lasts?: Micros;
}

/** One scenario with one seed: plain data, so that any process can run it. */
export interface Case {
  readonly suite: string;
  readonly scenario: string;
  readonly title: string;
  /** File of the suite. */
  readonly file: string;
  readonly seed: number;
  /** Path of a scene or snapshot. */
  readonly scene: string;
  readonly set: readonly (readonly [name: string, value: string])[];
  readonly control: ControlText;
  readonly until?: Micros;
  /** Longest run [s of wall clock]. */
  readonly timeout: number;
  readonly disturbances: readonly Disturbance[];
  readonly checks: readonly Check[];
  readonly expect: Expectation;
  /** Anything goes, as long as the plant stays sound and the run ends. */
  readonly chaos?: boolean;
}

/** Something that was not as it should be. */
export interface CaseProblem {
  readonly name: string;
  readonly cause: string;
  /** Simulated time at which it was seen. */
  readonly time?: Micros;
}

export interface CaseResult {
  readonly suite: string;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  /** `error`: it could not be run to its end. */
  readonly outcome: 'passed' | 'failed' | 'error';
  readonly problems: readonly CaseProblem[];
  readonly verdicts: readonly Verdict[];
  readonly batches: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly reason?: string;
  }[];
  readonly simulatedSeconds: number;
  readonly wallSeconds: number;
  readonly stateHash: string;
  /** Worst relative error of the mass balance. */
  readonly worstRelativeError: number;
  readonly coverage: Coverage;
  /** What a failed case leaves: paths by what they are. */
  readonly files: Readonly<Record<string, string>>;
  /** Opens the plant in the app at the moment of the failure. */
  readonly reopen?: string;
}

/** `suite/scenario`, and the seed where it is not the usual one. */
export function titleOf({
  suite,
  scenario,
  seed,
}: Pick<Case, 'suite' | 'scenario' | 'seed'>): string {
  return `${suite}/${scenario}${seed === 1 ? '' : ` seed ${seed}`}`;
}
