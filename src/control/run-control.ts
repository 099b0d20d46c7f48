import type { BatchProgress } from '../kernel/bridge-contract.ts';
import type { PlantClient, PlantDescription } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import { batchTask } from './batch.ts';
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
 * Makes every batch that is ordered by the recipe of its product and tells what became of each.
 * Throws UnsuitablePlantError when the plant lacks what a recipe needs, and whatever the client throws
 * when the plant is lost.
 */
export async function runControl(options: ControlOptions): Promise<readonly BatchProgress[]> {
  const { client, recipes, plantConfiguration, journal } = options;
  const { batches, vessels } = plantConfiguration;
  const plant = await client.describe();
  const bindings = bindRecipes(recipes, plant, plantConfiguration, options.realisations);
  const histories = historiesOf(journal.entries());
  const made: Scheduled[] = batches.map((order) => {
    const { realised, offer } = bindings.get(order.product) as Binding;
    const history = histories.get(order.id) ?? historyOf([]);
    const { library, abandon } = offer;
    return {
      batch: order.id,
      start: order.start ?? 0,
      task: batchTask({
        ...{ order, realised, library, plant, vessels, history },
        ...(abandon === undefined ? {} : { abandon }),
      }),
    };
  });
  const offers = new Set([...bindings.values()].map(({ offer }) => offer));
  const services = [...offers].flatMap((offer) =>
    [...(offer.services?.(plant) ?? [])].map(([batch, task]) => ({ batch, task, isService: true })),
  );
  // Services come first: they see what has changed before a batch decides by it.
  await runTasks(client, journal, [...services, ...made], options.until);
  const board = new BatchStandings(recipes, batches);
  for (const entry of journal.entries()) board.follow(entry);
  return board.progress(await client.now());
}

interface Binding {
  readonly realised: RealisedRecipe;
  readonly offer: RealisationOffer;
}

/**
 * Binds the recipe of each product that is ordered to the plant.
 *
 * @throws UnsuitablePlantError when there is no recipe, or the plant lacks what one needs
 */
export function bindRecipes(
  recipes: readonly Recipe[],
  plant: PlantDescription,
  configuration: PlantConfiguration,
  offers: readonly RealisationOffer[] = ownRealisations(),
): ReadonlyMap<string, Binding> {
  const products = [...new Set(configuration.batches.map(({ product }) => product))];
  return new Map(
    products.map((product) => {
      const recipe = recipeOf(recipes, product);
      if (recipe === undefined) {
        const known = recipes.map((r) => r.product).join(', ');
        throw new UnsuitablePlantError([`there is no recipe for ${product}; known: ${known}`]);
      }
      return [product, realise(recipe, offers, plant, configuration)];
    }),
  );
}
