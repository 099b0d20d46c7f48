import { fileURLToPath } from 'node:url';
import { readRecipe } from '../../../src/main/control-files.ts';
import { productionOf } from '../../../src/main/production.ts';
import { runDirect } from '../../../src/main/run/run-direct.ts';
import type { Intervention } from '../../../src/main/run/interventions.ts';
import type { Micros } from '../../../src/kernel/time.ts';
import type { RunResult } from '../../../src/main/run/run.ts';
import { readScene } from '../../../src/main/scene-files.ts';

interface SceneRun {
  readonly journal?: string;
  readonly batches?: number;
  readonly until?: Micros;
  readonly interventions?: readonly Intervention[];
  /** Other values of the scene's parameters. */
  readonly set?: ReadonlyMap<string, string>;
}

/** Runs the batches of one of Doppel's own scenes to their end. */
export function runScene(
  name: string,
  recipe: string,
  seed: number,
  { journal, batches, until, interventions = [], set }: SceneRun = {},
): Promise<RunResult> {
  const file = fileURLToPath(new URL(`../../../scenes/${name}.yaml`, import.meta.url));
  const read = readScene(file, set === undefined ? {} : { set });
  if ('problems' in read || read.text === undefined) throw new Error(JSON.stringify(read));
  const found = readRecipe(recipe);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return runDirect({
    scene: read.scene,
    sceneFile: file,
    sceneText: read.text,
    seed,
    mode: { kind: 'max' },
    production: productionOf(read.scene, found.recipe, batches),
    until,
    interventions,
    signal: new AbortController().signal,
    journal,
    onProgress: () => undefined,
  });
}
