import type { BatchProgress } from '../kernel/bridge-contract.ts';
import type { PlantClient, PlantDescription } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import { Outlook } from './outlook.ts';
import { batchTask, refuseBatch } from './batch.ts';
import { BatchStandings, recipeOf } from './batch-standings.ts';
import { historiesOf, historyOf } from './history.ts';
import type { JournalStore } from './journal.ts';
import { ownRealisations } from './realisation/own-realisations.ts';
import {
  type PlantConfiguration,
  realise,
  type RealisationOffer,
  type RealisedRecipe,
  UnsuitablePlantError,
} from './realisation/realise.ts';
import type { Recipe } from './recipe/schema.ts';
import { runTasks, type Scheduled } from './scheduler.ts';

export interface ControlOptions {
  readonly client: PlantClient;
  /** One for each product that is ordered. */
  readonly recipes: readonly Recipe[];
  readonly plantConfiguration: PlantConfiguration;
  /** Batch record; one that has entries already is continued. */
  readonly journal: JournalStore;
  /** Simulated time at which control ends although batches still run. */
  readonly until?: Micros;
  /** How plants do the functions of recipes, in the order in which they are tried. */
  readonly realisations?: readonly RealisationOffer[];
}

/**
 * Makes every batch that is ordered by the recipe of its product and tells what became of each; one that
 * the plant cannot make fails when it comes in. Throws UnsuitablePlantError when the plant can make none
 * of the products, and whatever the client throws when the plant is lost.
 */
export async function runControl(options: ControlOptions): Promise<readonly BatchProgress[]> {
  const { client, recipes, plantConfiguration, journal } = options;
  const { batches, vessels } = plantConfiguration;
  const plant = await client.describe();
  const bindings = bindRecipes(recipes, plant, plantConfiguration, options.realisations);
  const histories = historiesOf(journal.entries());
  const outlook = new Outlook();
  const made: Scheduled[] = batches.map((order) => {
    const history = histories.get(order.id) ?? historyOf([]);
    const start = order.start ?? 0;
    const binding = bindings.get(order.product);
    if (binding === undefined || 'lacks' in binding) {
      const task = refuseBatch(order, history, binding?.lacks ?? []);
      return { batch: order.id, start, task };
    }
    const { realised, offer } = binding;
    const { library, abandon } = offer;
    return {
      batch: order.id,
      start,
      task: batchTask({
        ...{ order, realised, library, plant, vessels, history, outlook },
        ...(abandon === undefined ? {} : { abandon }),
      }),
    };
  });
  const offers = new Map<RealisationOffer, RealisedRecipe[]>();
  for (const binding of bindings.values()) {
    if (!('offer' in binding)) continue;
    const { offer, realised } = binding;
    offers.set(offer, [...(offers.get(offer) ?? []), realised]);
  }
  const services = [...offers].flatMap(([offer, realised]) =>
    [...(offer.services?.(plant, realised) ?? [])].map(([batch, task]) => ({
      ...{ batch, task, isService: true },
    })),
  );
  // Services come first: they see what has changed before a batch decides by it.
  await runTasks(client, journal, [...services, ...made], options.until);
  const board = new BatchStandings(recipes, batches);
  for (const entry of journal.entries()) board.follow(entry);
  return board.progress(await client.now());
}

/** How the plant makes a product, or what it lacks for that. */
type Binding =
  | { readonly realised: RealisedRecipe; readonly offer: RealisationOffer }
  | { readonly lacks: readonly string[] };

/**
 * Binds the recipe of each product that is ordered to the plant.
 *
 * @throws UnsuitablePlantError when a product has no recipe, or the plant can make none of them
 */
export function bindRecipes(
  recipes: readonly Recipe[],
  plant: PlantDescription,
  configuration: PlantConfiguration,
  offers: readonly RealisationOffer[] = ownRealisations(),
): ReadonlyMap<string, Binding> {
  const products = [...new Set(configuration.batches.map(({ product }) => product))];
  const bindings = new Map<string, Binding>();
  let unsuitable: UnsuitablePlantError | undefined;
  for (const product of products) {
    const recipe = recipeOf(recipes, product);
    if (recipe === undefined) {
      const known = recipes.map((r) => r.product).join(', ');
      throw new UnsuitablePlantError([`there is no recipe for ${product}; known: ${known}`]);
    }
    try {
      bindings.set(product, realise(recipe, offers, plant, configuration));
    } catch (error) {
      if (!(error instanceof UnsuitablePlantError)) throw error;
      unsuitable ??= error;
      bindings.set(product, { lacks: error.problems });
    }
  }
  const isUseless = [...bindings.values()].every((binding) => 'lacks' in binding);
  if (unsuitable !== undefined && isUseless) throw unsuitable;
  return bindings;
}
