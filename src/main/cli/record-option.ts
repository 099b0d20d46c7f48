import { Option } from 'commander';
import { RECORDING_EXTENSION } from '../recording/recording-file.ts';
import { CliError } from './exit-codes.ts';

/** The option `--record <file>`: what happens is written down, to be replayed. */
export function recordOption(): Option {
  return new Option(
    '--record <file>',
    'write a recording that "doppel replay" runs again',
  ).argParser((path: string) => {
    if (path.endsWith(RECORDING_EXTENSION)) return path;
    throw new CliError(`--record ${path}: end the file's name in ${RECORDING_EXTENSION}`);
  });
}
