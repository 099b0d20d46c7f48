import type { BatchProgress, BatchStep } from '../kernel/bridge-contract.ts';
import { MICROS_PER_HOUR, type Micros } from '../kernel/time.ts';
import type { JournalEntry } from './journal.ts';
import { gatherLots } from './lots.ts';
import type { Order } from './phase.ts';
import type { Recipe, RecipeStep } from './recipe/schema.ts';

/** Largest share that a running step shows: it may take longer than usual. */
const NEARLY_DONE = 0.95;

interface Standing {
  readonly steps: Map<number, { readonly start: Micros; end?: Micros }>;
  phase: string | undefined;
  finished: Extract<JournalEntry, { type: 'batch.finished' }> | undefined;
}

/** Recipe by which a product is made. */
export function recipeOf(recipes: readonly Recipe[], product: string): Recipe | undefined {
  return recipes.find((recipe) => recipe.product === product);
}

/** Where batches stand, by what their record says. */
export class BatchStandings {
  private readonly recipes: readonly Recipe[];
  private readonly batches: readonly Order[];
  private readonly standings = new Map<string, Standing>();

  constructor(recipes: readonly Recipe[], batches: readonly Order[]) {
    this.recipes = recipes;
    this.batches = batches;
    for (const { id } of batches) {
      this.standings.set(id, { steps: new Map(), phase: undefined, finished: undefined });
    }
  }

  /** Takes in the next entry of the record. */
  follow(entry: JournalEntry): void {
    const standing = this.standings.get(entry.batch);
    if (standing === undefined) return;
    const { type } = entry;
    if (type === 'step.started') standing.steps.set(entry.step, { start: entry.time });
    else if (type === 'phase.started') standing.phase = entry.phase;
    else if (type === 'step.finished') {
      const step = standing.steps.get(entry.step);
      if (step !== undefined) step.end = entry.time;
    } else if (type === 'batch.finished') {
      standing.phase = undefined;
      standing.finished = entry;
    }
  }

  /**
   * Lots that have come in, in the order of their orders.
   *
   * @param time simulated time now, for how far a running step is
   */
  progress(time: Micros): readonly BatchProgress[] {
    const present = this.batches.filter(({ start = 0 }) => start <= time);
    const parts = present.map(({ id, product, start, transport }): BatchProgress => {
      const standing = this.standings.get(id);
      const finished = standing?.finished;
      return {
        id,
        product,
        ...(start === undefined ? {} : { ordered: start }),
        ...(transport === undefined ? {} : { transport }),
        outcome: finished?.outcome ?? 'running',
        ...(finished?.outcome === 'failed' ? { reason: finished.reason } : {}),
        ...(standing?.phase === undefined ? {} : { phase: standing.phase }),
        steps: (recipeOf(this.recipes, product)?.steps ?? []).map((step) =>
          stepProgress(step, standing, time),
        ),
      };
    });
    return gatherLots(parts);
  }
}

function stepProgress(
  { step, name, expected }: RecipeStep,
  standing: Standing | undefined,
  time: Micros,
): BatchStep {
  const { start, end } = standing?.steps.get(step) ?? {};
  const finished = standing?.finished;
  if (start === undefined) {
    return { step, name, state: finished === undefined ? 'waiting' : 'skipped' };
  }
  if (end !== undefined) return { step, name, state: 'completed', start, end };
  if (finished !== undefined) return { step, name, state: 'failed', start, end: finished.time };
  const progress = Math.min(NEARLY_DONE, (time - start) / (expected * MICROS_PER_HOUR));
  return { step, name, state: 'running', start, progress: Math.max(0, progress) };
}

/** Share of a batch that is done, 0 to 1, by the usual durations of its steps. */
export function shareDone(recipes: readonly Recipe[], batch: BatchProgress): number {
  if (batch.outcome !== 'running') return 1;
  const steps = recipeOf(recipes, batch.product)?.steps ?? [];
  let done = 0;
  let whole = 0;
  steps.forEach(({ expected }, i) => {
    const step = batch.steps[i];
    whole += expected;
    done += expected * (step?.state === 'completed' ? 1 : (step?.progress ?? 0));
  });
  return whole === 0 ? 0 : done / whole;
}
