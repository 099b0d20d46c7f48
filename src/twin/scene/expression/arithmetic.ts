import { unitOf } from '../../../kernel/units.ts';
import { ExpressionError } from './expression-error.ts';
import {
  haveSameDimension,
  isDimensionless,
  isPoint,
  nameDimension,
  type Quantity,
  writeQuantity,
} from './value.ts';

/** Values that differ by less than this part of them are equal: sums of decimals are not exact. */
const NEARNESS = 1e-9;

/** Sum of `a` and `b`, or their difference where `sign` is -1. */
export function add(a: Quantity, b: Quantity, sign: 1 | -1): Quantity {
  if (!haveSameDimension(a, b)) {
    throw new ExpressionError(
      `${nameDimension(a)} and ${nameDimension(b)} cannot be ${sign === 1 ? 'added' : 'subtracted'}`,
      `Make both sides of "${writeQuantity(a)} ${sign === 1 ? '+' : '-'} ${writeQuantity(b)}" of one kind.`,
    );
  }
  const { powers } = a;
  const si = a.si + sign * b.si;
  if (isPoint(a) && isPoint(b)) {
    if (sign === -1) return { si, powers, unit: unitOf('K') };
    throw new ExpressionError(
      `${writeQuantity(a)} and ${writeQuantity(b)} cannot be added`,
      'Write the difference in K, for instance 21 degC + 2 K.',
    );
  }
  if (isPoint(b) && sign === -1) return { si, powers, unit: a.unit };
  if (isPoint(b)) return { si, powers, unit: b.unit };
  // A share and a plain number make a plain number.
  const unit = isDimensionless(a) && a.unit !== b.unit ? undefined : (a.unit ?? b.unit);
  return { si, powers, unit };
}

export function multiply(a: Quantity, b: Quantity): Quantity {
  refusePoints(a, b);
  const powers = a.powers.map((power, i) => power + (b.powers[i] ?? 0));
  return { si: a.si * b.si, powers, unit: scaledUnit(a, b) ?? scaledUnit(b, a) };
}

export function divide(a: Quantity, b: Quantity): Quantity {
  refusePoints(a, b);
  if (b.si === 0) {
    throw new ExpressionError(
      `${writeQuantity(a)} is divided by 0`,
      'Guard it, for instance =if(n > 0, a / n, 0 m).',
    );
  }
  const powers = a.powers.map((power, i) => power - (b.powers[i] ?? 0));
  return { si: a.si / b.si, powers, unit: scaledUnit(a, b) };
}

/** Below 0 when `a` is less, above when it is more, 0 when they are as good as equal. */
export function compare(a: Quantity, b: Quantity): number {
  if (!haveSameDimension(a, b)) {
    throw new ExpressionError(
      `${nameDimension(a)} and ${nameDimension(b)} cannot be compared`,
      `Make ${writeQuantity(a)} and ${writeQuantity(b)} of one kind.`,
    );
  }
  const difference = a.si - b.si;
  const scale = Math.max(Math.abs(a.si), Math.abs(b.si));
  return Math.abs(difference) <= NEARNESS * scale ? 0 : difference;
}

/** Largest whole number not above; what is as good as a whole number counts as it. */
export function floorOf(value: number): number {
  const nearest = Math.round(value);
  if (Math.abs(value - nearest) <= NEARNESS * Math.max(1, Math.abs(value))) return nearest;
  return Math.floor(value);
}

/** Unit of something multiplied or divided by a number without dimension. */
function scaledUnit(a: Quantity, by: Quantity): Quantity['unit'] {
  return isDimensionless(by) && !isDimensionless(a) ? a.unit : undefined;
}

function refusePoints(...values: readonly Quantity[]): void {
  for (const value of values) {
    if (!isPoint(value)) continue;
    throw new ExpressionError(
      `${writeQuantity(value)} cannot be multiplied or divided`,
      'Write it in K.',
    );
  }
}
