import type { BatchProgress } from '../kernel/bridge-contract.ts';
import type { PlantClient } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import { batchTask } from './batch.ts';
import { BatchStandings } from './batch-standings.ts';
import { historiesOf, historyOf } from './history.ts';
import type { JournalStore } from './journal.ts';
import { ownRealisations } from './realisation/own-realisations.ts';
import { type PlantConfiguration, realise, type RealisationOffer } from './realisation/realise.ts';
import type { Recipe } from './recipe/schema.ts';
import { runTasks } from './scheduler.ts';

export interface ControlOptions {
  readonly client: PlantClient;
  readonly recipe: Recipe;
  readonly plantConfiguration: PlantConfiguration;
  /** Batch record; one that has entries already is continued. */
  readonly journal: JournalStore;
  /** Simulated time at which control ends although batches still run. */
  readonly until?: Micros;
  /** How plants do the functions of recipes, in the order in which they are tried. */
  readonly realisations?: readonly RealisationOffer[];
}

/**
 * Runs the recipe for every batch and tells what became of each. Throws UnsuitablePlantError when
 * the plant lacks what the recipe needs, and whatever the client throws when the plant is lost.
 */
export async function runControl(options: ControlOptions): Promise<readonly BatchProgress[]> {
  const { client, recipe, plantConfiguration, journal } = options;
  const { batches, vessels } = plantConfiguration;
  const offers = options.realisations ?? ownRealisations();
  const plant = await client.describe();
  const { library, ...realised } = realise(recipe, offers, plant, plantConfiguration);
  const histories = historiesOf(journal.entries());
  await runTasks(
    client,
    journal,
    batches.map(({ id, product }) => ({
      batch: id,
      task: batchTask({
        id,
        product,
        realised,
        library,
        plant,
        vessels,
        history: histories.get(id) ?? historyOf([]),
      }),
    })),
    options.until,
  );
  const board = new BatchStandings(recipe, batches);
  for (const entry of journal.entries()) board.follow(entry);
  return board.progress(await client.now());
}
