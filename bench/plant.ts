/**
 * The enclosed plant without a client: a whole batch at full speed, the twin alone at `realtime`, and
 * start to ready of a served plant. CPU times, so that a busy machine changes little.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { productionOf } from '../src/main/production.ts';
import { readRecipe } from '../src/main/control-files.ts';
import { runDirect } from '../src/main/run/run-direct.ts';
import { readScene } from '../src/main/scene-files.ts';
import { startTwin } from '../src/main/twin-thread/twin-handle.ts';
import { serveHost } from '../scripts/serve-host.ts';
import { load, passEvents, percent, timed } from './support/measure.ts';

const SCENE = fileURLToPath(new URL('../scenes/enclosed-plant.yaml', import.meta.url));
const REALTIME_SECONDS = 10;
const STARTS = 3;
const QUEUE_EVENTS = 1_000_000;

async function benchBatch(): Promise<void> {
  const read = readScene(SCENE);
  const recipe = readRecipe('car-t');
  if (!('scene' in read) || !('recipe' in recipe)) throw new Error('scene or recipe is broken');
  const batch = await timed(() =>
    runDirect({
      scene: read.scene,
      sceneFile: SCENE,
      sceneText: read.text ?? '',
      seed: 1,
      mode: { kind: 'max' },
      production: productionOf(read.scene, recipe.recipe),
      until: undefined,
      signal: new AbortController().signal,
      journal: undefined,
      onProgress: () => {},
    }),
  );
  const simulated = batch.result.report.time / 1e6;
  const queue = await timed(() => passEvents(QUEUE_EVENTS));
  console.table({
    'batch, direct': `${batch.result.batches[0]?.outcome}, ${(simulated / 86_400).toFixed(2)} d`,
    'CPU, wall': `${batch.cpu.toFixed(1)} s, ${batch.wall.toFixed(1)} s`,
    'speed per core': `x${Math.round(simulated / batch.cpu)}`,
    'speed by the wall clock': `x${Math.round(simulated / batch.wall)}`,
    'same CPU passes bare events': `${((batch.cpu / queue.cpu) * (QUEUE_EVENTS / 1e6)).toFixed(1)} million`,
  });
}

async function benchRealtime(): Promise<void> {
  const twin = await startTwin({
    sceneFile: SCENE,
    sceneText: readFileSync(SCENE, 'utf8'),
    seed: 1,
    mode: { kind: 'scaled', factor: 1 },
    running: true,
  });
  await load(2);
  const idle = await load(REALTIME_SECONDS);
  const reactors = twin.description.devices.filter(({ type }) => type === 'bioreactor');
  for (const [sequence, { id: device }] of reactors.entries()) {
    const common = { client: 'bench', sequence, device, parameters: {} };
    await twin.execute({ kind: 'invoke', command: 'start', ...common });
  }
  await load(1);
  const busy = await load(REALTIME_SECONDS);
  await twin.setTime(undefined, false);
  await load(1);
  const frozen = await load(REALTIME_SECONDS);
  console.table({
    'twin at realtime': percent(idle),
    [`with ${reactors.length} reactors on`]: percent(busy),
    'peer: frozen': percent(frozen),
  });
  await twin.close();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

async function benchStart(): Promise<void> {
  const served: number[] = [];
  const bare: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const from = performance.now();
    const host = await serveHost(SCENE);
    served.push(performance.now() - from);
    await host.stop();
    const bareFrom = performance.now();
    const peer = fork(new URL('./bare-opcua-server.ts', import.meta.url));
    await once(peer, 'message');
    bare.push(performance.now() - bareFrom);
    peer.disconnect();
    await once(peer, 'exit');
  }
  console.table({
    'serve, start to ready': `${median(served).toFixed(0)} ms`,
    'peer: bare server, same nodesets': `${median(bare).toFixed(0)} ms`,
    ratio: (median(served) / median(bare)).toFixed(2),
  });
}

await benchBatch();
await benchRealtime();
await benchStart();
