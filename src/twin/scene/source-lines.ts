import { isMap, isScalar, type LineCounter, visit, type Document, type Node } from 'yaml';

/** 1-based line of the entry at `path`, or of the nearest entry above it that exists; 0 for none. */
export function findLine(
  document: Document,
  lines: LineCounter,
  path: readonly PropertyKey[],
): number {
  for (let depth = path.length; depth > 0; depth--) {
    const parent = document.getIn(path.slice(0, depth - 1), true);
    const key = String(path[depth - 1]);
    if (isMap(parent)) {
      const pair = parent.items.find(
        (item) => isScalar(item.key) && String(item.key.value) === key,
      );
      const range = (pair?.key as Node | undefined)?.range;
      if (range !== null && range !== undefined) return lines.linePos(range[0]).line;
    }
    const node = document.getIn(path.slice(0, depth), true) as Node | undefined;
    if (node?.range !== null && node?.range !== undefined) return lines.linePos(node.range[0]).line;
  }
  return 0;
}

/** Offset of a quotation mark that is never closed: the parser notices at the end of the file only. */
export function openQuote(document: Document, text: string): number | undefined {
  let found: number | undefined;
  visit(document, {
    Scalar: (_, { type, range }) => {
      if (type?.startsWith('QUOTE') !== true || range === null || range === undefined) return;
      if (range[1] >= text.trimEnd().length) found ??= range[0];
    },
  });
  return found;
}
