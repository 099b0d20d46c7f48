import { isNode, LineCounter, parseDocument } from 'yaml';
import type { PhaseDefinition } from '../phase.ts';
import { factsOf } from './condition.ts';
import { type PhaseEntry, type Recipe, recipeSchema } from './schema.ts';

/** Something wrong in a recipe file: where, what, and how to mend it. */
export interface RecipeProblem {
  readonly file: string;
  /** 1-based; 0 when the whole file is meant. */
  readonly line: number;
  /** Dotted path of the entry. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

export type RecipeResult =
  | { readonly recipe: Recipe }
  | { readonly problems: readonly RecipeProblem[] };

type Path = readonly PropertyKey[];

/** Reads a recipe from the text of a YAML file; all problems found are reported together. */
export function loadRecipe(
  text: string,
  file: string,
  library: ReadonlyMap<string, PhaseDefinition>,
): RecipeResult {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        file,
        line: lines.linePos(error.pos[0]).line,
        path: '',
        message: `this is no valid YAML: ${error.message}`,
        remedy: 'Mend indentation, quotes and colons here.',
      })),
    };
  }
  const lineOf = (path: Path): number => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return 1;
  };
  const problems: RecipeProblem[] = [];
  const report = (path: Path, message: string, remedy: string): void => {
    problems.push({ file, line: lineOf(path), path: path.map(String).join('.'), message, remedy });
  };
  const parsed = recipeSchema.safeParse(document.toJS());
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      if (issue.code === 'unrecognized_keys') {
        for (const key of issue.keys) {
          const remedy = 'Remove it or correct its spelling.';
          report([...issue.path, key], `unknown key "${key}"`, remedy);
        }
      } else report(issue.path, issue.message, 'See docs of the recipe format for this entry.');
    }
    return { problems };
  }
  const recipe = check(parsed.data, library, report);
  return problems.length > 0 ? { problems } : { recipe };
}

type Report = (path: Path, message: string, remedy: string) => void;

function check(
  recipe: Recipe,
  library: ReadonlyMap<string, PhaseDefinition>,
  report: Report,
): Recipe {
  const known = new Set([...library.values()].flatMap(({ facts }) => facts));
  const vesselUses: [Path, string][] = [];
  const checkEntry = (entry: PhaseEntry, path: Path): PhaseEntry => {
    for (const part of ['when', 'until', 'require'] as const) {
      for (const fact of entry[part] === undefined ? [] : factsOf(entry[part])) {
        if (known.has(fact)) continue;
        const remedy = `Known: ${[...known].sort().join(', ')}.`;
        report([...path, part], `no phase finds out "${fact}"`, remedy);
      }
    }
    if (entry.repeat !== undefined) {
      const repeat = entry.repeat.map((inner, i) => checkEntry(inner, [...path, 'repeat', i]));
      return { ...entry, repeat };
    }
    if (entry.phase === undefined) return entry;
    const definition = library.get(entry.phase);
    if (definition === undefined) {
      const remedy = `Known: ${[...library.keys()].sort().join(', ')}.`;
      report([...path, 'phase'], `unknown phase "${entry.phase}"`, remedy);
      return entry;
    }
    for (const role of Object.keys(definition.needs)) {
      if (recipe.equipment[role] !== undefined) continue;
      const remedy = `Add "${role}" under equipment.`;
      report([...path, 'phase'], `${entry.phase} needs equipment "${role}"`, remedy);
    }
    const parameters = definition.parameters.safeParse(entry.with);
    if (!parameters.success) {
      for (const issue of parameters.error.issues) {
        const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
        const names = Object.keys(definition.parameters.shape).join(', ') || 'none';
        const message =
          keys.length > 0 ? `unknown parameter "${keys.join('", "')}"` : issue.message;
        report(
          [...path, 'with', ...issue.path, ...keys.slice(0, 1)],
          message,
          `Parameters of ${entry.phase}: ${names}.`,
        );
      }
      return entry;
    }
    for (const name of definition.vesselParameters) {
      const value = parameters.data[name];
      for (const vessel of Array.isArray(value) ? value : [value]) {
        if (typeof vessel === 'string') vesselUses.push([[...path, 'with', name], vessel]);
      }
    }
    return { ...entry, with: parameters.data };
  };
  let last = 0;
  const steps = recipe.steps.map((step, i) => {
    if (step.step <= last) {
      const remedy = 'Number the steps 3 to 10 in rising order, each once.';
      report(['steps', i, 'step'], `step ${step.step} comes after step ${last}`, remedy);
    }
    last = step.step;
    const phases = step.phases.map((entry, j) => checkEntry(entry, ['steps', i, 'phases', j]));
    return { ...step, phases };
  });
  for (const [path, vessel] of vesselUses) {
    if (recipe.vessels[vessel] !== undefined) continue;
    report(path, `there is no vessel "${vessel}"`, `Add "${vessel}" under vessels.`);
  }
  for (const [role, { type, device }] of Object.entries(recipe.equipment)) {
    if ((type === undefined) !== (device === undefined)) continue;
    report(['equipment', role], 'equipment is found by type or by device', 'Give one of the two.');
  }
  return { ...recipe, steps };
}
