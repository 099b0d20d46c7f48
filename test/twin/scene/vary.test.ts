import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildTwin } from '../../../src/main/plant-assembly.ts';
import { parseScene } from '../../../src/main/scene-files.ts';
import type { Scene } from '../../../src/twin/scene/scene.ts';
import { vary } from '../../../src/twin/scene/vary.ts';

const FILE = new URL('../../../scenes/enclosed-plant.yaml', import.meta.url);
const TEXT = readFileSync(FILE, 'utf8');

function sceneWith(variation: string): Scene {
  const loaded = parseScene(
    TEXT.replace('variation: =variation', `variation: ${variation}`),
    'x.yaml',
  );
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems));
  return loaded.scene;
}

const configOf = ({ devices }: Scene, id: string): Readonly<Record<string, unknown>> =>
  devices.find((device) => device.id === id)?.config ?? {};

describe('a scene whose durations vary', () => {
  it('has each drawn around what it says, by seed and device, and nothing else', () => {
    const scene = sceneWith('20 %');
    const draws = Array.from({ length: 400 }, (_, seed) => configOf(vary(scene, seed), 'decapper'));
    const plain = configOf(scene, 'decapper');
    const logs = draws.map(({ turnTime }) => Math.log(Number(turnTime) / Number(plain.turnTime)));
    const mean = logs.reduce((sum, x) => sum + x, 0) / logs.length;
    const deviation = Math.sqrt(logs.reduce((sum, x) => sum + (x - mean) ** 2, 0) / logs.length);
    // Log-normal of coefficient of variation 0.2: sigma 0.198; four standard errors of 400 draws.
    const sigma = Math.sqrt(Math.log(1.04));
    expect(Math.abs(mean)).toBeLessThan((4 * sigma) / 20);
    expect(Math.abs(deviation - sigma)).toBeLessThan((4 * sigma) / Math.sqrt(800));
    expect(
      draws.every(
        ({ magazine, jamRate }) => magazine === plain.magazine && jamRate === plain.jamRate,
      ),
    ).toBe(true);
    expect(vary(scene, 7)).toEqual(vary(scene, 7));
    const lids = configOf(vary(scene, 7), 'centrifuge').lidTime;
    expect(Number(lids) / Number(configOf(scene, 'centrifuge').lidTime)).not.toBeCloseTo(
      Number(draws[7]?.turnTime) / Number(plain.turnTime),
    );
  });

  it('is as it was without variation', () => {
    const scene = sceneWith('0 %');
    expect(vary(scene, 3)).toBe(scene);
    expect(buildTwin(scene, 3).stateHash()).not.toBe(buildTwin(sceneWith('20 %'), 3).stateHash());
  });
});
