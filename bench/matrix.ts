/**
 * The farming matrix of 400 modules: 1 000 perfused cultures on one core, what a culture costs with 10
 * to 1 000 of them, and the twin at `realtime`. CPU times, so that a busy machine changes little.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { beginCulture } from '../src/bio-models/culture/culture.ts';
import { donorTraits } from '../src/bio-models/donors.ts';
import { SPECIES_COUNT } from '../src/bio-models/species.ts';
import { fillWith } from '../src/bio-models/starting-materials.ts';
import { buildTwin } from '../src/main/plant-assembly.ts';
import { readScene } from '../src/main/scene-files.ts';
import { startTwin } from '../src/main/twin-thread/twin-handle.ts';
import { SignalPublisher } from '../src/twin/signal-publisher.ts';
import { SignalTable, signalRows } from '../src/twin/signal-table.ts';
import { farmingMatrix, largeValues } from '../test/main/support/farming-matrix.ts';
import type { MatrixDays } from './matrix-cultures.ts';
import { growCultures } from './support/matrix-cultures.ts';
import { load, percent, timed } from './support/measure.ts';

const SCENE = fileURLToPath(new URL('../scenes/farming-matrix.yaml', import.meta.url));
const CASSETTES = [10, 30, 100, 300, 1000];
const DAYS = 30;
const REALTIME_SECONDS = 10;
const PEER_CULTURES = 2000;
/** Pulses of perfusion in a day, after each of which a culture is another initial-value problem. */
const PULSES = 6;

async function runDays(cassettes: number, days: number): Promise<MatrixDays> {
  const child = fork(new URL('./matrix-cultures.ts', import.meta.url), [
    String(cassettes),
    String(days),
  ]);
  const exit = once(child, 'exit');
  const told = await Promise.race([once(child, 'message'), exit.then(() => undefined)]);
  await exit;
  if (told === undefined) throw new Error(`${cassettes} cassettes: no result`);
  return told[0] as MatrixDays;
}

/** Peer of a cassette-day: the equations of the same culture alone, in pieces between pulses. CPU [s]. */
async function solveCulture(): Promise<number> {
  const donor = donorTraits(1, 'P-1');
  const gas = { kLa: 8 / 3600, oxygenFraction: 0.2, co2Fraction: 0.05, pressure: 101_325 };
  const environment = { ambientTemperature: 310.15, heatTransfer: 3, gas };
  const out = new Float64Array(SPECIES_COUNT);
  const { cpu } = await timed(() => {
    for (let i = 0; i < PEER_CULTURES; i++) {
      let amounts = fillWith('transduced-cells', 4e-4, 1, 'P-1');
      for (let pulse = 0; pulse < PULSES; pulse++) {
        beginCulture(donor, environment, amounts, 310.15).at((24 * 3600) / PULSES, out);
        amounts = out.slice();
      }
    }
  });
  return cpu / PEER_CULTURES;
}

async function benchCultures(): Promise<void> {
  const peer = await solveCulture();
  const rows: Record<string, Record<string, string>> = {};
  let largest: MatrixDays | undefined;
  for (const cassettes of CASSETTES) {
    const run = await runDays(cassettes, DAYS);
    const each = run.cpu / DAYS / cassettes;
    rows[`${cassettes} cassettes`] = {
      'CPU per cassette-day': `${(1000 * each).toFixed(2)} ms`,
      'to its equations alone': (each / peer).toFixed(2),
      'days per second': (DAYS / run.cpu).toFixed(2),
      memory: `${(run.memory / 1e6).toFixed(0)} MB`,
    };
    if (cassettes === Math.max(...CASSETTES)) largest = run;
  }
  console.table(rows);
  if (largest === undefined) return;
  console.table({
    [`${largest.modules} modules, ${Math.max(...CASSETTES)} cassettes`]: `${(DAYS / largest.cpu).toFixed(2)} days per second of one core`,
    [`${DAYS} days`]: `${largest.cpu.toFixed(0)} s`,
    'build, fill, connect': `${largest.setUpCpu.toFixed(1)} s`,
    'largest memory': `${(largest.memory / 1e6).toFixed(0)} MB`,
    'peer: equations of a culture-day': `${(peer * 1000).toFixed(2)} ms`,
    'mass balance off by': largest.imbalance.toExponential(1),
  });
}

/** Share of a core that the signals of 1 000 cultures take at `realtime`. */
async function benchSignals(): Promise<void> {
  const twin = buildTwin(farmingMatrix(largeValues()), 1);
  growCultures(twin, Math.max(...CASSETTES)).advance(24);
  const table = new SignalTable(signalRows(twin.describe()));
  const publisher = new SignalPublisher(twin, table);
  publisher.publish();
  const play = async (publish: () => void): Promise<number> => {
    const { cpu } = await timed(() => {
      for (let i = 0; i < REALTIME_SECONDS * 20; i++) {
        twin.advanceTo(twin.now + 50_000);
        publish();
      }
    });
    return cpu / REALTIME_SECONDS;
  };
  const moved = await play(() => undefined);
  const published = await play(() => publisher.publish());
  const all = await timed(() => {
    for (const { device, signal } of table.rows) twin.read(device, signal);
  });
  console.table({
    [`${table.rows.length} signals, 20 times a second`]: percent(published),
    'peer: time passes, nothing is published': percent(moved),
    'peer: every signal read each time': percent(all.cpu * 20),
  });
}

async function benchRealtime(): Promise<void> {
  const read = readScene(SCENE, { set: largeValues() });
  const twin = await startTwin({
    sceneFile: SCENE,
    sceneText: read.text ?? '',
    seed: 1,
    mode: { kind: 'scaled', factor: 1 },
    running: true,
  });
  await load(3);
  const running = await load(REALTIME_SECONDS);
  await twin.setTime(undefined, false);
  await load(1);
  const frozen = await load(REALTIME_SECONDS);
  console.table({
    [`${twin.description.devices.length} devices at realtime`]: percent(running),
    'peer: frozen': percent(frozen),
  });
  await twin.close();
}

await benchCultures();
await benchSignals();
await benchRealtime();
