import type { PlantCommand } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import { firstDifference, fingerprintOf } from '../../twin/fingerprint.ts';
import type { Twin } from '../../twin/twin.ts';
import { readRecording, twinOf } from './playback.ts';
import type { Check, Head } from './recording-file.ts';

/** Where a replay went another way than the recording. */
export interface Divergence {
  /** Simulated time at which it was seen. */
  readonly time: Micros;
  /** Latest time at which both were still the same. */
  readonly after: Micros;
  /** What differs first, for instance `device centrifuge-1`, and its field. */
  readonly entity: string;
  readonly field: string;
}

export interface ReplayResult {
  readonly head: Head;
  readonly commands: number;
  /** Comparisons of the state. */
  readonly checks: number;
  readonly time: Micros;
  readonly stateHash: string;
  /** Whether the last line was cut off, as when the process was killed. */
  readonly isCut: boolean;
  readonly divergence: Divergence | undefined;
}

/**
 * Gives the commands of a recording to a new twin and compares the states on the way, until they differ.
 *
 * @throws RecordingError when the file is no recording
 */
export function replay(path: string): ReplayResult {
  const { head, lines, isCut } = readRecording(path);
  const twin = twinOf(path, head);
  let [commands, checks, after] = [0, 0, 0];
  const result = (divergence: Divergence | undefined): ReplayResult => {
    const { now: time } = twin;
    return { head, commands, checks, time, stateHash: twin.stateHash(), isCut, divergence };
  };
  for (const line of lines) {
    if ('until' in line) {
      twin.advanceTo(line.until);
      continue;
    }
    if ('check' in line) {
      twin.advanceTo(line.check);
      const divergence = compare(twin, line, after);
      if (divergence !== undefined) return result(divergence);
      checks += 1;
      after = line.check;
      continue;
    }
    twin.advanceTo(line.time);
    const outcome = twin.execute(line.command as unknown as PlantCommand);
    commands += 1;
    const refused = outcome.ok ? '' : outcome.error.code;
    if (refused === line.refused) continue;
    const field = `answer to command ${commands}: ${line.refused || 'accepted'}, now ${refused || 'accepted'}`;
    return result({ time: line.time, after, entity: `device ${line.command.device}`, field });
  }
  return result(undefined);
}

function compare(
  twin: Twin,
  { check: time, hash, fingerprint }: Check,
  after: Micros,
): Divergence | undefined {
  if (twin.stateHash() === hash) return undefined;
  const found = firstDifference(fingerprint, fingerprintOf(twin.save()));
  const { entity, field } = found ?? { entity: 'plant', field: 'state' };
  return { time, after, entity, field };
}
