/**
 * Snapshots of the enclosed plant on day 7 of a batch: saving and restoring in memory and in a file, and
 * whether a thousand of them leave anything behind. Peer: the platform's own copy of the same state.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readRecipe } from '../src/main/control-files.ts';
import { buildTwin } from '../src/main/plant-assembly.ts';
import { productionOf } from '../src/main/production.ts';
import { runDirect } from '../src/main/run/run-direct.ts';
import { readScene } from '../src/main/scene-files.ts';
import { readSnapshot, writeSnapshot } from '../src/main/snapshots/snapshot-file.ts';
import { MICROS_PER_DAY } from '../src/kernel/time.ts';

const SCENE = fileURLToPath(new URL('../scenes/enclosed-plant.yaml', import.meta.url));
const DAY = 7;
const TIMES = 31;
const MANY = 1000;

/** Median time of some work [ms]. */
function median(work: () => unknown, times = TIMES): number {
  const taken: number[] = [];
  for (let i = 0; i < times; i++) {
    const from = performance.now();
    work();
    taken.push(performance.now() - from);
  }
  return taken.sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0;
}

const folder = mkdtempSync(join(tmpdir(), 'doppel-bench-'));
const path = join(folder, 'day.snapshot');
const read = readScene(SCENE);
const recipe = readRecipe('car-t');
if (!('scene' in read) || !('recipe' in recipe)) throw new Error('scene or recipe is broken');
const time = DAY * MICROS_PER_DAY;
await runDirect({
  scene: read.scene,
  sceneFile: SCENE,
  sceneText: read.text ?? '',
  seed: 1,
  mode: { kind: 'max' },
  production: productionOf(read.scene, recipe.recipe),
  until: time + 1,
  saves: [{ time, path }],
  signal: new AbortController().signal,
  journal: undefined,
  onProgress: () => {},
});
const snapshot = readSnapshot(path);
const twin = buildTwin(read.scene, snapshot.seed);
twin.restore(snapshot.state);
const save = median(() => twin.save());
const peer = median(() => structuredClone(snapshot.state));
const heap = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed / 1e6;
};
const before = heap();
for (let i = 0; i < MANY; i++) twin.restore(twin.save());
const grown = heap() - before;
console.table({
  [`enclosed plant, day ${DAY}`]: `${snapshot.state.plant.vessels.size} vessels, ${snapshot.state.log.length} commands`,
  'save in memory': `${save.toFixed(1)} ms`,
  'peer: structuredClone': `${peer.toFixed(1)} ms, ratio ${(save / peer).toFixed(2)}`,
  'restore from memory': `${median(() => twin.restore(snapshot.state)).toFixed(1)} ms`,
  'write file': `${median(() => writeSnapshot(path, { ...snapshot, state: twin.save() })).toFixed(1)} ms`,
  'read file and restore': `${median(() => twin.restore(readSnapshot(path).state)).toFixed(1)} ms`,
  'size of the file': `${(statSync(path).size / 1e6).toFixed(2)} MB`,
  [`heap after ${MANY} saves and restores`]: `${grown >= 0 ? '+' : ''}${grown.toFixed(1)} MB`,
});
rmSync(folder, { recursive: true });
