import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadRecipe, type RecipeResult } from '../control/recipe/load-recipe.ts';

/** Folder of the recipes that come with Doppel. */
const RECIPES_FOLDER = fileURLToPath(new URL('../control/recipes/', import.meta.url));

/** Names of the recipes that come with Doppel. */
export function recipeNames(): readonly string[] {
  return readdirSync(RECIPES_FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** Reads and checks a recipe, given by the name of one that comes with Doppel or by a path. */
export function readRecipe(nameOrPath: string): RecipeResult & { readonly text?: string } {
  const own = `${RECIPES_FOLDER}${nameOrPath}.yaml`;
  const isName = /^[a-z0-9-]+$/.test(nameOrPath) && existsSync(own);
  const file = isName ? own : nameOrPath;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const remedy = `Give the path of a recipe file or one of: ${recipeNames().join(', ')}.`;
    return {
      problems: [
        { file, line: 0, path: '', message: `the recipe cannot be read: ${message}`, remedy },
      ],
    };
  }
  return { ...loadRecipe(text, file), text };
}
