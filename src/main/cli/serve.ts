import type { Command } from 'commander';
import { formatProblem } from '../../twin/scene/problem.ts';
import { startHost } from '../host.ts';
import { readScene } from '../scene-files.ts';
import { parseTimeMode } from '../twin-thread/time-control.ts';
import { CliError, EXIT } from './exit-codes.ts';

interface Options {
  readonly seed: string;
  readonly time: string;
  readonly opcuaPort: string;
  readonly uiPort: string;
  readonly json?: boolean;
}

/** `doppel serve <scene>`: a plant that control software can connect to, until it is interrupted. */
export function serveCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('serve')
    .description('serve a plant to control software until interrupted')
    .argument('<scene>', 'path of a scene file')
    .option('--seed <n>', 'seed of all chance', '1')
    .option('--time <mode>', 'realtime, max, lockstep or a factor such as 60', 'realtime')
    .option('--ui-port <port>', 'port of the page and its socket, 0 for any', '4800')
    .option('--opcua-port <port>', 'port of the OPC UA server, 0 for any', '4840')
    .option('--json', 'print one line of JSON when ready')
    .action(async (path: string, options: Options) => {
      const mode = parseTimeMode(options.time);
      if (mode === undefined) {
        throw new CliError(
          `--time ${options.time}: use realtime, max, lockstep or a factor from 0.1 to 1000000`,
        );
      }
      const read = readScene(path);
      if ('problems' in read || read.text === undefined) {
        const problems = 'problems' in read ? read.problems : [];
        throw new CliError(problems.map(formatProblem).join('\n'));
      }
      const host = await startHost({
        sceneFile: path,
        sceneText: read.text,
        seed: wholeNumber('--seed', options.seed, Number.MAX_SAFE_INTEGER),
        mode,
        opcuaPort: wholeNumber('--opcua-port', options.opcuaPort, 65_535),
        uiPort: wholeNumber('--ui-port', options.uiPort, 65_535),
        log: (line) => process.stderr.write(`${line}\n`),
      });
      if (options.json === true) {
        process.stdout.write(
          `${JSON.stringify({ ready: true, ui: host.view.url, opcua: host.opcuaUrl })}\n`,
        );
      } else {
        process.stdout.write(
          `${read.scene.title} (SIMULATED) at ${host.opcuaUrl}. Ctrl+C ends it.\n`,
        );
      }
      const failure = await Promise.race([interrupted(), host.failed]);
      await host.close();
      if (failure !== undefined) throw failure;
      done(EXIT.ok);
    });
}

function wholeNumber(option: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 0 && value <= most) return value;
  throw new CliError(`${option} ${text}: use a whole number from 0 to ${most}`);
}

function interrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => resolve(undefined));
  });
}
