import type { Scene } from '../../twin/scene/scene.ts';
import { type Opening, openingArgument } from '../cli/opening.ts';
import { productionOption } from '../cli/production-options.ts';
import type { Production } from '../production.ts';
import { SNAPSHOT_EXTENSION } from '../snapshots/snapshot-file.ts';
import type { Case } from './case.ts';
import type { ControlText } from './schema.ts';

/** Scene and seed of a case, and the state where it begins at a snapshot, which has a seed of its own. */
export function openingOf({ scene, set, seed }: Pick<Case, 'scene' | 'set' | 'seed'>): Opening {
  const own = scene.endsWith(SNAPSHOT_EXTENSION) ? undefined : String(seed);
  return openingArgument(scene, { set: new Map(set), seed: own });
}

/**
 * What the reference control software is to make; undefined when somebody else controls the plant, or nobody.
 *
 * @throws CliError when the plant, the recipe or the demand does not allow that
 */
export function productionOfCase(
  {
    scene: file,
    control,
    seed,
    until,
  }: Pick<Case, 'scene' | 'seed' | 'until'> & {
    readonly control: ControlText;
  },
  scene: Scene,
): Production | undefined {
  if (control === 'none' || 'command' in control) return undefined;
  const { recipe, batches, demand } = control;
  return productionOption(
    scene,
    file,
    recipe,
    {
      ...(batches === undefined ? {} : { batches: String(batches) }),
      ...(demand === undefined ? {} : { demand }),
    },
    seed,
    until,
  );
}
