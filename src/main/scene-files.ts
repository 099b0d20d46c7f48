import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadScene, type SceneContext, type SceneResult } from '../twin/scene/load-scene.ts';
import { overrideParameters } from '../twin/scene/template/override-parameters.ts';
import { deviceDefinitions } from './device-registry.ts';
import { FILL_NAMES } from '../bio-models/starting-materials.ts';

/** Folder of the scenes that come with Doppel. */
export const SCENES_FOLDER = fileURLToPath(new URL('../../scenes/', import.meta.url));

/** How thoroughly a scene is checked. */
type Thoroughness = Pick<SceneContext, 'reach'>;

export interface ReadOptions extends Thoroughness {
  /** Other values for parameters of the scene, by name, as a person writes them. */
  readonly set?: ReadonlyMap<string, string>;
}

/**
 * Reads and checks a scene file. A file that cannot be read is a problem like any other. The text that
 * is given back has the values that were set, so that it says the same to whoever parses it again.
 */
export function readScene(
  path: string,
  { set = new Map(), ...thoroughness }: ReadOptions = {},
): SceneResult & { readonly text?: string } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return {
      problems: [
        {
          file: path,
          line: 0,
          path: '',
          message: `the file cannot be read: ${message}`,
          remedy: 'Check the path; "doppel list" shows the scenes that exist.',
        },
      ],
    };
  }
  const changed = overrideParameters(text, path, set);
  if ('problems' in changed) return changed;
  return { ...parseScene(changed.text, path, thoroughness), text: changed.text };
}

/** Checks the text of a scene file against the device types and liquids of this build. */
export function parseScene(
  text: string,
  file: string,
  thoroughness: Thoroughness = {},
): SceneResult {
  return loadScene(text, file, {
    definitions: deviceDefinitions(),
    liquids: new Set(FILL_NAMES),
    ...thoroughness,
  });
}
