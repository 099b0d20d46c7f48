/** Exit codes of the command line. */
export const EXIT = {
  ok: 0,
  /** A batch failed or an observer reported a violation. */
  failed: 1,
  /** Wrong usage or invalid input. */
  usage: 2,
  internal: 3,
  /** Ended by a signal before its end, as shells count it. */
  interrupted: 130,
} as const;

/** A message for the person at the command line, with the exit code it ends in. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;

  constructor(message: string, exitCode: number = EXIT.usage) {
    super(message);
    this.exitCode = exitCode;
  }
}
