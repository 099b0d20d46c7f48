import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Bench } from '../../../src/main/bench/bench.ts';
import type { TwinHandle } from '../../../src/main/twin-thread/twin-handle.ts';

/** A bench that nobody has to wait for. */
export function benchOf(
  twin: TwinHandle,
  snapshotFolder = join(tmpdir(), 'doppel-unused-snapshots'),
): Bench {
  const fork = () => Promise.reject(new Error('no forks here'));
  return new Bench(twin, { patience: 30_000, holders: 0, snapshotFolder, fork, log: () => {} });
}
