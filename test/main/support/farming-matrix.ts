import { readFileSync } from 'node:fs';
import { readScene } from '../../../src/main/scene-files.ts';
import type { Scene } from '../../../src/twin/scene/scene.ts';

const FILE = 'scenes/farming-matrix.yaml';

/** The farming matrix with other values of its parameters. */
export function farmingMatrix(set: ReadonlyMap<string, string> = new Map()): Scene {
  const result = readScene(FILE, { set });
  if (!('scene' in result)) throw new Error(JSON.stringify(result.problems, null, 1));
  return result.scene;
}

/** Values of the command that the head of the scene gives for 400 modules and 1 000 cassettes. */
export function largeValues(): ReadonlyMap<string, string> {
  const [head = ''] = readFileSync(FILE, 'utf8').split('\nparameters:');
  return new Map(
    [...head.matchAll(/--set (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
}
