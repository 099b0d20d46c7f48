/**
 * The default farming matrix under its control software: 60 days with 24 batches of three products at a
 * time, on one core. CPU times, so that a busy machine changes little. The peer is the same batches one
 * by one, each alone in the laboratory.
 */
import { fileURLToPath } from 'node:url';
import type { Order } from '../src/control/phase.ts';
import type { Recipe } from '../src/control/recipe/schema.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR } from '../src/kernel/time.ts';
import { readRecipe } from '../src/main/control-files.ts';
import { type Production, productionOf } from '../src/main/production.ts';
import { runDirect } from '../src/main/run/run-direct.ts';
import type { RunResult } from '../src/main/run/run.ts';
import { readScene } from '../src/main/scene-files.ts';
import { throughputOf } from '../src/main/statistics/throughput.ts';
import type { Scene } from '../src/twin/scene/scene.ts';
import { timed } from './support/measure.ts';

const DAYS = 60;
const AT_ONCE = 24;
/** A batch takes about two weeks, so orders at this distance keep that many under way. */
const BATCH_HOURS = 13.5 * 24;
const RECIPES = ['car-t', 'car-t-transposon', 'car-nk'];

function recipeOf(name: string): Recipe {
  const read = readRecipe(name);
  if (!('recipe' in read)) throw new Error(`recipe ${name} is broken`);
  return read.recipe;
}

function sceneOf(name: string): { readonly scene: Scene; readonly file: string } {
  const file = fileURLToPath(new URL(`../scenes/${name}.yaml`, import.meta.url));
  const read = readScene(file);
  if (!('scene' in read)) throw new Error(`scene ${name} is broken`);
  return { scene: read.scene, file };
}

function run(name: string, production: (scene: Scene) => Production): Promise<RunResult> {
  const { scene, file } = sceneOf(name);
  return runDirect({
    scene,
    sceneFile: file,
    sceneText: '',
    seed: 1,
    mode: { kind: 'max' },
    production: production(scene),
    until: DAYS * MICROS_PER_DAY,
    signal: new AbortController().signal,
    journal: undefined,
    onProgress: () => undefined,
  });
}

/** Orders of all products in turn, as far apart as keeps the wanted number under way. */
function steadyOrders(scene: Scene, recipes: readonly Recipe[]): Production {
  const [first] = recipes;
  if (first === undefined) throw new Error('no recipes');
  const { configuration } = productionOf(scene, first, 1);
  const distance = (BATCH_HOURS / AT_ONCE) * MICROS_PER_HOUR;
  const count = Math.floor((DAYS * MICROS_PER_DAY) / distance);
  const batches = Array.from({ length: count }, (_, i): Order => {
    const product = recipes[i % recipes.length]?.product ?? first.product;
    return { id: `B-${String(i + 1).padStart(3, '0')}`, product, start: Math.round(i * distance) };
  });
  return { title: 'steady', recipes, configuration: { ...configuration, batches } };
}

const recipes = RECIPES.map(recipeOf);
const matrix = await timed(() => run('farming-matrix', (scene) => steadyOrders(scene, recipes)));
const alone = await timed(() =>
  run('modular-lab', (scene) => productionOf(scene, recipeOf('car-t'))),
);
const { report, batches, violations } = matrix.result;
const { completed, failed, mostAtOnce } = throughputOf(batches, report.time);
const batchDays = batches.reduce((sum, { steps }) => {
  const start = steps[0]?.start;
  const end = steps.at(-1)?.end ?? report.time;
  return start === undefined ? sum : sum + (end - start) / MICROS_PER_DAY;
}, 0);
const peerDays = alone.result.report.time / MICROS_PER_DAY;
console.table({
  [`${DAYS} days of the farming matrix`]: `${matrix.cpu.toFixed(1)} s CPU, ${matrix.wall.toFixed(1)} s`,
  batches: `${completed} complete, ${failed} failed, at most ${mostAtOnce} at once`,
  'a batch-day': `${((1000 * matrix.cpu) / batchDays).toFixed(1)} ms`,
  'peer: a batch-day alone in the laboratory': `${((1000 * alone.cpu) / peerDays).toFixed(1)} ms`,
  ratio: (matrix.cpu / batchDays / (alone.cpu / peerDays)).toFixed(2),
  'largest memory': `${(process.resourceUsage().maxRSS / 1e3).toFixed(0)} MB`,
  'rules broken': String(violations.length),
  'mass balance off by': report.worstRelativeError.toExponential(1),
});
