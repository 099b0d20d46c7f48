import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import packageJson from '../../../package.json' with { type: 'json' };
import type { TwinState } from '../../twin/twin-state.ts';
import { readPlain, writePlain } from './plain-text.ts';

/** Ends the names of snapshot files. */
export const SNAPSHOT_EXTENSION = '.snapshot';

/** Raised whenever stored states change in a way that older ones cannot be restored from. */
const FORMAT = 3;
/** Largest state that is unpacked [bytes]: a file that says more is not ours. */
const LARGEST = 1 << 30;

/** A moment of a twin with all that is needed to go on from it. */
export interface Snapshot {
  /** Text of its scene, parameters as they were set. */
  readonly sceneText: string;
  readonly sceneFile: string;
  readonly seed: number;
  readonly state: TwinState;
}

/** A file that is no snapshot, or one that this build cannot go on from. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError';
}

/** Writes a snapshot as one compressed file, whole or not at all. */
export function writeSnapshot(path: string, snapshot: Snapshot): void {
  const { sceneText, sceneFile, seed, state } = snapshot;
  const head = {
    ...{ doppel: packageJson.version, format: FORMAT, sceneFile, sceneText, seed },
    sceneHash: hashOf(sceneText),
    time: state.time,
  };
  const text = `${JSON.stringify(head)}\n${writePlain(state)}`;
  const partial = `${path}.partial`;
  writeFileSync(partial, gzipSync(text, { level: 4 }));
  renameSync(partial, path);
}

/**
 * Reads a snapshot.
 *
 * @throws SnapshotError with cause and remedy when it cannot be used
 */
export function readSnapshot(path: string): Snapshot {
  const text = unpack(path);
  const end = text.indexOf('\n');
  const head = parse(path, () => JSON.parse(text.slice(0, Math.max(0, end))) as unknown);
  const { format, doppel, sceneText, sceneFile, sceneHash, seed } = head as Record<string, unknown>;
  if (format !== FORMAT) {
    throw new SnapshotError(
      `${path}: made by Doppel ${String(doppel)} in format ${String(format)}, this is format ${FORMAT}; make it anew with this version`,
    );
  }
  if (
    typeof sceneText !== 'string' ||
    typeof sceneFile !== 'string' ||
    typeof seed !== 'number' ||
    hashOf(sceneText) !== sceneHash
  ) {
    throw damaged(path);
  }
  const state = parse(path, () => readPlain(text.slice(end + 1))) as TwinState;
  if (!(state.plant?.vessels instanceof Map) || !Array.isArray(state.devices)) throw damaged(path);
  return { sceneText, sceneFile, seed, state };
}

function unpack(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new SnapshotError(`${path}: cannot be read: ${(error as Error).message}`);
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: LARGEST }).toString('utf8');
  } catch {
    throw damaged(path);
  }
}

function parse(path: string, read: () => unknown): object {
  try {
    const found = read();
    if (typeof found === 'object' && found !== null) return found;
  } catch {
    // Told below.
  }
  throw damaged(path);
}

function damaged(path: string): SnapshotError {
  return new SnapshotError(
    `${path}: is no snapshot, or a damaged one; take another, or make it anew with "doppel run --save"`,
  );
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
