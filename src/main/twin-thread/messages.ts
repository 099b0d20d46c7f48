import type { Check } from '../../kernel/check.ts';
import type { Condition } from '../../kernel/condition.ts';
import type { Refusal } from '../../kernel/error-catalogue.ts';
import type {
  CommandOutcome,
  PlannedCommand,
  PlanState,
  PlantCommand,
  PlantDescription,
  PlantEvent,
  SignalPath,
  Value,
} from '../../kernel/plant-contract.ts';
import type { Result } from '../../kernel/result.ts';
import type { Micros } from '../../kernel/time.ts';
import type { SceneChange, ViewFrame, ViewScene } from '../../kernel/view-contract.ts';
import type { Occasion } from '../../twin/plans.ts';
import type { Disturbed } from '../../twin/twin.ts';
import type { TwinState } from '../../twin/twin-state.ts';
import type { TwinReport } from '../twin-report.ts';
import type { TimeMode, TimeStatus } from './time-control.ts';
import type { Findings, TrialOptions } from './trial.ts';

/** What the twin's thread is started with. */
export interface TwinThreadOptions extends TrialOptions {
  readonly sceneFile: string;
  readonly sceneText: string;
  readonly seed: number;
  readonly mode: TimeMode;
  readonly running: boolean;
  /** State from which it goes on; at time zero when absent. */
  readonly state?: TwinState;
  /** File for a recording from time zero. */
  readonly record?: string;
}

/** What an advance came to. */
export interface Advance {
  readonly time: Micros;
  /** Whether it stopped because an operation ended or an alarm was raised. */
  readonly decisive: boolean;
}

/** What ends an advance before its time. */
export interface Stops {
  /** An operation that ends, an alarm that changes. */
  readonly decisive: boolean;
  readonly conditions: readonly Condition[];
}

/** What an advance in lockstep, or a run up to a goal, came to. */
export interface Reached extends Advance {
  /** Which of the conditions hold. */
  readonly met: readonly boolean[];
  /** Whether the twin is in lockstep; where it is not, nobody can grant time. */
  readonly lockstep: boolean;
}

/** What is really so in a plant. */
export interface Truth extends Disturbed {
  /** By path, in the declared unit; signals that the plant does not have are left out. */
  readonly values: Readonly<Record<SignalPath, Value>>;
}

/** Host to twin. Requests carry an id and are answered in order. */
export type ToTwin =
  | {
      readonly type: 'execute';
      readonly id: number;
      readonly command: PlantCommand;
    }
  /** Lockstep: lets time pass at once. */
  | { readonly type: 'advance'; readonly id: number; readonly until: Micros; readonly stops: Stops }
  /** Ends an advance that is under way where it is. */
  | { readonly type: 'interrupt' }
  /** Otherwise: runs at the pace of the mode, then freezes. */
  | {
      readonly type: 'run-until';
      readonly id: number;
      readonly until: Micros;
      readonly stops: Stops;
    }
  | { readonly type: 'step'; readonly id: number }
  | {
      readonly type: 'set-time';
      readonly id: number;
      readonly mode: TimeMode | undefined;
      readonly running: boolean;
    }
  | { readonly type: 'report'; readonly id: number }
  /** Writes the present moment into a snapshot file. */
  | { readonly type: 'save'; readonly id: number; readonly path: string }
  | { readonly type: 'state'; readonly id: number }
  /** Takes the twin back to a time, or to the moment in a snapshot file. */
  | { readonly type: 'restore'; readonly id: number; readonly to: Micros | string }
  | { readonly type: 'history'; readonly id: number }
  | {
      readonly type: 'plan';
      readonly id: number;
      readonly command: PlannedCommand;
      readonly occasion: Occasion;
      readonly lasts: Micros | undefined;
    }
  | { readonly type: 'plans'; readonly id: number }
  | { readonly type: 'cancel-plan'; readonly id: number; readonly plan: number }
  | { readonly type: 'truth'; readonly id: number; readonly signals: readonly SignalPath[] }
  | { readonly type: 'observe'; readonly id: number; readonly check: Check }
  /** From now on broken rules of the plant are failures, but those of these observers. */
  | { readonly type: 'mind-rules'; readonly allowed: readonly string[] }
  | { readonly type: 'findings'; readonly id: number; readonly isOver: boolean }
  /** Keeps this moment as that of a failure, unless there was one before. */
  | { readonly type: 'failed' }
  /** Ends the recording; nothing is asked of the twin afterwards. */
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'frames'; readonly wanted: boolean }
  | { readonly type: 'frame-taken' };

/** Twin to host. `failed`: an invariant broke, and the twin stands still for good. */
export type FromTwin =
  | { readonly type: 'failed'; readonly message: string }
  | {
      readonly type: 'ready';
      readonly description: PlantDescription;
      readonly view: ViewScene;
      readonly table: SharedArrayBuffer;
      readonly status: TimeStatus;
    }
  | {
      readonly type: 'outcome';
      readonly id: number;
      readonly outcome: CommandOutcome;
    }
  | { readonly type: 'reached'; readonly id: number; readonly reached: Reached }
  | { readonly type: 'report'; readonly id: number; readonly report: TwinReport }
  /** `error` is empty when the file was written. */
  | { readonly type: 'saved'; readonly id: number; readonly error: string }
  | { readonly type: 'state'; readonly id: number; readonly state: TwinState }
  /** `error` is empty when the twin stands there. */
  | { readonly type: 'restored'; readonly id: number; readonly error: string }
  | { readonly type: 'history'; readonly id: number; readonly times: readonly Micros[] }
  | { readonly type: 'planned'; readonly id: number; readonly planned: Result<number, Refusal> }
  | { readonly type: 'plans'; readonly id: number; readonly plans: readonly PlanState[] }
  | { readonly type: 'truth'; readonly id: number; readonly truth: Truth }
  | { readonly type: 'observed'; readonly id: number }
  | { readonly type: 'findings'; readonly id: number; readonly findings: Findings }
  | { readonly type: 'plan-cancelled'; readonly id: number; readonly found: boolean }
  | { readonly type: 'time-set'; readonly id: number; readonly status: TimeStatus }
  | { readonly type: 'ended'; readonly id: number }
  | { readonly type: 'events'; readonly events: readonly PlantEvent[] }
  | { readonly type: 'time'; readonly status: TimeStatus }
  | { readonly type: 'scene-change'; readonly change: SceneChange }
  | { readonly type: 'frame'; readonly frame: ViewFrame };
