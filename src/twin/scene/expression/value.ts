import { allUnits, type Dimension, findUnit, type UnitDefinition } from '../../../kernel/units.ts';
import { BASES, DIMENSIONS } from './dimensions.data.ts';
import { ExpressionError } from './expression-error.ts';

/** A number with a dimension. */
export interface Quantity {
  /** In SI units. */
  readonly si: number;
  /** Powers of {@link BASES}, in their order. */
  readonly powers: readonly number[];
  /** What it is written in; a plain number, and what has been multiplied, has none. */
  readonly unit: UnitDefinition | undefined;
}

/** What an expression can come to. */
export type Value = Quantity | string | boolean;

const NONE: readonly number[] = BASES.map(() => 0);

const POWERS = new Map(
  Object.entries(DIMENSIONS).map(([name, powers]) => [
    name as Dimension,
    BASES.map((base) => powers[base] ?? 0),
  ]),
);

export function plainNumber(value: number): Quantity {
  return { si: value, powers: NONE, unit: undefined };
}

export function quantityIn(value: number, unit: UnitDefinition): Quantity {
  const powers = POWERS.get(unit.dimension) ?? NONE;
  return { si: value * unit.factor + unit.offset, powers, unit };
}

/** The value of a text such as `0.65 m`, `-5 degC` or `4`; undefined when it is none. */
export function readQuantity(text: string): Quantity | undefined {
  const match = /^\s*([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(\S*)\s*$/.exec(text);
  if (match === null) return undefined;
  const value = Number(match[1]);
  if (match[2] === '' || match[2] === undefined) return plainNumber(value);
  const unit = findUnit(match[2]);
  return unit === undefined ? undefined : quantityIn(value, unit);
}

export function isQuantity(value: Value): value is Quantity {
  return typeof value === 'object';
}

export function isDimensionless({ powers }: Quantity): boolean {
  return powers.every((power) => power === 0);
}

export function haveSameDimension(a: Quantity, b: Quantity): boolean {
  return a.powers.every((power, i) => power === b.powers[i]);
}

/** Whether it counts from a zero of its own, as degrees Celsius do: such can be subtracted only. */
export function isPoint({ unit }: Quantity): boolean {
  return unit !== undefined && unit.offset !== 0;
}

/** What a person calls the dimension: `a length`, `a plain number`, `length^4`. */
export function nameDimension({ powers }: Quantity): string {
  if (powers.every((power) => power === 0)) return 'a plain number';
  for (const [name, known] of POWERS) {
    if (known.every((power, i) => power === powers[i])) {
      return `${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name.replaceAll('-', ' ')}`;
    }
  }
  return BASES.flatMap((base, i) => {
    const power = powers[i] ?? 0;
    return power === 0 ? [] : [power === 1 ? base : `${base}^${power}`];
  }).join(' ');
}

/** A number as a person would write it: twelve digits, so that 0.1 + 0.2 is 0.3. */
function round(value: number): number {
  const rounded = Number(value.toPrecision(12));
  return rounded === 0 ? 0 : rounded;
}

/** A value as it would be written by hand. Throws as {@link writeQuantity} does. */
export function writeValue(value: Value): number | boolean | string {
  return isQuantity(value) ? writeQuantity(value) : value;
}

/**
 * A quantity as it would be written by hand: a plain number, or a text in the unit of its first term,
 * else in the SI unit.
 *
 * @throws ExpressionError when no unit has its dimension, or it is not finite
 */
export function writeQuantity(value: Quantity): number | string {
  const { si, powers } = value;
  if (!Number.isFinite(si)) {
    throw new ExpressionError('the result is no finite number', 'Use smaller numbers.');
  }
  if (isDimensionless(value) && value.unit === undefined) return round(si);
  const unit =
    value.unit ??
    allUnits().find(({ factor, offset, dimension }) => {
      const known = POWERS.get(dimension) ?? NONE;
      return factor === 1 && offset === 0 && known.every((power, i) => power === powers[i]);
    });
  if (unit === undefined) {
    throw new ExpressionError(
      `the result is ${nameDimension(value)}, for which there is no unit`,
      'Check what is multiplied and divided.',
    );
  }
  return `${round((si - unit.offset) / unit.factor)} ${unit.aliases[0] ?? unit.code}`;
}
