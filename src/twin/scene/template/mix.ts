import { ExpressionError, locate } from '../expression/expression-error.ts';
import type { TextFiller } from '../expression/text-template.ts';
import { plainNumber, type Value } from '../expression/value.ts';
import { countOf, type Round } from './repetition.ts';
import { orderKinds } from './spread.ts';
import type { Repetition, WrittenKind } from './template-schema.ts';
import { checkVariableName } from './variable-name.ts';

/** A round to which a mix has given a device type. */
export interface MixedRound extends Round {
  readonly kind: string;
  /** What is written for this type alone. */
  readonly own: Readonly<Record<string, unknown>>;
}

/**
 * Gives the rounds of a repetition device types, one after another, as many of each as are told; rounds
 * that are left over get none. In a round, `type` is the type, `name` the word for its names, and `n`
 * its number among its kind.
 *
 * @throws ExpressionError
 */
export function mixRounds(
  mix: NonNullable<Repetition['mix']>,
  order: 'listed' | 'spread',
  rounds: readonly Round[],
  outer: Round,
  texts: TextFiller,
): MixedRound[] {
  const counts = new Map<string, number>();
  for (const [kind, written] of Object.entries(mix)) {
    const path = typeof written === 'object' ? [kind, 'count'] : [kind];
    counts.set(
      kind,
      locate(['mix', ...path], () => readCount(written, texts, outer)),
    );
  }
  const wanted = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (wanted > rounds.length) {
    throw new ExpressionError(
      `the mix has ${wanted} devices for ${rounds.length} positions`,
      'Lower a count, or repeat more often.',
      ['mix'],
    );
  }
  const [first] = rounds;
  if (first !== undefined) {
    for (const name of ['type', 'name', 'n']) {
      locate(['mix'], () => checkVariableName(name, first.scope));
    }
  }
  const numbers = new Map<string, number>();
  return orderKinds(counts, order).flatMap((kind, i) => {
    const round = rounds[i];
    if (round === undefined) return [];
    const n = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, n);
    const { name, own } = readOwn(kind, mix[kind]);
    const scope = new Map<string, Value>(round.scope)
      .set('type', kind)
      .set('name', name)
      .set('n', plainNumber(n));
    return [{ scope, indices: round.indices, kind, own }];
  });
}

function readCount(written: WrittenKind, texts: TextFiller, { scope }: Round): number {
  const text = typeof written === 'object' ? written.count : written;
  const count =
    typeof text === 'string' && text.startsWith('=')
      ? countOf(texts.evaluate(text, scope))
      : typeof text === 'number' && Number.isSafeInteger(text)
        ? text
        : undefined;
  if (count !== undefined && count >= 0) return count;
  throw new ExpressionError(
    `"${text}" is no count`,
    'Write a whole number such as 4 or =incubators.',
  );
}

function readOwn(kind: string, written: WrittenKind | undefined) {
  if (typeof written !== 'object') return { name: kind, own: {} };
  const own = Object.fromEntries(
    Object.entries(written).filter(([key]) => key !== 'count' && key !== 'name'),
  );
  return { name: written.name ?? kind, own };
}
