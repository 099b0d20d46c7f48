import { Option } from 'commander';
import { parseDuration, type Micros } from '../../kernel/time.ts';
import { formatProblem, type FileProblem } from '../../twin/scene/problem.ts';
import type { Scene } from '../../twin/scene/scene.ts';
import type { Recipe } from '../../control/recipe/schema.ts';
import { readRecipe } from '../control-files.ts';
import { readScene } from '../scene-files.ts';
import { parseTimeMode, type TimeMode } from '../twin-thread/time-control.ts';
import { CliError } from './exit-codes.ts';

/** Values of options and arguments; what is wrong with one ends in a message and exit code 2. */

export function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0 && value <= most) {
    return value;
  }
  throw new CliError(`${option} ${text}: use a whole number from 0 to ${most}`);
}

export function seedOption(text: string): number {
  return wholeNumber('--seed', text, Number.MAX_SAFE_INTEGER);
}

export function portOption(option: string, text: string): number {
  return wholeNumber(option, text, 65_535);
}

export function countOption(option: string, text: string): number {
  return wholeNumber(option, text, 1_000_000);
}

export function timeOption(text: string): TimeMode {
  const mode = parseTimeMode(text);
  if (mode !== undefined) return mode;
  throw new CliError(`--time ${text}: use realtime, max, lockstep or a factor from 0.1 to 1000000`);
}

export function durationOption(option: string, text: string): Micros {
  const duration = parseDuration(text);
  if (duration !== undefined && duration > 0 && Number.isSafeInteger(duration)) return duration;
  throw new CliError(`${option} ${text}: use a duration such as 14d, 36h, 90min or 30s`);
}

/** The option `--set <name=value>`, which may be given several times; the last of a name counts. */
export function setOption(): Option {
  return new Option('--set <name=value>', 'another value for a parameter of the scene')
    .argParser((text: string, before: ReadonlyMap<string, string>) => {
      const [, name, value] = /^([^=\s]+)=(.+)$/.exec(text) ?? [];
      if (name === undefined || value === undefined) {
        throw new CliError(`--set ${text}: write name=value, for instance --set rows=4`);
      }
      return new Map(before).set(name, value);
    })
    .default(new Map<string, string>(), 'as the scene says');
}

/** A scene that has passed all checks, with its text. */
export function sceneArgument(
  path: string,
  set: ReadonlyMap<string, string>,
): { readonly scene: Scene; readonly text: string } {
  const read = readScene(path, { set });
  if ('scene' in read && read.text !== undefined) return { scene: read.scene, text: read.text };
  throw invalid('problems' in read ? read.problems : []);
}

/** A recipe that has passed all checks, with its text; undefined for `none`. */
export function recipeOption(
  nameOrPath: string,
): { readonly recipe: Recipe; readonly text: string } | undefined {
  if (nameOrPath === 'none') return undefined;
  const read = readRecipe(nameOrPath);
  if ('recipe' in read && read.text !== undefined) return { recipe: read.recipe, text: read.text };
  throw invalid('problems' in read ? read.problems : []);
}

/** What is wrong in a file, for the person at the command line. */
export function invalid(problems: readonly FileProblem[]): CliError {
  return new CliError(problems.map(formatProblem).join('\n'));
}
