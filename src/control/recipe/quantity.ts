import { z } from 'zod';
import { findUnit, fromSi, toSi } from '../../kernel/units.ts';

const PATTERN = /^\s*(-?\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*(\S.*?)?\s*$/i;

/**
 * A recipe's parameter such as `300 xg` or `10 min`: becomes a number in `unit`. Any unit of the same
 * dimension is accepted.
 */
export function quantity(unit: string, min: number, max: number) {
  return z.union([z.string(), z.number()]).transform((text, context) => {
    const fail = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const match = PATTERN.exec(String(text));
    if (match === null)
      return fail(`"${text}" is no quantity; write a number and a unit: 5 ${unit}`);
    const target = findUnit(unit);
    const given = findUnit(match[2] ?? '1');
    if (given === undefined) return fail(`unknown unit "${match[2]}"; use ${unit}`);
    if (given.dimension !== target?.dimension) {
      const found = match[2] === undefined ? 'no unit' : `"${match[2]}" (${given.dimension})`;
      return fail(`${found} where a ${target?.dimension} is wanted; use ${unit}`);
    }
    const converted = fromSi(toSi(Number(match[1]), given.code), unit);
    const value = Number(converted.toPrecision(12));
    if (value < min || value > max) {
      return fail(`${text} is out of range; allowed ${min} to ${max} ${unit}`);
    }
    return value;
  });
}

export const minutes = (min: number, max: number) => quantity('min', min, max);
export const millilitres = (min: number, max: number) => quantity('mL', min, max);
export const count = (min: number, max: number) => z.number().int().min(min).max(max);
