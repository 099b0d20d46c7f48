import { fileURLToPath } from 'node:url';
import { readDemand, readRecipe } from '../../../src/main/control-files.ts';
import { type Production, productionFor, productionOf } from '../../../src/main/production.ts';
import { runDirect } from '../../../src/main/run/run-direct.ts';
import type { Intervention } from '../../../src/main/run/interventions.ts';
import type { Micros } from '../../../src/kernel/time.ts';
import type { RunResult } from '../../../src/main/run/run.ts';
import type { JournalEntry } from '../../../src/control/journal.ts';
import type { Scene } from '../../../src/twin/scene/scene.ts';
import { readScene } from '../../../src/main/scene-files.ts';

interface SceneRun {
  readonly journal?: string;
  readonly batches?: number;
  readonly until?: Micros;
  readonly interventions?: readonly Intervention[];
  readonly onEntry?: (entry: JournalEntry) => void;
  /** Other values of the scene's parameters. */
  readonly set?: ReadonlyMap<string, string>;
}

/** Runs the batches of one of Doppel's own scenes to their end. */
export function runScene(
  name: string,
  recipe: string,
  seed: number,
  { batches, ...options }: SceneRun = {},
): Promise<RunResult> {
  const found = readRecipe(recipe);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  return run(name, seed, options, (scene) => productionOf(scene, found.recipe, batches));
}

/** Gives one of Doppel's own scenes the orders of one of its own demands. */
export function runDemand(
  name: string,
  demand: string,
  seed: number,
  { until, ...options }: SceneRun & { readonly until: Micros },
): Promise<RunResult> {
  const found = readDemand(demand);
  if ('problems' in found) throw new Error(JSON.stringify(found.problems));
  const recipes = new Map(
    found.demand.products.map(({ recipe }) => {
      const read = readRecipe(recipe);
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      return [recipe, read.recipe];
    }),
  );
  return run(name, seed, { ...options, until }, (scene) =>
    productionFor(scene, found.demand, recipes, seed, until),
  );
}

function run(
  name: string,
  seed: number,
  { journal, until, interventions = [], set, onEntry }: SceneRun,
  produce: (scene: Scene) => Production,
): Promise<RunResult> {
  const file = fileURLToPath(new URL(`../../../scenes/${name}.yaml`, import.meta.url));
  const read = readScene(file, set === undefined ? {} : { set });
  if ('problems' in read || read.text === undefined) throw new Error(JSON.stringify(read));
  return runDirect({
    scene: read.scene,
    sceneFile: file,
    sceneText: read.text,
    seed,
    mode: { kind: 'max' },
    production: produce(read.scene),
    until,
    interventions,
    signal: new AbortController().signal,
    journal,
    ...(onEntry === undefined ? {} : { onEntry }),
    onProgress: () => undefined,
  });
}
