import { readFileSync } from 'node:fs';
import { buildTwin } from '../../../src/main/plant-assembly.ts';
import { parseScene } from '../../../src/main/scene-files.ts';
import type { Twin } from '../../../src/twin/twin.ts';

/** Text of the scene. */
export const EXPANSION_SUITE = readFileSync(
  new URL('../../../scenes/expansion-suite.yaml', import.meta.url),
  'utf8',
);

/** A twin of the expansion suite at time zero. */
export function expansionSuite(seed: number): Twin {
  const loaded = parseScene(EXPANSION_SUITE, 'expansion-suite.yaml');
  if (!('scene' in loaded)) throw new Error('the scene is broken');
  return buildTwin(loaded.scene, seed);
}
