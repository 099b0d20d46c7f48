import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { isMap, parseDocument } from 'yaml';
import { openStream } from '../../src/kernel/random.ts';
import { readRecipe } from '../../src/main/control-files.ts';
import { productionOf } from '../../src/main/production.ts';
import { runDirect } from '../../src/main/run/run-direct.ts';
import { parseScene } from '../../src/main/scene-files.ts';
import type { RunSummary } from '../../src/main/cli/run-output.ts';
import { doppel } from './support/cli.ts';

const SEED = 1;
const FILE = 'scenes/enclosed-plant.yaml';
const TEXT = readFileSync(fileURLToPath(new URL(`../../${FILE}`, import.meta.url)), 'utf8');

/** State in which a whole batch ends. */
async function batch(text: string): Promise<string> {
  const parsed = parseScene(text, FILE);
  const read = readRecipe('car-t');
  if (!('scene' in parsed) || !('recipe' in read)) throw new Error('scene or recipe is broken');
  const { report, batches } = await runDirect({
    ...{ scene: parsed.scene, sceneFile: FILE, sceneText: text, seed: SEED, journal: undefined },
    ...{ mode: { kind: 'max' }, until: undefined, signal: new AbortController().signal },
    production: productionOf(parsed.scene, read.recipe, 1),
    onProgress: () => {},
  });
  expect(batches.map(({ outcome }) => outcome)).toEqual(['complete']);
  return report.stateHash;
}

async function run(...options: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await doppel('run', FILE, '--json', ...options);
  expect(code, stderr).toBe(0);
  return (JSON.parse(stdout) as RunSummary).stateHash;
}

/** The scene with its devices in another order. */
function shuffled(seed: number): string {
  const document = parseDocument(TEXT);
  const devices = document.get('devices');
  if (!isMap(devices)) throw new Error('the scene has no devices');
  const chance = openStream(seed, 'test', 'order');
  const keyed = devices.items.map((item) => ({ item, key: chance.uniform() }));
  devices.items = keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
  return document.toString();
}

describe('a whole batch in the enclosed plant ends in the same state', () => {
  let hash = '';
  beforeAll(async () => {
    hash = await batch(TEXT);
  }, 60_000);

  it('when it is run again', async () => {
    expect(await batch(TEXT)).toBe(hash);
  }, 60_000);

  it.each([11, 12])(
    'whatever the order in which the scene names its devices (order %i)',
    async (order) => {
      const text = shuffled(order);
      expect(text).not.toBe(TEXT);
      expect(await batch(text)).toBe(hash);
    },
    60_000,
  );

  it.each(['lockstep', '250000', '500000', '1000000'])(
    'with time %s',
    async (mode) => {
      expect(await run('--time', mode)).toBe(hash);
    },
    60_000,
  );

  it('over OPC UA in lockstep, with two twins at once in threads of their own', async () => {
    const served = () => run('--via', 'opcua', '--time', 'lockstep');
    expect(await Promise.all([served(), served()])).toEqual([hash, hash]);
  }, 180_000);
});
