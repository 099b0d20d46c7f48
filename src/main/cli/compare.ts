import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { UnsuitablePlantError } from '../../control/realisation/realise.ts';
import { MICROS_PER_DAY, type Micros } from '../../kernel/time.ts';
import { type Comparison, type PlantRun, resultOf } from '../compare/comparison.ts';
import { comparisonReport, verdict } from '../compare/report.ts';
import { runDirect } from '../run/run-direct.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { sceneArgument, seedOption, wholeNumber } from './options.ts';
import {
  addProductionOptions,
  type ProductionOptions,
  productionOption,
} from './production-options.ts';

interface Options extends ProductionOptions {
  readonly recipe?: string;
  readonly days: string;
  readonly seed: string;
  readonly json?: boolean;
  readonly report?: string;
}

/** Longest comparison [d]. */
const MOST_DAYS = 3650;

/** `doppel compare <sceneA> <sceneB>`: the same orders, seed and days through two plants. */
export function compareCommand(program: Command, done: (exitCode: number) => void): void {
  const command = program
    .command('compare')
    .description('run two plants for the same time on the same orders and compare them')
    .argument('<sceneA>', 'path of a scene file')
    .argument('<sceneB>', 'path of another one')
    .option('--recipe <recipe>', 'name or path of a recipe (default: car-t)');
  addProductionOptions(command)
    .option('--days <n>', 'simulated days', '30')
    .option('--seed <n>', 'seed of all chance', '1')
    .option('--json', 'print one JSON object')
    .option('--report <file>', 'write the comparison as a page that needs nothing else')
    .action(async (a: string, b: string, options: Options) => {
      const seed = seedOption(options.seed);
      const days = wholeNumber('--days', options.days, MOST_DAYS);
      if (days === 0) throw new CliError('--days 0: compare at least one day');
      const made: { readonly title: string; readonly run: PlantRun }[] = [];
      for (const path of [a, b]) made.push(await runPlant(path, options, seed, days));
      const comparison: Comparison = {
        days,
        seed,
        demand: [...new Set(made.map(({ title }) => title))].join(' and '),
        plants: made.map(({ run }) => resultOf(run)),
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
  options: Options,
  seed: number,
  days: number,
): Promise<{ readonly title: string; readonly run: PlantRun }> {
  const { scene, text } = sceneArgument(path, new Map());
  const until: Micros = days * MICROS_PER_DAY;
  const production = productionOption(scene, path, options.recipe, options, seed, until);
  if (production === undefined) {
    throw new CliError('--recipe none: there is nothing to compare');
  }
  try {
    const result = await runDirect({
      scene,
      sceneFile: path,
      sceneText: text,
      seed,
      mode: { kind: 'max' },
      production,
      until,
      signal: new AbortController().signal,
      journal: undefined,
      onProgress: () => undefined,
    });
    return { title: production.title, run: { scene, ...result } };
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
