import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allUnits } from '../../../../src/kernel/units.ts';
import { evaluate, type Scope } from '../../../../src/twin/scene/expression/evaluate.ts';
import { ExpressionError } from '../../../../src/twin/scene/expression/expression-error.ts';
import { parseExpression } from '../../../../src/twin/scene/expression/parse-expression.ts';
import { createTextFiller } from '../../../../src/twin/scene/expression/text-template.ts';
import {
  plainNumber,
  readQuantity,
  type Value,
  writeValue,
} from '../../../../src/twin/scene/expression/value.ts';

const SEED = 20261125;

function scopeOf(values: Readonly<Record<string, string | boolean | number>>): Scope {
  return new Map(
    Object.entries(values).map(([name, value]): [string, Value] => [
      name,
      typeof value === 'string' ? (readQuantity(value) ?? value) : asValue(value),
    ]),
  );
}

function asValue(value: boolean | number): Value {
  return typeof value === 'number' ? plainNumber(value) : value;
}

const SCOPE = scopeOf({
  i: 3,
  columns: 4,
  pitch: '0.65 m',
  half: '50 %',
  room: '21 degC',
  look: 'dense',
  isWide: true,
});

function compute(text: string): number | boolean | string {
  return writeValue(evaluate(parseExpression(text), SCOPE));
}

