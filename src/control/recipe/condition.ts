import { z } from 'zod';
import type { Facts } from '../journal.ts';

/** A decision of the recipe: one or more comparisons of facts that phases found out. */
export interface Condition {
  readonly fact?: string | undefined;
  readonly below?: number | undefined;
  readonly atLeast?: number | undefined;
  readonly any?: readonly Condition[] | undefined;
  readonly all?: readonly Condition[] | undefined;
}

export const conditionSchema: z.ZodType<Condition> = z.lazy(() =>
  z
    .strictObject({
      fact: z.string().optional(),
      below: z.number().optional(),
      atLeast: z.number().optional(),
      any: z.array(conditionSchema).min(1).optional(),
      all: z.array(conditionSchema).min(1).optional(),
    })
    .refine(isWhole, 'a condition is {fact, below or atLeast}, {any: [...]} or {all: [...]}'),
);

function isWhole(condition: Condition): boolean {
  const { fact, below, atLeast, any, all } = condition;
  const comparisons = [below, atLeast].filter((limit) => limit !== undefined).length;
  const groups = [any, all].filter((group) => group !== undefined).length;
  return fact === undefined ? groups === 1 && comparisons === 0 : groups === 0 && comparisons === 1;
}

/** Facts that a condition compares. */
export function factsOf(condition: Condition): readonly string[] {
  const { fact, any = [], all = [] } = condition;
  return [...(fact === undefined ? [] : [fact]), ...[...any, ...all].flatMap(factsOf)];
}

/** Whether it holds. A fact that nobody has found out yet makes a comparison false. */
export function holds(condition: Condition, facts: Facts): boolean {
  const { fact, below, atLeast, any, all } = condition;
  if (any !== undefined) return any.some((part) => holds(part, facts));
  if (all !== undefined) return all.every((part) => holds(part, facts));
  const value = facts[fact ?? ''];
  if (typeof value !== 'number') return false;
  return below !== undefined ? value < below : value >= (atLeast ?? Number.POSITIVE_INFINITY);
}

/** What a person reads, with the values compared: `viability 0.93 below 0.85`. */
export function conditionText(condition: Condition, facts: Facts): string {
  const { fact, below, any, all, atLeast } = condition;
  if (any !== undefined) return any.map((part) => conditionText(part, facts)).join(' or ');
  if (all !== undefined) return all.map((part) => conditionText(part, facts)).join(' and ');
  const value = facts[fact ?? ''];
  const shown = typeof value === 'number' ? Number(value.toPrecision(4)) : 'unknown';
  return `${fact} ${shown} ${below !== undefined ? `below ${below}` : `at least ${atLeast}`}`;
}
