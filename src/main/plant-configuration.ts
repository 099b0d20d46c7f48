import type { PlantConfiguration } from '../control/realisation/realise.ts';
import type { Recipe } from '../control/recipe/schema.ts';
import type { Scene } from '../twin/scene/scene.ts';

/** Patient batches of a scene: the labels on its vessels, each once, in the order of the scene. */
export function batchLabels(scene: Scene): readonly string[] {
  return [...new Set(scene.vessels.map(({ batch }) => batch).filter((batch) => batch !== ''))];
}

/** What the control software is told of a scene. */
export function plantConfiguration(scene: Scene, { product }: Recipe): PlantConfiguration {
  return {
    batches: batchLabels(scene).map((id) => ({ id, product, ...materialOf(scene, id) })),
    vessels: Object.fromEntries([
      ...scene.vessels.map(({ id, place }) => [id, place] as const),
      ...bodies(scene),
    ]),
  };
}

/** Vessel that brings the material of a batch; without one, it is received from outside. */
function materialOf({ vessels }: Scene, batch: string): { readonly material?: string } {
  const found = vessels.find((vessel) => vessel.batch === batch && vessel.fill !== undefined);
  return found === undefined ? {} : { material: found.id };
}

/** Bodies of the movable devices, with the places in which they stand. */
function bodies({ devices }: Scene): readonly (readonly [body: string, place: string])[] {
  return devices.flatMap(({ id, definition, config, in: place }) => {
    const body = definition.body?.(config);
    return body === undefined || place === undefined ? [] : [[`${id}.${body}`, place] as const];
  });
}
