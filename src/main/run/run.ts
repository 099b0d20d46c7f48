import type { JournalEntry } from '../../control/journal.ts';
import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import type {
  CommandOutcome,
  PlantCommand,
  PlantDescription,
  PlantEvent,
  Violation,
} from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import type { Scene } from '../../twin/scene/scene.ts';
import type { StopRule, Twin } from '../../twin/twin.ts';
import type { TwinState } from '../../twin/twin-state.ts';
import type { TimeMode } from '../twin-thread/time-control.ts';
import type { TwinReport } from '../twin-report.ts';
import type { Intervention } from './interventions.ts';
import type { Production } from '../production.ts';

/** A moment to be written into a snapshot file. */
export interface Save {
  readonly time: Micros;
  readonly path: string;
}

/** A way to a twin. */
export interface Passage {
  advanceTo(t: Micros, rule?: StopRule): Micros;
  execute(command: PlantCommand): CommandOutcome;
  /** Told of what has happened. */
  follow?(events: readonly PlantEvent[]): void;
}

/** A run from time zero under control software that holds the clock. */
export interface RunOptions {
  readonly scene: Scene;
  readonly sceneFile: string;
  readonly sceneText: string;
  readonly seed: number;
  readonly mode: TimeMode;
  /** Without one, nothing is commanded until the end. */
  readonly production: Production | undefined;
  /** Ends the run although batches still run. */
  readonly until: Micros | undefined;
  /** What is done to the plant on the way. */
  readonly interventions?: readonly Intervention[];
  /** Moments that are written into files. */
  readonly saves?: readonly Save[];
  /** File for the recording, from which the run can be replayed. */
  readonly record?: string | undefined;
  /** How the twin is advanced and given commands; as it is when absent. */
  readonly through?: (twin: Twin) => Passage;
  /** State from which the twin goes on; at time zero when absent. */
  readonly state?: TwinState;
  /** Ends the run where it is. */
  readonly signal: AbortSignal;
  /** File for the batch record, written anew. */
  readonly journal: string | undefined;
  /** Told of each entry of the batch record. */
  onEntry?(entry: JournalEntry): void;
  onProgress(time: Micros, batches: readonly BatchProgress[]): void;
}

export interface RunResult {
  readonly report: TwinReport;
  readonly violations: readonly Violation[];
  readonly batches: readonly BatchProgress[];
  readonly plant: PlantDescription;
  readonly interrupted: boolean;
}
