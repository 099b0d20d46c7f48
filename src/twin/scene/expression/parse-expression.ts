import { ExpressionError } from './expression-error.ts';
import { cutTokens, type Token } from './tokens.ts';
import { plainNumber, quantityIn, type Value } from './value.ts';

export type Operator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'and' | 'or';

export type Expression =
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly parts: readonly Expression[] }
  | { readonly kind: 'negation'; readonly of: Expression }
  | {
      readonly kind: 'operation';
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Operators from the loosest to the tightest binding. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['or'],
  ['and'],
  ['<', '<=', '>', '>=', '==', '!='],
  ['+', '-'],
  ['*', '/'],
];

const LONGEST = 500;

/**
 * Reads an expression:
 * `or` and `and` between truths; `< <= > >= == !=` between values of one dimension; `+ - * /` and
 * parentheses; numbers with units, texts in quotes, names, `true`, `false`, and calls.
 *
 * @throws ExpressionError naming what is out of place
 */
export function parseExpression(text: string): Expression {
  if (text.length > LONGEST) {
    throw new ExpressionError(
      `an expression of ${text.length} characters is too long`,
      `Use at most ${LONGEST}, and parameters for the parts.`,
    );
  }
  const tokens = cutTokens(text);
  let at = 0;

  const wrong = (what: string): ExpressionError =>
    new ExpressionError(
      `${what} in "${text.trim()}"`,
      'Write for instance =pitch * (i - 1) + 0.5 m.',
    );

  function isNext(...symbols: readonly string[]): boolean {
    const token = tokens[at];
    if (token?.kind !== 'symbol' && token?.kind !== 'name') return false;
    return symbols.includes(spell(token));
  }

  function demand(symbol: string): void {
    if (!isNext(symbol)) {
      const token = tokens[at];
      const found = token === undefined ? 'the end' : `"${spell(token)}"`;
      throw wrong(`"${symbol}" is expected before ${found}`);
    }
    at += 1;
  }

  function readLevel(level: number): Expression {
    const operators = LEVELS[level];
    if (operators === undefined) return readSigned();
    let left = readLevel(level + 1);
    while (isNext(...operators)) {
      const operator = spell(tokens[at++]) as Operator;
      left = { kind: 'operation', operator, left, right: readLevel(level + 1) };
    }
    return left;
  }

  function readSigned(): Expression {
    if (!isNext('-')) return readOne();
    at += 1;
    const token = tokens[at];
    // -5 degC is a temperature below zero, not the opposite of one.
    if (token?.kind !== 'number') return { kind: 'negation', of: readSigned() };
    at += 1;
    return numberOf({ ...token, value: -token.value });
  }

  function readOne(): Expression {
    const token = tokens[at++];
    if (token === undefined) throw wrong('something is missing at the end');
    switch (token.kind) {
      case 'number':
        return numberOf(token);
      case 'text':
        return { kind: 'value', value: token.text };
      case 'name':
        if (token.name === 'true' || token.name === 'false') {
          return { kind: 'value', value: token.name === 'true' };
        }
        if (!isNext('(')) return { kind: 'name', name: token.name };
        at += 1;
        return { kind: 'call', name: token.name, parts: readParts() };
      case 'symbol': {
        if (token.symbol !== '(') throw wrong(`"${token.symbol}" is out of place`);
        const inner = readLevel(0);
        demand(')');
        return inner;
      }
    }
  }

  function readParts(): readonly Expression[] {
    const parts = [readLevel(0)];
    while (isNext(',')) {
      at += 1;
      parts.push(readLevel(0));
    }
    demand(')');
    return parts;
  }

  const whole = readLevel(0);
  const rest = tokens[at];
  if (rest !== undefined) throw wrong(`"${spell(rest)}" is out of place`);
  return whole;
}

function numberOf({ value, unit }: Extract<Token, { kind: 'number' }>): Expression {
  return {
    kind: 'value',
    value: unit === undefined ? plainNumber(value) : quantityIn(value, unit),
  };
}

function spell(token: Token | undefined): string {
  switch (token?.kind) {
    case undefined:
      return '';
    case 'number':
      return String(token.value);
    case 'text':
      return token.text;
    case 'name':
      return token.name;
    case 'symbol':
      return token.symbol;
  }
}
