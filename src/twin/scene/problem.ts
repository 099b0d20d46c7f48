/** Something wrong in a file that a person wrote: where, what, and how to mend it. */
export interface FileProblem {
  readonly file: string;
  /** 1-based; 0 when the whole file is meant. */
  readonly line: number;
  /** Dotted path of the entry, empty for the whole file. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

/** Reports a problem of the entry at `path`. */
export type Report = (path: readonly string[], message: string, remedy: string) => void;

/** `scenes/x.yaml:12: devices.arm.at: ... (remedy)` */
export function formatProblem(problem: FileProblem): string {
  const place = problem.line > 0 ? `${problem.file}:${problem.line}` : problem.file;
  const path = problem.path === '' ? '' : ` ${problem.path}:`;
  return `${place}:${path} ${problem.message}. ${problem.remedy}`;
}
