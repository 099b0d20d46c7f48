import type { Command } from 'commander';
import { formatProblem } from '../../twin/scene/problem.ts';
import { readScene } from '../scene-files.ts';
import { EXIT } from './exit-codes.ts';

/**
 * `doppel check <scenes...>`: prints every problem of scenes, unreachable places too, with file, line and
 * remedy.
 */
export function checkCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('check')
    .description('check scene files and print what is wrong with them')
    .argument('<scenes...>', 'paths of scene files')
    .option('--json', 'print one JSON object')
    .action((paths: readonly string[], { json }: { json?: boolean }) => {
      const results = paths.map((path) => ({ path, result: readScene(path, { reach: true }) }));
      const checked = results.map(({ path, result }) => ({
        scene: path,
        problems: 'problems' in result ? result.problems : [],
      }));
      if (json === true) {
        const [only] = checked;
        const answer = checked.length === 1 ? only : { scenes: checked };
        process.stdout.write(`${JSON.stringify(answer)}\n`);
      } else {
        for (const { path, result } of results) process.stdout.write(report(path, result));
      }
      done(checked.every(({ problems }) => problems.length === 0) ? EXIT.ok : EXIT.usage);
    });
}

function report(path: string, result: ReturnType<typeof readScene>): string {
  if ('problems' in result) {
    const { problems } = result;
    const count = `${problems.length} problem${problems.length === 1 ? '' : 's'}.`;
    return [...problems.map(formatProblem), count, ''].join('\n');
  }
  const { devices, vessels, lines, zones } = result.scene;
  return `${path}: fine. ${zones.length} zones, ${devices.length} devices, ${vessels.length} vessels, ${lines.length} lines.\n`;
}
