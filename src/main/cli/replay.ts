import type { Command } from 'commander';
import { MICROS_PER_DAY, MICROS_PER_HOUR, type Micros } from '../../kernel/time.ts';
import { RecordingError } from '../recording/recording-file.ts';
import { replay, type ReplayResult } from '../recording/replay.ts';
import { CliError, EXIT } from './exit-codes.ts';

/** `doppel replay <recording>`: runs it again, and says where it goes another way. */
export function replayCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('replay')
    .description('run a recording again and compare its states; exit code 1 when they differ')
    .argument('<recording>', 'path of a recording')
    .option('--json', 'print one JSON object')
    .action((path: string, { json }: { readonly json?: boolean }) => {
      const result = tried(path);
      const { divergence, isCut, commands, checks, time, stateHash, head } = result;
      if (json === true) {
        const { doppel, sceneFile, seed } = head;
        const said = {
          recording: path,
          doppel,
          sceneFile,
          seed,
          commands,
          checks,
          time,
          stateHash,
        };
        process.stdout.write(
          `${JSON.stringify({ ...said, isCut, divergence: divergence ?? null })}\n`,
        );
      } else process.stdout.write(inWords(path, result));
      done(divergence === undefined ? EXIT.ok : EXIT.failed);
    });
}

function tried(path: string): ReplayResult {
  try {
    return replay(path);
  } catch (error) {
    throw error instanceof RecordingError ? new CliError(error.message) : error;
  }
}

function inWords(path: string, result: ReplayResult): string {
  const { divergence, isCut, commands, checks, time, stateHash, head } = result;
  const lines = [
    `${path}: ${head.sceneFile}, seed ${head.seed}, recorded by Doppel ${head.doppel}`,
    ...(isCut ? ['the last line was cut off and is left out'] : []),
    divergence === undefined
      ? `the same: ${commands} commands, ${checks} states compared, up to ${clock(time)}, state ${stateHash}`
      : `differs at ${clock(divergence.time)} (the same until ${clock(divergence.after)}): ${divergence.entity}, ${divergence.field}`,
  ];
  return `${lines.join('\n')}\n`;
}

function clock(time: Micros): string {
  if (time < MICROS_PER_DAY) return `${(time / MICROS_PER_HOUR).toFixed(3)} h`;
  return `${(time / MICROS_PER_DAY).toFixed(4)} d`;
}
