import { isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { FileProblem } from '../problem.ts';
import { findLine } from '../source-lines.ts';

/**
 * The text of a scene with other values for some of its parameters, by name; no line moves. So a text
 * alone tells what a plant is made of, whoever reads it. Whether the values fit is found when the scene
 * is loaded.
 */
export function overrideParameters(
  text: string,
  file: string,
  values: ReadonlyMap<string, string>,
): { readonly text: string } | { readonly problems: readonly FileProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  // What is broken is told by whoever loads it.
  if (document.errors.length > 0) return { text };
  const parameters = document.getIn(['parameters'], true);
  const names = isMap(parameters)
    ? parameters.items.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []))
    : [];
  const problems = [...values.keys()]
    .filter((name) => !names.includes(name))
    .map((name) => ({
      file,
      line: findLine(document, lines, ['parameters']),
      path: 'parameters',
      message: `there is no parameter "${name}"`,
      remedy:
        names.length === 0 ? 'This scene has no parameters.' : `Parameters: ${names.join(', ')}.`,
    }));
  if (problems.length > 0) return { problems };
  const edits = [...values].flatMap(([name, value]) => {
    const node = document.getIn(['parameters', name, 'value'], true) as Node | undefined;
    const [start, end] = node?.range ?? [];
    return start === undefined || end === undefined ? [] : [{ start, end, value }];
  });
  // From the end, so that what is still to be replaced stays where it is.
  edits.sort((a, b) => b.start - a.start);
  return {
    text: edits.reduce(
      (all, { start, end, value }) => all.slice(0, start) + literal(value) + all.slice(end),
      text,
    ),
  };
}

/** A value as YAML: a number as it is, all else in quotes. */
function literal(value: string): string {
  return /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value) ? value : JSON.stringify(value);
}
