import { Command, CommanderError } from 'commander';
import packageJson from '../../../package.json' with { type: 'json' };
import { checkCommand } from './check.ts';
import { compareCommand } from './compare.ts';
import { controlCommand } from './control.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { exportCommand } from './export.ts';
import { listCommand } from './list.ts';
import { replayCommand } from './replay.ts';
import { runCommand } from './run.ts';
import { serveCommand } from './serve.ts';
import { testCommand } from './test.ts';

/** Runs the command line and returns the exit code. Never throws. */
export async function main(args: readonly string[]): Promise<number> {
  // Whoever reads our output may stop reading, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  let exitCode: number = EXIT.ok;
  const done = (code: number): void => {
    exitCode = code;
  };
  const program = new Command('doppel')
    .description(
      'Digital twin of an automated cell-therapy plant. SIMULATED: controls nothing real.',
    )
    .version(packageJson.version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) });
  for (const add of [
    runCommand,
    serveCommand,
    controlCommand,
    testCommand,
    compareCommand,
    replayCommand,
    exportCommand,
    checkCommand,
    listCommand,
  ])
    add(program, done);
  try {
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (error instanceof CliError) {
      process.stderr.write(`${error.message}\n`);
      return error.exitCode;
    }
    process.stderr.write(
      `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return EXIT.internal;
  }
  return exitCode;
}
