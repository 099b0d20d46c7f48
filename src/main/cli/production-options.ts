import { type Command, Option } from 'commander';
import type { Recipe } from '../../control/recipe/schema.ts';
import { MICROS_PER_DAY, type Micros } from '../../kernel/time.ts';
import type { Scene } from '../../twin/scene/scene.ts';
import { readDemand } from '../control-files.ts';
import { batchLabels, type Production, productionFor, productionOf } from '../production.ts';
import { CliError } from './exit-codes.ts';
import { invalid, recipeOption, wholeNumber } from './options.ts';

/** Most batches of one recipe, and the time for which a demand is drawn where no end is given. */
const MOST_BATCHES = 1000;
const HORIZON: Micros = 365 * MICROS_PER_DAY;

export interface ProductionOptions {
  readonly batches?: string;
  readonly demand?: string;
}

/** Adds the options that say what is to be made beside the recipe. */
export function addProductionOptions(command: Command): Command {
  return command
    .addOption(new Option('--batches <n>', 'so many batches of the recipe, ordered at once'))
    .addOption(
      new Option('--demand <demand>', 'name or path of a demand: orders of several products'),
    );
}

/**
 * What is to be made; undefined when the recipe is `none` and no demand is given.
 *
 * @param recipe name or path; undefined when none was given and the default does
 * @param until end of the orders
 */
export function productionOption(
  scene: Scene,
  sceneFile: string,
  recipe: string | undefined,
  { batches, demand }: ProductionOptions,
  seed: number,
  until: Micros = HORIZON,
): Production | undefined {
  if (demand !== undefined) {
    if (recipe !== undefined || batches !== undefined) {
      const other = recipe === undefined ? '--batches' : 'a recipe';
      throw new CliError(`--demand ${demand}: it names its recipes itself; leave out ${other}`);
    }
    return demanded(scene, demand, seed, until);
  }
  const known = recipeOption(recipe ?? 'car-t')?.recipe;
  if (known === undefined) {
    if (batches === undefined) return undefined;
    throw new CliError(`--batches ${batches}: name a recipe that they are made by`);
  }
  if (batches === undefined) {
    if (batchLabels(scene).length > 0) return productionOf(scene, known);
    throw new CliError(
      `${sceneFile}: no vessel is labelled with a batch; say how many with --batches, or give a --demand`,
    );
  }
  const count = wholeNumber('--batches', batches, MOST_BATCHES);
  if (count === 0) throw new CliError('--batches 0: make at least one');
  return productionOf(scene, known, count);
}

function demanded(scene: Scene, nameOrPath: string, seed: number, until: Micros): Production {
  const read = readDemand(nameOrPath);
  if (!('demand' in read)) throw invalid(read.problems);
  const recipes = new Map<string, Recipe>();
  for (const { recipe } of read.demand.products) {
    const found = recipeOption(recipe)?.recipe;
    if (found === undefined) throw new CliError(`--demand ${nameOrPath}: "none" is no recipe`);
    recipes.set(recipe, found);
  }
  return productionFor(scene, read.demand, recipes, seed, until);
}

/** The options as they were given, to be typed again. */
export function productionWords(
  recipe: string | undefined,
  { batches, demand }: ProductionOptions,
): string {
  if (demand !== undefined) return `--demand ${demand}`;
  const words = recipe === undefined ? [] : ['--recipe', recipe];
  return [...words, ...(batches === undefined ? [] : ['--batches', batches])].join(' ');
}
