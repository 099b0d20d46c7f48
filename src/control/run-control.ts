import type { PlantClient } from '../kernel/plant-contract.ts';
import { isoFromMicros } from '../kernel/time.ts';
import { batchTask, type BatchOutcome } from './batch.ts';
import { bindEquipment, type PlantConfiguration } from './equipment.ts';
import { historyOf } from './history.ts';
import type { JournalStore } from './journal.ts';
import { PHASE_LIBRARY } from './phase-library.ts';
import type { PhaseDefinition } from './phase.ts';
import type { Recipe } from './recipe/schema.ts';
import type { BatchProgress, BatchReport } from './report.ts';
import { runTasks } from './scheduler.ts';

export interface ControlOptions {
  readonly client: PlantClient;
  readonly recipe: Recipe;
  readonly plantConfiguration: PlantConfiguration;
  /** Batch record; one that has entries already is continued. */
  readonly journal: JournalStore;
  readonly onProgress?: (progress: BatchProgress) => void;
  readonly library?: ReadonlyMap<string, PhaseDefinition>;
}

/**
 * Runs the recipe for every batch and reports what became of each. Throws UnsuitablePlantError when
 * the plant lacks what the recipe needs, and whatever the client throws when the plant is lost.
 */
export async function runControl(options: ControlOptions): Promise<readonly BatchReport[]> {
  const { client, recipe, plantConfiguration, journal } = options;
  const library = options.library ?? PHASE_LIBRARY;
  const plant = await client.describe();
  const equipment = bindEquipment(plant, recipe, library, plantConfiguration);
  const outcomes = await runTasks(
    client,
    journal,
    plantConfiguration.batches.map(({ id, product }) => ({
      batch: id,
      task: batchTask({
        id,
        product,
        recipe,
        library,
        plant,
        equipment,
        vessels: plantConfiguration.vessels,
        history: historyOf(journal.entries(), id),
        onProgress: options.onProgress ?? (() => {}),
      }),
    })),
  );
  return plantConfiguration.batches.map(({ id, product }, i) =>
    reportOf(id, product, recipe, plant.epochUnixMicros, outcomes[i] as BatchOutcome),
  );
}

function reportOf(
  id: string,
  product: string,
  recipe: Recipe,
  epoch: number,
  { outcome, reason, steps, facts }: BatchOutcome,
): BatchReport {
  const number = (name: string): number => {
    const value = facts[name];
    return typeof value === 'number' ? value : 0;
  };
  return {
    id,
    product,
    outcome,
    ...(outcome === 'failed' ? { reason } : {}),
    steps: [...steps].map(([step, { start, end }]) => ({
      step,
      name: recipe.steps.find((s) => s.step === step)?.name ?? '',
      start: isoFromMicros(epoch, start),
      end: isoFromMicros(epoch, end ?? start),
    })),
    final: {
      viableCells: number('finalViableCells'),
      viability: number('finalViability'),
      carPositive: number('finalCarPositive'),
      volumeMl: number('finalVolumeMl'),
    },
  };
}
