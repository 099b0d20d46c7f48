import { Option } from 'commander';
import { parseDuration } from '../../kernel/time.ts';
import type { Save } from '../run/run.ts';
import { SNAPSHOT_EXTENSION } from '../snapshots/snapshot-file.ts';
import { CliError } from './exit-codes.ts';

/**
 * The option `--save <file>@<time>`, which may be given several times: the moment is written into a file
 * that `doppel serve` opens.
 */
export function saveOption(): Option {
  return new Option(
    '--save <file@time>',
    `write a moment into a file, for instance day7${SNAPSHOT_EXTENSION}@7d; "doppel serve" opens it`,
  )
    .argParser((text: string, before: readonly Save[]) => [...before, readSave(text)])
    .default([], 'none');
}

function readSave(text: string): Save {
  const at = text.lastIndexOf('@');
  const path = text.slice(0, Math.max(0, at));
  const time = parseDuration(text.slice(at + 1));
  if (!path.endsWith(SNAPSHOT_EXTENSION)) {
    const example = `day7${SNAPSHOT_EXTENSION}@7d`;
    throw new CliError(`--save ${text}: write file@time, and end the file's name as in ${example}`);
  }
  if (time === undefined || !Number.isSafeInteger(time) || time < 0) {
    throw new CliError(`--save ${text}: end it with a time such as 7d, 36h, 90min or 30s`);
  }
  return { path, time };
}
