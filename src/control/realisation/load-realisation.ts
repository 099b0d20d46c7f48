import type { z } from 'zod';
import type { PhaseDefinition } from '../phase.ts';
import { FUNCTIONS, type FunctionDefinition } from '../recipe/functions.ts';
import { checkFacts } from '../recipe/load-recipe.ts';
import {
  type LocatedProblem,
  parseLocated,
  type Report,
  reportParameters,
  type YamlPath,
} from '../recipe/located-yaml.ts';
import { PRODUCT, referenceOf } from './references.ts';
import {
  type FunctionRealisation,
  type PhaseEntry,
  type Realisation,
  realisationSchema,
} from './schema.ts';

export type RealisationResult =
  | { readonly realisation: Realisation }
  | { readonly problems: readonly LocatedProblem[] };

type Library = ReadonlyMap<string, PhaseDefinition>;

/** Reads a realisation from the text of a YAML file; all problems found are reported together. */
export function loadRealisation(
  text: string,
  file: string,
  library: Library,
  functions: ReadonlyMap<string, FunctionDefinition> = FUNCTIONS,
): RealisationResult {
  const parsed = parseLocated(text, file, realisationSchema, 'docs of the realisation format');
  if (!('data' in parsed)) return parsed;
  const { data: realisation, problems, report } = parsed;
  for (const [name, entry] of Object.entries(realisation.functions)) {
    const definition = functions.get(name);
    const path = ['functions', name];
    if (definition === undefined) {
      const remedy = `Known: ${[...functions.keys()].sort().join(', ')}.`;
      report(path, `unknown function "${name}"`, remedy);
    } else checkFunction(realisation, library, definition, entry, path, report);
  }
  for (const [i, phase] of realisation.abandon.entries()) {
    checkPhase(realisation, library, phase, ['abandon', i], [], report);
  }
  checkNames(realisation, report);
  return problems.length > 0 ? { problems } : { realisation };
}

/** What units and kits name must be known. */
function checkNames({ equipment, lines, vessels, units, kits }: Realisation, report: Report): void {
  const check = (path: YamlPath, name: string, known: Readonly<Record<string, unknown>>): void => {
    if (name in known) return;
    report(path, `there is no "${name}"`, `Known: ${Object.keys(known).join(', ') || 'none'}.`);
  };
  for (const [kind, list] of Object.entries(units)) {
    list.forEach((unit, i) => {
      const path = ['units', kind, i];
      for (const role of Object.keys(unit.equipment)) {
        check([...path, 'equipment', role], role, equipment);
      }
      for (const line of Object.keys(unit.lines)) check([...path, 'lines', line], line, lines);
    });
  }
  for (const [kit, items] of Object.entries(kits)) {
    for (const [vessel, { home }] of Object.entries(items)) {
      check(['kits', kit, vessel], vessel, vessels);
      const [role = ''] = (home ?? '').split('.');
      if (role !== '') check(['kits', kit, vessel, 'home'], role, equipment);
    }
  }
}

function checkFunction(
  realisation: Realisation,
  library: Library,
  definition: FunctionDefinition,
  entry: FunctionRealisation,
  path: YamlPath,
  report: Report,
): void {
  const specifications = Object.keys(definition.specifications.shape);
  for (const [name, source] of Object.entries(entry.specifications)) {
    const at = [...path, 'specifications', name];
    if (!specifications.includes(name)) {
      const remedy = `Known: ${specifications.join(', ') || 'none'}.`;
      report(at, `${definition.name} has no specification "${name}"`, remedy);
    }
    const [role = '', ...rest] = source.split('.');
    if (rest.length < 1 || rest.length > 2) {
      const remedy = 'Write role.command.parameter or role.signal.';
      report(at, `"${source}" is nothing that covers a specification`, remedy);
    } else if (realisation.equipment[role] === undefined) {
      report(at, `there is no equipment "${role}"`, `Add "${role}" under equipment.`);
    }
  }
  if (entry.into !== undefined && realisation.vessels[entry.into] === undefined) {
    const remedy = `Add "${entry.into}" under vessels.`;
    report([...path, 'into'], `there is no vessel "${entry.into}"`, remedy);
  }
  const known = [...Object.keys(definition.parameters.shape), ...specifications, PRODUCT];
  for (const [i, phase] of entry.phases.entries()) {
    checkPhase(realisation, library, phase, [...path, 'phases', i], known, report);
  }
}

function checkPhase(
  realisation: Realisation,
  library: Library,
  entry: PhaseEntry,
  path: YamlPath,
  parameters: readonly string[],
  report: Report,
): void {
  const facts = new Set([...library.values()].flatMap((phase) => phase.facts));
  checkFacts(entry.when, [...path, 'when'], facts, 'phase', report);
  const definition = library.get(entry.phase);
  if (definition === undefined) {
    const remedy = `Known: ${[...library.keys()].sort().join(', ')}.`;
    report([...path, 'phase'], `unknown phase "${entry.phase}"`, remedy);
    return;
  }
  const named = Object.keys(definition.roleParameters ?? {}).flatMap((name) => {
    const role = entry.with[name];
    return typeof role === 'string' ? [role] : [];
  });
  for (const role of [...Object.keys(definition.needs), ...named]) {
    if (realisation.equipment[role] !== undefined) continue;
    const remedy = `Add "${role}" under equipment.`;
    report([...path, 'phase'], `${entry.phase} needs equipment "${role}"`, remedy);
  }
  const given: Record<string, unknown> = {};
  const referred = new Set<string>();
  for (const [name, value] of Object.entries(entry.with)) {
    const reference = referenceOf(value);
    if (reference === undefined) {
      given[name] = value;
      continue;
    }
    referred.add(name);
    if (parameters.includes(reference)) continue;
    const remedy = `Known: ${parameters.join(', ')}.`;
    report([...path, 'with', name], `the function has no parameter "${reference}"`, remedy);
  }
  // What stands in the recipe is known only when a recipe is realised.
  const names = Object.keys(definition.parameters.shape);
  const outcome = definition.parameters.safeParse(given);
  const issues = (outcome.error?.issues ?? []).filter(
    (issue: z.core.$ZodIssue) =>
      issue.path[0] === undefined || !referred.has(String(issue.path[0])),
  );
  reportParameters(issues, [...path, 'with'], entry.phase, names, report);
  for (const name of referred) {
    if (names.includes(name)) continue;
    const remedy = `Parameters of ${entry.phase}: ${names.join(', ') || 'none'}.`;
    report([...path, 'with', name], `unknown parameter "${name}"`, remedy);
  }
  for (const name of definition.kitParameters ?? []) {
    const kit = given[name];
    if (typeof kit !== 'string' || realisation.kits[kit] !== undefined) continue;
    report([...path, 'with', name], `there is no kit "${kit}"`, `Add "${kit}" under kits.`);
  }
  for (const name of definition.vesselParameters) {
    const value = given[name];
    for (const vessel of Array.isArray(value) ? value : [value]) {
      if (typeof vessel !== 'string' || realisation.vessels[vessel] !== undefined) continue;
      const remedy = `Add "${vessel}" under vessels.`;
      report([...path, 'with', name], `there is no vessel "${vessel}"`, remedy);
    }
  }
}
