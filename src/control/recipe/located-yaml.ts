import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

/** Something wrong in a file of the control software: where, what, and how to mend it. */
export interface LocatedProblem {
  readonly file: string;
  /** 1-based; 0 when the whole file is meant. */
  readonly line: number;
  /** Dotted path of the entry. */
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
}

export type YamlPath = readonly PropertyKey[];
export type Report = (path: YamlPath, message: string, remedy: string) => void;

/** A file that has the right form, and the means to say what else is wrong in it. */
export interface LocatedFile<T> {
  readonly data: T;
  readonly problems: LocatedProblem[];
  lineOf(path: YamlPath): number;
  report: Report;
}

/**
 * Reads a YAML file by a schema. All problems found are reported together, each with its line.
 *
 * @param manual what to look into for the form of an entry
 */
export function parseLocated<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
  manual: string,
): LocatedFile<z.output<S>> | { readonly problems: readonly LocatedProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return {
      problems: document.errors.map((error) => ({
        file,
        line: lines.linePos(error.pos[0]).line,
        path: '',
        message: `this is no valid YAML: ${error.message}`,
        remedy: 'Mend indentation, quotes and colons here.',
      })),
    };
  }
  const problems: LocatedProblem[] = [];
  const lineOf = (path: YamlPath): number => lineIn(document, lines, path);
  const report: Report = (path, message, remedy) => {
    problems.push({ file, line: lineOf(path), path: path.map(String).join('.'), message, remedy });
  };
  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { data: parsed.data, problems, lineOf, report };
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        report([...issue.path, key], `unknown key "${key}"`, 'Remove it or correct its spelling.');
      }
    } else report(issue.path, issue.message, `See ${manual} for this entry.`);
  }
  return { problems };
}

function lineIn(document: Document.Parsed, lines: LineCounter, path: YamlPath): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** Reports what a schema finds wrong in a record of parameters; the names that exist are the remedy. */
export function reportParameters(
  issues: readonly z.core.$ZodIssue[],
  path: YamlPath,
  owner: string,
  names: readonly string[],
  report: Report,
): void {
  const remedy = `Parameters of ${owner}: ${names.join(', ') || 'none'}.`;
  for (const issue of issues) {
    const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
    const message = keys.length > 0 ? `unknown parameter "${keys.join('", "')}"` : issue.message;
    report([...path, ...issue.path, ...keys.slice(0, 1)], message, remedy);
  }
}
