import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type DemandResult, loadDemand } from '../control/orders/load-demand.ts';
import { loadRecipe, type RecipeResult } from '../control/recipe/load-recipe.ts';
import type { LocatedProblem } from '../control/recipe/located-yaml.ts';

/** A kind of file of which some come with Doppel. */
interface Kind {
  readonly title: string;
  readonly folder: string;
}

const RECIPES: Kind = { title: 'recipe', folder: own('recipes') };
const DEMANDS: Kind = { title: 'demand', folder: own('demands') };

function own(folder: string): string {
  return fileURLToPath(new URL(`../control/${folder}/`, import.meta.url));
}

/** Names of the recipes that come with Doppel. */
export function recipeNames(): readonly string[] {
  return namesIn(RECIPES);
}

/** Names of the demands that come with Doppel. */
export function demandNames(): readonly string[] {
  return namesIn(DEMANDS);
}

/** Reads and checks a recipe, given by the name of one that comes with Doppel or by a path. */
export function readRecipe(nameOrPath: string): RecipeResult & { readonly text?: string } {
  return readOwn(RECIPES, nameOrPath, loadRecipe);
}

/** Reads and checks a demand, given by the name of one that comes with Doppel or by a path. */
export function readDemand(nameOrPath: string): DemandResult & { readonly text?: string } {
  return readOwn(DEMANDS, nameOrPath, loadDemand);
}

function namesIn({ folder }: Kind): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

function readOwn<R>(
  kind: Kind,
  nameOrPath: string,
  load: (text: string, file: string) => R,
): (R | { readonly problems: readonly LocatedProblem[] }) & { readonly text?: string } {
  const known = `${kind.folder}${nameOrPath}.yaml`;
  const isName = /^[a-z0-9-]+$/.test(nameOrPath) && existsSync(known);
  const file = isName ? known : nameOrPath;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `the ${kind.title} cannot be read: ${reason}`;
    const remedy = `Give the path of a ${kind.title} file or one of: ${namesIn(kind).join(', ')}.`;
    return { problems: [{ file, line: 0, path: '', message, remedy }] };
  }
  return { ...load(text, file), text };
}
