import type { Command } from 'commander';
import { formatProblem } from '../../twin/scene/problem.ts';
import { readScene } from '../scene-files.ts';
import { EXIT } from './exit-codes.ts';
import { setOption } from './options.ts';
import { contentsOf, formatContents } from './scene-contents.ts';

interface Options {
  readonly set: ReadonlyMap<string, string>;
  readonly json?: boolean;
}

/**
 * `doppel check <scenes...>`: prints every problem of scenes, unreachable places too, with file, line and
 * remedy; of those that are fine, their parameters and what these came to.
 */
export function checkCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('check')
    .description('check scene files and print what is wrong with them')
    .argument('<scenes...>', 'paths of scene files')
    .addOption(setOption())
    .option('--json', 'print one JSON object')
    .action((paths: readonly string[], { json, set }: Options) => {
      const results = paths.map((path) => ({
        path,
        result: readScene(path, { reach: true, set }),
      }));
      if (json === true) {
        const checked = results.map(({ path, result }) => ({
          scene: path,
          problems: 'problems' in result ? result.problems : [],
          ...('scene' in result && contentsOf(result.scene)),
        }));
        const [only] = checked;
        const answer = checked.length === 1 ? only : { scenes: checked };
        process.stdout.write(`${JSON.stringify(answer)}\n`);
      } else {
        for (const { path, result } of results) process.stdout.write(report(path, result));
      }
      done(results.every(({ result }) => 'scene' in result) ? EXIT.ok : EXIT.usage);
    });
}

function report(path: string, result: ReturnType<typeof readScene>): string {
  if ('problems' in result) {
    const { problems } = result;
    const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}.`;
    return [...problems.map(formatProblem), count, ''].join('\n');
  }
  const { devices, vessels, lines, supplies, zones, parameters } = result.scene;
  const counts = [
    `${zones.length} zones, ${devices.length} devices, ${vessels.length} vessels`,
    `${lines.length} lines, ${supplies.length} supplies`,
  ];
  const contents = parameters.length === 0 ? [] : formatContents(contentsOf(result.scene));
  return [`${path}: fine. ${counts.join(', ')}.`, ...contents, ''].join('\n');
}
