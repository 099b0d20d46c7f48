import type { Scene } from '../../twin/scene/scene.ts';
import { formatProblem } from '../../twin/scene/problem.ts';
import type { TwinState } from '../../twin/twin-state.ts';
import { parseScene } from '../scene-files.ts';
import { readSnapshot, SNAPSHOT_EXTENSION, SnapshotError } from '../snapshots/snapshot-file.ts';
import { CliError } from './exit-codes.ts';
import { sceneArgument, seedOption } from './options.ts';

/** A plant at the moment at which it is opened. */
export interface Opening {
  readonly scene: Scene;
  readonly sceneFile: string;
  readonly sceneText: string;
  readonly seed: number;
  /** Absent at time zero. */
  readonly state?: TwinState;
}

/** Options that a snapshot decides itself, as given on the command line. */
interface Given {
  readonly set: ReadonlyMap<string, string>;
  /** Undefined when it was not given. */
  readonly seed: string | undefined;
}

/** A scene file at time zero, or a snapshot at its moment. */
export function openingArgument(path: string, { set, seed }: Given): Opening {
  if (!path.endsWith(SNAPSHOT_EXTENSION)) {
    const { scene, text } = sceneArgument(path, set);
    return { scene, sceneFile: path, sceneText: text, seed: seedOption(seed ?? '1') };
  }
  if (set.size > 0 || seed !== undefined) {
    const option = set.size > 0 ? '--set' : '--seed';
    throw new CliError(`${option}: ${path} has parameters and seed of its own; leave it out`);
  }
  try {
    const { sceneText, sceneFile, seed: own, state } = readSnapshot(path);
    const read = parseScene(sceneText, sceneFile);
    if ('problems' in read) {
      throw new CliError(
        `${path}: its scene is wrong: ${read.problems.map(formatProblem).join('\n')}`,
      );
    }
    return { scene: read.scene, sceneFile, sceneText, seed: own, state };
  } catch (error) {
    throw error instanceof SnapshotError ? new CliError(error.message) : error;
  }
}
