import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { UnsuitablePlantError } from '../../control/realisation/realise.ts';
import type { Recipe } from '../../control/recipe/schema.ts';
import type { Micros } from '../../kernel/time.ts';
import { type Comparison, type PlantRun, resultOf } from '../compare/comparison.ts';
import { comparisonReport, verdict } from '../compare/report.ts';
import { runDirect } from '../run/run-direct.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { recipeOption, sceneArgument, seedOption, wholeNumber } from './options.ts';

interface Options {
  readonly recipe: string;
  readonly days: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly report?: string;
}

/** Longest comparison [d]. */
const MOST_DAYS = 3650;
const MICROS_PER_DAY = 86_400e6;

/** `doppel compare <sceneA> <sceneB>`: the same recipe, seed and days through two plants. */
export function compareCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('compare')
    .description('run the batches of two scenes for the same time and compare the plants')
    .argument('<sceneA>', 'path of a scene file')
    .argument('<sceneB>', 'path of another one')
    .option('--recipe <recipe>', 'name or path of a recipe', 'car-t')
    .option('--days <n>', 'simulated days', '30')
    .option('--seed <n>', 'seed of all chance', '1')
    .option('--json', 'print one JSON object')
    .option('--report <file>', 'write the comparison as a page that needs nothing else')
    .action(async (a: string, b: string, options: Options) => {
      const seed = seedOption(options.seed);
      const days = wholeNumber('--days', options.days, MOST_DAYS);
      if (days === 0) throw new CliError('--days 0: compare at least one day');
      const recipe = recipeOption(options.recipe)?.recipe;
      if (recipe === undefined) throw new CliError('--recipe none: there is nothing to compare');
      const runs: PlantRun[] = [];
      for (const path of [a, b]) runs.push(await runPlant(path, recipe, seed, days));
      const comparison: Comparison = {
        days,
        seed,
        demand: `the batches of the scenes, recipe ${recipe.name}`,
        plants: runs.map(resultOf),
      };
      if (options.report !== undefined) writeReport(options.report, comparison);
      process.stdout.write(
        options.json === true
          ? `${JSON.stringify(comparison)}\n`
          : `${verdict(comparison.plants)}\n`,
      );
      const isBad = comparison.plants.some(({ violations }) => Object.keys(violations).length > 0);
      done(isBad ? EXIT.failed : EXIT.ok);
    });
}

async function runPlant(
  path: string,
  recipe: Recipe,
  seed: number,
  days: number,
): Promise<PlantRun> {
  const { scene, text } = sceneArgument(path, new Map());
  const until: Micros = days * MICROS_PER_DAY;
  try {
    const result = await runDirect({
      scene,
      sceneFile: path,
      sceneText: text,
      seed,
      mode: { kind: 'max' },
      recipe,
      until,
      signal: new AbortController().signal,
      journal: undefined,
      onProgress: () => undefined,
    });
    return { scene, ...result };
  } catch (error) {
    if (error instanceof UnsuitablePlantError) throw new CliError(`${path}: ${error.message}`);
    throw error;
  }
}

function writeReport(file: string, comparison: Comparison): void {
  try {
    writeFileSync(file, comparisonReport(comparison));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CliError(`--report ${file}: cannot be written (${why}); name another file`);
  }
}
