import { extname } from 'node:path';
import type { Command } from 'commander';
import { type ExportOptions, exportRecording, NoSignalError } from '../export/export-recording.ts';
import { RecordingError } from '../recording/recording-file.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { durationOption } from './options.ts';

interface Options {
  readonly every: string;
  readonly from?: string;
  readonly to?: string;
  readonly signals?: string;
  readonly mcap?: string;
  readonly csv?: string;
  readonly parquet?: string;
}

const FORMATS = ['mcap', 'csv', 'parquet'] as const;

/** `doppel export <recording>`: what the plant showed, for other tools. */
export function exportCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('export')
    .description('write signals, events, alarms and moving parts of a recording for other tools')
    .argument('<recording>', 'path of a recording')
    .option(
      '--mcap <file>',
      'for Foxglove and Lichtblick: signals, events, alarms, the plant in 3D',
    )
    .option('--csv <file>', 'signals')
    .option('--parquet <file>', 'signals')
    .option('--every <duration>', 'simulated time between two samples', '1min')
    .option('--from <duration>', 'begin at this simulated time')
    .option('--to <duration>', 'end at this simulated time')
    .option('--signals <paths>', 'only these, such as "bioreactor-1.*,*.temperature"')
    .action(async (recording: string, options: Options) => {
      const files = FORMATS.filter((format) => options[format] !== undefined);
      if (files.length === 0) {
        throw new CliError('say what to write: --mcap, --csv or --parquet with a file');
      }
      for (const format of files) {
        if (extname(options[format] ?? '') !== `.${format}`) {
          throw new CliError(`--${format} ${options[format]}: end the file's name in .${format}`);
        }
      }
      const { every, from, to, signals, ...rest } = options;
      const order: ExportOptions = {
        ...rest,
        recording,
        every: durationOption('--every', every),
        from: from === undefined ? 0 : durationOption('--from', from),
        ...(to === undefined ? {} : { to: durationOption('--to', to) }),
        signals: signals?.split(',').map((path) => path.trim()) ?? [],
      };
      const result = await exportRecording(order).catch((error: unknown) => {
        const { code } = error as NodeJS.ErrnoException;
        const isInput =
          error instanceof RecordingError || error instanceof NoSignalError || code !== undefined;
        throw isInput ? new CliError((error as Error).message) : error;
      });
      const days = (result.time / 86_400e6).toFixed(2);
      process.stdout.write(
        `${result.signals} signals, ${result.samples} samples, ${result.events} events up to day ${days}\n`,
      );
      done(EXIT.ok);
    });
}
