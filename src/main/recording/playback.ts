import { readFileSync } from 'node:fs';
import type { PlantCommand } from '../../kernel/plant-contract.ts';
import type { Micros } from '../../kernel/time.ts';
import { formatProblem } from '../../twin/scene/problem.ts';
import type { Twin } from '../../twin/twin.ts';
import { buildTwin } from '../plant-assembly.ts';
import { parseScene } from '../scene-files.ts';
import { readPlain } from '../snapshots/plain-text.ts';
import {
  FORMAT,
  type Head,
  headSchema,
  type Line,
  lineSchema,
  RecordingError,
  timeOf,
} from './recording-file.ts';

/** A recording that is played again, as far as anybody wants to see. */
export class Playback {
  readonly head: Head;
  readonly twin: Twin;
  /** Time of what was recorded last. */
  readonly end: Micros;
  private readonly lines: readonly Line[];
  private next = 0;

  /** @throws RecordingError when the file is no recording */
  constructor(path: string) {
    const { head, lines } = readRecording(path);
    this.head = head;
    this.lines = lines;
    this.twin = twinOf(path, head);
    const last = lines.at(-1);
    this.end = last === undefined ? 0 : timeOf(last);
  }

  /** Plays up to and including `t`. */
  to(t: Micros): void {
    const { twin } = this;
    for (let line = this.lines[this.next]; line !== undefined; line = this.lines[this.next]) {
      if (timeOf(line) > t) break;
      this.next += 1;
      if (!('command' in line)) continue;
      twin.advanceTo(line.time);
      twin.execute(line.command as unknown as PlantCommand);
    }
    twin.advanceTo(t);
  }
}

/** A new twin of what was recorded. */
export function twinOf(path: string, { sceneText, sceneFile, seed }: Head): Twin {
  const read = parseScene(sceneText, sceneFile);
  if ('scene' in read) return buildTwin(read.scene, seed);
  const problems = read.problems.map(formatProblem).join('\n');
  throw new RecordingError(`${path}: its scene is wrong: ${problems}`);
}

/** Lines of a recording; one that was cut off at the end is left out. */
export function readRecording(path: string): {
  readonly head: Head;
  readonly lines: readonly Line[];
  readonly isCut: boolean;
} {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new RecordingError(`${path}: cannot be read: ${(error as Error).message}`);
  }
  const [first = '', ...rest] = text.split('\n');
  const isCut = rest.pop() !== '';
  const head = headSchema.safeParse(parse(first));
  if (!head.success) {
    throw new RecordingError(
      `${path}: is no recording in format ${FORMAT}; "doppel run --record" makes one`,
    );
  }
  const lines = rest.map((line, i): Line => {
    const parsed = lineSchema.safeParse(parse(line));
    if (parsed.success) return parsed.data;
    throw new RecordingError(
      `${path}:${i + 2}: this line is damaged; the recording cannot be used`,
    );
  });
  return { head: head.data, lines, isCut };
}

function parse(line: string): unknown {
  try {
    return readPlain(line);
  } catch {
    return undefined;
  }
}
