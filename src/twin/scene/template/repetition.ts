import type { Scope } from '../expression/evaluate.ts';
import { ExpressionError, locate } from '../expression/expression-error.ts';
import type { TextFiller } from '../expression/text-template.ts';
import { isDimensionless, isQuantity, plainNumber, type Value } from '../expression/value.ts';
import type { Repetition } from './template-schema.ts';
import { checkVariableName } from './variable-name.ts';

/** One round of nested loops. */
export interface Round {
  readonly scope: Scope;
  /** Loop variables such as `i = 3, j = 2`. */
  readonly indices: string;
}

/** A piece that repeats more often than this is taken for a mistake. */
const MOST_ROUNDS = 10_000;

/**
 * The rounds of a repetition, the last loop being the fastest; those whose condition is false are left
 * out. Without loops there is one round.
 *
 * @throws ExpressionError
 */
export function roundsOf(
  { repeat = {}, when }: Pick<Repetition, 'repeat' | 'when'>,
  texts: TextFiller,
  outer: Round,
): Round[] {
  let rounds: Round[] = [outer];
  for (const [name, range] of Object.entries(repeat)) {
    const at = ['repeat', name];
    locate(at, () => checkVariableName(name, outer.scope));
    const inner: Round[] = [];
    for (const { scope, indices } of rounds) {
      const [first, last] = locate(at, () => endsOf(range, texts, scope), indices);
      if (inner.length + last - first >= MOST_ROUNDS) {
        throw new ExpressionError(
          `this repeats more than ${MOST_ROUNDS} times`,
          'Make the range smaller.',
          at,
        );
      }
      for (let value = first; value <= last; value++) {
        inner.push({
          scope: new Map(scope).set(name, plainNumber(value)),
          indices: `${indices === '' ? '' : `${indices}, `}${name} = ${value}`,
        });
      }
    }
    rounds = inner;
  }
  if (when === undefined) return rounds;
  return rounds.filter(({ scope, indices }) =>
    locate(['when'], () => isMet(when, texts, scope), indices),
  );
}

/** First and last number of a range such as `1..4` or `1..=columns`. */
function endsOf(range: string, texts: TextFiller, scope: Scope): readonly [number, number] {
  const match = /^(.+?)\.\.(.+)$/.exec(range);
  const ends = match?.slice(1).map((text) => wholeNumber(text.trim(), texts, scope)) ?? [];
  const [first, last] = ends;
  if (first === undefined || last === undefined) {
    throw new ExpressionError(
      `"${range}" is no range of whole numbers`,
      'Write for instance "1..4" or "1..=columns".',
    );
  }
  return [first, last];
}

function wholeNumber(text: string, texts: TextFiller, scope: Scope): number | undefined {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  return text.startsWith('=') ? countOf(texts.evaluate(text, scope)) : undefined;
}

/** A value as a whole number, if it is one. */
export function countOf(value: Value): number | undefined {
  if (!isQuantity(value) || !isDimensionless(value)) return undefined;
  const nearest = Math.round(value.si);
  return Math.abs(value.si - nearest) <= 1e-9 && Number.isSafeInteger(nearest)
    ? nearest
    : undefined;
}

function isMet(when: boolean | string, texts: TextFiller, scope: Scope): boolean {
  const met = typeof when === 'string' && when.startsWith('=') ? texts.evaluate(when, scope) : when;
  if (typeof met === 'boolean') return met;
  throw new ExpressionError(
    `"${when}" is neither true nor false`,
    'Write a comparison, for instance when: =i < 3.',
  );
}
