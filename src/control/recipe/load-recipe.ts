import { type Condition, factsOf } from './condition.ts';
import { FUNCTIONS, type FunctionDefinition } from './functions.ts';
import {
  type LocatedFile,
  type LocatedProblem,
  parseLocated,
  reportParameters,
  type YamlPath,
} from './located-yaml.ts';
import { type Recipe, type RecipeEntry, recipeSchema } from './schema.ts';

export type RecipeResult =
  | { readonly recipe: Recipe }
  | { readonly problems: readonly LocatedProblem[] };

type Functions = ReadonlyMap<string, FunctionDefinition>;

/**
 * Reads a recipe from the text of a YAML file; all problems found are reported together.
 *
 * @param functions what a recipe may consist of
 */
export function loadRecipe(
  text: string,
  file: string,
  functions: Functions = FUNCTIONS,
): RecipeResult {
  const parsed = parseLocated(text, file, recipeSchema, 'docs of the recipe format');
  if (!('data' in parsed)) return parsed;
  const { problems, report } = parsed;
  let last = 0;
  const steps = parsed.data.steps.map((step, i) => {
    if (step.step <= last) {
      const remedy = 'Number the steps 3 to 10 in rising order, each once.';
      report(['steps', i, 'step'], `step ${step.step} comes after step ${last}`, remedy);
    }
    last = step.step;
    const path = ['steps', i, 'functions'];
    return {
      ...step,
      functions: step.functions.map((entry, j) =>
        checkEntry(parsed, functions, entry, [...path, j]),
      ),
    };
  });
  return problems.length > 0 ? { problems } : { recipe: { ...parsed.data, steps, file } };
}

function checkEntry(
  located: LocatedFile<unknown>,
  functions: Functions,
  entry: RecipeEntry,
  path: YamlPath,
): RecipeEntry {
  const { report } = located;
  const line = located.lineOf(path);
  const known = new Set([...functions.values()].flatMap(({ facts }) => facts));
  for (const part of ['when', 'until', 'check'] as const) {
    checkFacts(entry[part], [...path, part], known, 'function', report);
  }
  if (entry.repeat !== undefined) {
    const repeat = entry.repeat.map((inner, i) =>
      checkEntry(located, functions, inner, [...path, 'repeat', i]),
    );
    return { ...entry, line, repeat };
  }
  if (entry.function === undefined) return { ...entry, line };
  const definition = functions.get(entry.function);
  if (definition === undefined) {
    const remedy = `Known: ${[...functions.keys()].sort().join(', ')}.`;
    report([...path, 'function'], `unknown function "${entry.function}"`, remedy);
    return { ...entry, line };
  }
  const { name, parameters, specifications } = definition;
  for (const [part, schema] of [
    ['with', parameters],
    ['require', specifications],
  ] as const) {
    const result = schema.safeParse(entry[part]);
    if (result.success) continue;
    const names = Object.keys(schema.shape);
    const owner = part === 'with' ? name : `require of ${name}`;
    reportParameters(result.error.issues, [...path, part], owner, names, report);
  }
  return { ...entry, line };
}

/** Reports facts that nothing finds out. */
export function checkFacts(
  condition: Condition | undefined,
  path: YamlPath,
  known: ReadonlySet<string>,
  finder: 'function' | 'phase',
  report: LocatedFile<unknown>['report'],
): void {
  for (const fact of condition === undefined ? [] : factsOf(condition)) {
    if (known.has(fact)) continue;
    const remedy = `Known: ${[...known].sort().join(', ')}.`;
    report(path, `no ${finder} finds out "${fact}"`, remedy);
  }
}
