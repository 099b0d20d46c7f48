import { add, compare, divide, floorOf, multiply } from './arithmetic.ts';
import { ExpressionError } from './expression-error.ts';
import type { Expression, Operator } from './parse-expression.ts';
import {
  isDimensionless,
  isPoint,
  isQuantity,
  plainNumber,
  type Quantity,
  type Value,
  writeValue,
} from './value.ts';

/** Values by the names that expressions may use. */
export type Scope = ReadonlyMap<string, Value>;

/** Functions by name, with how many parts they take. */
const FUNCTIONS: Readonly<Record<string, readonly [least: number, most: number, example: string]>> =
  {
    floor: [1, 1, 'floor(7 / 2)'],
    ceil: [1, 1, 'ceil(7 / 2)'],
    mod: [2, 2, 'mod(i - 1, 4)'],
    min: [1, 20, 'min(a, b)'],
    max: [1, 20, 'max(a, b)'],
    if: [3, 3, 'if(i < 3, 1 m, 2 m)'],
  };

/** Words that cannot name anything else. */
export const RESERVED: ReadonlySet<string> = new Set([
  ...Object.keys(FUNCTIONS),
  'and',
  'or',
  'true',
  'false',
]);

/**
 * Value of an expression. Of `if`, `and` and `or` only the parts that count are looked at.
 *
 * @throws ExpressionError when a name is unknown or dimensions do not fit
 */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'value':
      return expression.value;
    case 'name':
      return find(expression.name, scope);
    case 'negation': {
      const value = quantity(evaluate(expression.of, scope), 'a minus');
      return multiply(plainNumber(-1), value);
    }
    case 'call':
      return call(expression.name, expression.parts, scope);
    case 'operation':
      return operate(expression.operator, expression.left, expression.right, scope);
  }
}

function find(name: string, scope: Scope): Value {
  const value = scope.get(name);
  if (value !== undefined) return value;
  const known = [...scope.keys()].join(', ');
  throw new ExpressionError(
    `there is no "${name}"`,
    known === '' ? 'Add it to the parameters.' : `Known: ${known}.`,
  );
}

function operate(
  operator: Operator,
  leftPart: Expression,
  rightPart: Expression,
  scope: Scope,
): Value {
  const left = evaluate(leftPart, scope);
  if (operator === 'and' || operator === 'or') {
    const isDecided = truth(left, operator) === (operator === 'or');
    return isDecided ? operator === 'or' : truth(evaluate(rightPart, scope), operator);
  }
  const right = evaluate(rightPart, scope);
  switch (operator) {
    case '+':
      return add(quantity(left, '+'), quantity(right, '+'), 1);
    case '-':
      return add(quantity(left, '-'), quantity(right, '-'), -1);
    case '*':
      return multiply(quantity(left, '*'), quantity(right, '*'));
    case '/':
      return divide(quantity(left, '/'), quantity(right, '/'));
    case '==':
      return isEqual(left, right);
    case '!=':
      return !isEqual(left, right);
    case '<':
      return compare(quantity(left, '<'), quantity(right, '<')) < 0;
    case '<=':
      return compare(quantity(left, '<='), quantity(right, '<=')) <= 0;
    case '>':
      return compare(quantity(left, '>'), quantity(right, '>')) > 0;
    case '>=':
      return compare(quantity(left, '>='), quantity(right, '>=')) >= 0;
  }
}

function isEqual(left: Value, right: Value): boolean {
  if (isQuantity(left) && isQuantity(right)) return compare(left, right) === 0;
  if (typeof left === typeof right) return left === right;
  throw new ExpressionError(
    `${JSON.stringify(writeValue(left))} and ${JSON.stringify(writeValue(right))} cannot be compared`,
    'Compare numbers with numbers and texts with texts.',
  );
}

function call(name: string, parts: readonly Expression[], scope: Scope): Value {
  const declared = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (declared === undefined) {
    const known = Object.keys(FUNCTIONS).join(', ');
    throw new ExpressionError(`there is no function "${name}"`, `Functions: ${known}.`);
  }
  const [least, most, example] = declared;
  if (parts.length < least || parts.length > most) {
    throw new ExpressionError(
      `${name} takes ${least === most ? least : `${least} to ${most}`} values, not ${parts.length}`,
      `Write for instance ${example}.`,
    );
  }
  const [first, second, third] = parts;
  if (name === 'if' && first !== undefined && second !== undefined && third !== undefined) {
    return evaluate(truth(evaluate(first, scope), 'if') ? second : third, scope);
  }
  const values = parts.map((part) => quantity(evaluate(part, scope), name));
  switch (name) {
    case 'floor':
      return plainNumber(floorOf(plain(values[0], name)));
    case 'ceil':
      return plainNumber(-floorOf(-plain(values[0], name)));
    case 'mod': {
      const [a, b] = [plain(values[0], name), plain(values[1], name)];
      if (b === 0) throw new ExpressionError('mod by 0', 'Divide by another number.');
      return plainNumber(a - b * floorOf(a / b));
    }
    default: {
      const sign = name === 'min' ? 1 : -1;
      return values.reduce((best, value) => (sign * compare(value, best) < 0 ? value : best));
    }
  }
}

/** A quantity for `user`. */
function quantity(value: Value, user: string): Quantity {
  if (isQuantity(value)) return value;
  throw new ExpressionError(
    `"${value}" is no number, as ${user} needs`,
    'Use a number or a quantity here.',
  );
}

function truth(value: Value, user: string): boolean {
  if (typeof value === 'boolean') return value;
  throw new ExpressionError(
    `"${writeValue(value)}" is neither true nor false, as ${user} needs`,
    'Write a comparison, for instance i < 3.',
  );
}

/** A number without dimension. */
function plain(value: Quantity | undefined, user: string): number {
  if (value !== undefined && isDimensionless(value) && !isPoint(value)) return value.si;
  throw new ExpressionError(
    `${value === undefined ? 'nothing' : writeValue(value)} is no plain number, as ${user} needs`,
    'Divide it by a quantity first, for instance floor(width / pitch).',
  );
}
