import type { Command } from 'commander';
import { formatProblem } from '../../twin/scene/problem.ts';
import { readScene } from '../scene-files.ts';
import { EXIT } from './exit-codes.ts';

/** `doppel check <scene>`: loads a scene and prints every problem with file, line and remedy. */
export function checkCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('check')
    .description('check a scene file and print what is wrong with it')
    .argument('<scene>', 'path of a scene file')
    .option('--json', 'print one JSON object')
    .action((path: string, { json }: { json?: boolean }) => {
      const result = readScene(path);
      const problems = 'problems' in result ? result.problems : [];
      if (json === true) {
        process.stdout.write(`${JSON.stringify({ scene: path, problems })}\n`);
      } else if ('scene' in result) {
        const { devices, vessels, lines, zones } = result.scene;
        process.stdout.write(
          `${path}: fine. ${zones.length} zones, ${devices.length} devices, ${vessels.length} vessels, ${lines.length} lines.\n`,
        );
      } else {
        for (const problem of problems) process.stdout.write(`${formatProblem(problem)}\n`);
        process.stdout.write(`${problems.length} problem${problems.length === 1 ? '' : 's'}.\n`);
      }
      done(problems.length === 0 ? EXIT.ok : EXIT.usage);
    });
}
