import { z } from 'zod';

/** Ends the names of recordings. */
export const RECORDING_EXTENSION = '.recording';

/** Raised whenever recordings change in a way that older ones cannot be replayed. */
export const FORMAT = 3;

/** First line of a recording: with the commands that follow, all that a run depends on. */
export const headSchema = z.object({
  doppel: z.string(),
  format: z.literal(FORMAT),
  sceneFile: z.string(),
  sceneText: z.string(),
  seed: z.number().int(),
});

/** A command as it was given, and the code with which it was refused, if it was. */
const commandSchema = z.object({
  time: z.number().int(),
  command: z.looseObject({ kind: z.string(), device: z.string() }),
  refused: z.string(),
});

/** State at a time: after so many commands, and after all that was due until then. */
const checkSchema = z.object({
  check: z.number().int(),
  commands: z.number().int(),
  hash: z.string(),
  fingerprint: z.record(z.string(), z.record(z.string(), z.string())),
});

/** Time up to which nothing else happened: so that a killed process loses no more than a second. */
const clockSchema = z.strictObject({ until: z.number().int() });

export const lineSchema = z.union([commandSchema, checkSchema, clockSchema]);

export type Head = z.output<typeof headSchema>;
export type Check = z.output<typeof checkSchema>;
export type Line = z.output<typeof lineSchema>;

/** Simulated time of a line. */
export function timeOf(line: Line): number {
  return 'check' in line ? line.check : 'until' in line ? line.until : line.time;
}

/** A file that is no recording, or one that this build cannot replay. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}
