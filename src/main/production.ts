import { recipeOf } from '../control/batch-standings.ts';
import { batchLabel, drawOrders } from '../control/orders/draw-orders.ts';
import type { Demand } from '../control/orders/schema.ts';
import type { Order } from '../control/phase.ts';
import type { PlantConfiguration } from '../control/realisation/realise.ts';
import type { Recipe } from '../control/recipe/schema.ts';
import { sublotLabel } from '../kernel/batch-label.ts';
import type { Micros } from '../kernel/time.ts';
import type { Scene } from '../twin/scene/scene.ts';

/** What a plant is to make: recipes by product, and what the control software is told of plant and orders. */
export interface Production {
  readonly title: string;
  readonly recipes: readonly Recipe[];
  readonly configuration: PlantConfiguration;
}

/** Label of batches beyond those of the scene. */
const LABEL = 'P';

/** Patient batches of a scene: the labels on its vessels, each once, in the order of the scene. */
export function batchLabels(scene: Scene): readonly string[] {
  return [...new Set(scene.vessels.map(({ batch }) => batch).filter((batch) => batch !== ''))];
}

/**
 * A number of batches by one recipe, all ordered at time zero: first those whose labels stand on
 * vessels of the scene, then more.
 *
 * @param count as many as the scene has labels for when absent
 */
export function productionOf(scene: Scene, recipe: Recipe, count?: number): Production {
  const labels = batchLabels(scene);
  const ids = labels.slice(0, count);
  for (let number = 1; ids.length < (count ?? 0); number++) {
    const label = batchLabel(LABEL, number);
    if (!labels.includes(label)) ids.push(label);
  }
  const { product } = recipe;
  const title = `${ids.length} ${ids.length === 1 ? 'batch' : 'batches'} of ${recipe.name}`;
  return production(
    scene,
    title,
    [recipe],
    ids.map((id) => ({ id, product })),
  );
}

/**
 * The orders of a demand until a time. A batch whose label stands on vessels of the scene is made of
 * what is in them.
 *
 * @param recipes by the names or paths that the demand gives
 */
export function productionFor(
  scene: Scene,
  demand: Demand,
  recipes: ReadonlyMap<string, Recipe>,
  seed: number,
  until: Micros,
): Production {
  const products = new Map([...recipes].map(([name, { product }]) => [name, product]));
  const orders = drawOrders(demand, products, seed, until);
  return production(scene, `demand ${demand.name}`, [...recipes.values()], orders);
}

function production(
  scene: Scene,
  title: string,
  recipes: readonly Recipe[],
  orders: readonly Order[],
): Production {
  return {
    title,
    recipes,
    configuration: {
      batches: orders
        .map((order) => ({ ...order, ...materialOf(scene, order.id) }))
        .flatMap((order) => sublotsOf(order, recipes)),
      vessels: Object.fromEntries([
        ...scene.vessels.map(({ id, place }) => [id, place] as const),
        ...bodies(scene),
      ]),
    },
  };
}

/** Parts of an order that are made each on its own; what is in the plant already is not divided. */
function sublotsOf(order: Order, recipes: readonly Recipe[]): readonly Order[] {
  const count = recipeOf(recipes, order.product)?.sublots ?? 1;
  if (count === 1 || order.material !== undefined) return [order];
  return Array.from({ length: count }, (_, i) => ({ ...order, id: sublotLabel(order.id, i + 1) }));
}

/** Vessel that brings the material of a batch from time zero; without one, it comes from outside. */
function materialOf({ vessels }: Scene, batch: string): Pick<Order, 'material' | 'start'> {
  const found = vessels.find((vessel) => vessel.batch === batch && vessel.fill !== undefined);
  return found === undefined ? {} : { material: found.id, start: 0 };
}

/** Bodies of the movable devices, with the places in which they stand. */
function bodies({ devices }: Scene): readonly (readonly [body: string, place: string])[] {
  return devices.flatMap(({ id, definition, config, in: place }) => {
    const body = definition.body?.(config);
    return body === undefined || place === undefined ? [] : [[`${id}.${body}`, place] as const];
  });
}
