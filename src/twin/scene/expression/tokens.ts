import { allUnits, type UnitDefinition } from '../../../kernel/units.ts';
import { ExpressionError } from './expression-error.ts';

export type Token =
  | { readonly kind: 'number'; readonly value: number; readonly unit: UnitDefinition | undefined }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'symbol'; readonly symbol: string };

/** Spellings of units that can follow a number, the longest first. */
const UNITS = allUnits()
  .flatMap((unit) => [unit.code, ...unit.aliases].map((spelling) => ({ spelling, unit })))
  .filter(({ spelling }) => !/^\d/.test(spelling))
  .sort((a, b) => b.spelling.length - a.spelling.length);

const SYMBOLS = ['<=', '>=', '==', '!=', '<', '>', '+', '-', '*', '/', '(', ')', ','];

/** Names of variables, and of what is called. */
export const NAME = /^[a-z][a-zA-Z0-9]*$/;

/** Whether a name stands for a unit, behind a number. */
export function isUnitSpelling(name: string): boolean {
  return UNITS.some(({ spelling }) => spelling === name);
}

/** Cuts an expression into its parts; a unit belongs to the number in front of it. */
export function cutTokens(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    const found = pattern.exec(text.slice(at))?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  for (;;) {
    take(/^\s+/);
    if (at >= text.length) return tokens;
    const number = take(/^\d+(?:\.\d+)?(?:[eE][-+]?\d+(?![a-zA-Z]))?/);
    if (number !== undefined) {
      const found = unitAt(text, at);
      if (found !== undefined) at = found.end;
      tokens.push({ kind: 'number', value: Number(number), unit: found?.unit });
      continue;
    }
    const quoted = take(/^"[^"]*"|^'[^']*'/);
    if (quoted !== undefined) {
      tokens.push({ kind: 'text', text: quoted.slice(1, -1) });
      continue;
    }
    const name = take(/^[a-zA-Z][a-zA-Z0-9]*/);
    if (name !== undefined) {
      tokens.push({ kind: 'name', name });
      continue;
    }
    const symbol = SYMBOLS.find((candidate) => text.startsWith(candidate, at));
    if (symbol === undefined) {
      throw new ExpressionError(
        `"${text[at]}" has no meaning in "${text.trim()}"`,
        'Use numbers with units, names, + - * / ( ), comparisons, and the functions floor, ceil, mod, min, max, if.',
      );
    }
    at += symbol.length;
    tokens.push({ kind: 'symbol', symbol });
  }
}

/** The unit behind a number that ends at `from`, and where it ends. */
function unitAt(
  text: string,
  from: number,
): { readonly unit: UnitDefinition; readonly end: number } | undefined {
  const start = from + (/^ */.exec(text.slice(from))?.[0].length ?? 0);
  for (const { spelling, unit } of UNITS) {
    if (!text.startsWith(spelling, start)) continue;
    const end = start + spelling.length;
    // `m` is no unit in `3 mod(...)`, nor `/min` in `3 /min(a, b)`.
    if (/[a-zA-Z0-9]$/.test(spelling) && /^[a-zA-Z0-9_(]/.test(text.slice(end))) continue;
    return { unit, end };
  }
  return undefined;
}
