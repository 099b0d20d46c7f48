import type { FileProblem, Report } from './problem.ts';
import type { Origin } from './template/origins.ts';

/** Reports a problem of what was written at a place of the file. */
export type OriginReport = (origin: Origin, message: string, remedy: string) => void;

/** Collects what is wrong with a file. */
export interface ProblemList {
  /** For the file as written. */
  readonly reportAt: OriginReport;
  /** For entries without templates; `originOf` finds where they were written. */
  reporter(originOf: (path: readonly string[]) => Origin): Report;
  isEmpty(): boolean;
  /** One problem per place in the file; what a repetition repeats is counted. */
  problems(): readonly FileProblem[];
}

interface Found extends FileProblem {
  readonly origin: Origin;
}

export function createProblemList(
  file: string,
  lineOf: (path: readonly string[]) => number,
): ProblemList {
  const found: Found[] = [];
  const add = (origin: Origin, path: readonly string[], message: string, remedy: string): void => {
    found.push({ origin, file, line: lineOf(origin.path), path: path.join('.'), message, remedy });
  };
  return {
    reportAt: (origin, message, remedy) => add(origin, origin.path, message, remedy),
    reporter: (originOf) => (path, message, remedy) => add(originOf(path), path, message, remedy),
    isEmpty: () => found.length === 0,
    problems: () => condense(found),
  };
}

function condense(found: readonly Found[]): readonly FileProblem[] {
  const byPlace = new Map<string, Found[]>();
  found.forEach((problem, i) => {
    const { path, indices } = problem.origin;
    const place = indices === '' ? String(i) : path.join('\0');
    byPlace.set(place, [...(byPlace.get(place) ?? []), problem]);
  });
  return [...byPlace.values()].flatMap((same) =>
    same.slice(0, 1).map(({ origin, message, ...problem }) => {
      if (origin.indices === '') return { ...problem, message };
      const others = same.length === 1 ? '' : `; ${same.length - 1} more here`;
      return { ...problem, message: `${message} (for ${origin.indices}${others})` };
    }),
  );
}