function failureOf(text: string): string {
  try {
    compute(text);
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.message}. ${error.remedy}`;
    throw error;
  }
  throw new Error(`"${text}" has no fault`);
}

describe('expressions', () => {
  it.each<[string, number | boolean | string]>([
    ['columns * 2', 8],
    ['2 + 3 * 4 - 6 / 2', 11],
    ['(2 + 3) * -(4 - 6)', 10],
    ['0.1 + 0.2', 0.3],
    ['1e3 / 4', 250],
    ['pitch * (i - 1) + 0.5 m', '1.8 m'],
    ['0.5 m+20 cm', '0.7 m'],
    ['20 cm + 0.5 m', '70 cm'],
    ['2 * 100 mL', '200 ml'],
    ['3 m * 2 m', '6 m2'],
    ['3 m / 2 s', '1.5 m/s'],
    ['10 ml/min * 2 h', '0.0012 m3'],
    ['4 m / 0.5 m', 8],
    ['15 /h * 2', '30 1/h'],
    ['1 / 4 s', '0.25 Hz'],
    ['45 %', '45 %'],
    ['40 % + 5 %', '45 %'],
    ['half * columns', 2],
    ['1 - half', 0.5],
    ['half * 3 m', '1.5 m'],
    ['room + 2 K', '23 degC'],
    ['2 K + room', '23 degC'],
    ['room - 16 K', '5 degC'],
    ['room - 5 degC', '16 K'],
    ['-5 degC', '-5 degC'],
    ['min(room, -5 degC)', '-5 degC'],
    ['1e6 cells/ml * 3 ml', '3000000 cells'],
    ['floor(7 / 2)', 3],
    ['floor(1.2 / 0.4)', 3],
    ['floor(-0.5)', -1],
    ['ceil(7 / 2)', 4],
    ['ceil(1.2 / 0.4)', 3],
    ['mod(i - 1, 2) + 1', 1],
    ['mod(-1, 4)', 3],
    ['max(1 m, 90 cm, 1200 mm)', '1200 mm'],
    ['if(i < 3, 1 m, 2 m)', '2 m'],
    ['if(columns > 0, 8 / columns, 0)', 2],
    ['if(false, 1 / 0, 5)', 5],
    ['look == "dense"', true],
    ["look != 'dense' or i == 3 and isWide", true],
    ['false and 1 / 0 == 1', false],
    ['pitch * 3 == 1.95 m', true],
    ['pitch * 3 < 1.95 m', false],
    ['2 m <= 200 cm', true],
  ])('%s is %s', (text, expected) => {
    expect(compute(text)).toBe(expected);
  });

  it.each([
    [
      '1 m + 2 s',
      /^a length and a time cannot be added. Make both sides of "1 m \+ 2 s" of one kind/,
    ],
    ['1 m - 2', /^a length and a plain number cannot be subtracted/],
    ['pitch < 3', /^a length and a plain number cannot be compared/],
    ['min(1 m, 1 kg)', /^a mass and a length cannot be compared/],
    ['colums * 2', /^there is no "colums". Known: i, columns, pitch/],
    ['round(2)', /^there is no function "round". Functions: floor, ceil/],
    ['constructor(2)', /^there is no function "constructor"/],
    ['floor(1 m)', /^1 m is no plain number, as floor needs. Divide it by a quantity first/],
    ['floor(1, 2)', /^floor takes 1 values, not 2. Write for instance floor/],
    ['1 / 0', /^1 is divided by 0. Guard it/],
    ['mod(1, 0)', /^mod by 0/],
    ['look * 2', /^"dense" is no number, as \* needs/],
    ['if(i, 1, 2)', /^"3" is neither true nor false, as if needs/],
    ['look == 3', /^"dense" and 3 cannot be compared/],
    ['room * 2', /^21 degC cannot be multiplied or divided. Write it in K/],
    ['-room', /^21 degC cannot be multiplied/],
    ['room + room', /^21 degC and 21 degC cannot be added. Write the difference in K/],
    ['1 m2 * 1 m2', /^the result is length\^4, for which there is no unit/],
    ['1e300 * 1e300', /^the result is no finite number/],
    ['1 +', /^something is missing at the end in "1 \+". Write for instance =pitch/],
    ['', /^something is missing at the end/],
    ['(1 + 2', /^"\)" is expected before the end in "\(1 \+ 2"/],
    ['1 2', /^"2" is out of place in "1 2"/],
    ['1 "+" 2', /^"\+" is out of place/],
    ['i < 3 < 4', /^"true|"false" is no number, as < needs/],
    ['2 ^ 3', /^"\^" has no meaning in "2 \^ 3". Use numbers with units/],
    [`${'('.repeat(300)}1${')'.repeat(300)}`, /^an expression of 601 characters is too long/],
  ])('%s is refused', (text, expected) => {
    expect(failureOf(text)).toMatch(expected);
  });

  it('takes every unit behind a number, and gives it back', () => {
    for (const { code, aliases } of allUnits()) {
      for (const spelling of [code, ...aliases].filter((name) => !/^\d/.test(name))) {
        const written = compute(`7 ${spelling}`);
        expect([spelling, written]).toEqual([spelling, `7 ${aliases[0] ?? code}`]);
      }
    }
  });

  it(`computes plain numbers as JavaScript does (seed ${SEED})`, () => {
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.integer({ min: 0, max: 1000 }).map(String),
        fc
          .tuple(tie('tree'), fc.constantFrom('+', '-', '*'), tie('tree'))
          .map(([left, operator, right]) => `${left} ${operator} ${right}`),
        tie('tree').map((inner) => `(${inner})`),
        tie('tree').map((inner) => `-(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(tree, (text) => {
        fc.pre(text.length <= 500);
        // The reference is the language itself.
        const expected = Number(Number(new Function(`return ${text}`)()).toPrecision(12));
        expect(compute(text)).toBe(expected === 0 ? 0 : expected);
      }),
      { seed: SEED },
    );
  });

  it(`throws nothing but what it means to (seed ${SEED})`, () => {
    const part = fc.constantFrom(
      '1',
      '2 m',
      'pitch',
      'look',
      'isWide',
      '(',
      ')',
      '+',
      '-',
      '*',
      '/',
      '<',
      '==',
      'and',
      ',',
      'floor',
      'if(',
      '"',
      '{',
      '=',
      ' ',
      '.5',
      '3 s',
      '0',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        try {
          compute(parts.join(''));
        } catch (error) {
          expect(error).toBeInstanceOf(ExpressionError);
        }
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});

describe('texts', () => {
  const { fill } = createTextFiller();

  it.each<[string, number | boolean | string]>([
    ['Rack 7', 'Rack 7'],
    ['rack-{i}', 'rack-3'],
    ['{look}-{i * 2}', 'dense-6'],
    ['{pitch} apart', '0.65 m apart'],
    ['=i', 3],
    ['=isWide', true],
    ['=look', 'dense'],
    ['=pitch', '0.65 m'],
  ])('%s becomes %s', (text, expected) => {
    expect(fill(text, SCOPE)).toBe(expected);
  });

  it.each(['rack-{i', 'rack-i}', 'rack-{{i}}', 'rack-{}'])('%s is refused', (text) => {
    expect(() => fill(text, SCOPE)).toThrow(ExpressionError);
  });
});
