import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadRecipe } from '../../src/control/recipe/load-recipe.ts';
import { quantity } from '../../src/control/recipe/quantity.ts';

const CAR_T = readFileSync(
  new URL('../../src/control/recipes/car-t.yaml', import.meta.url),
  'utf8',
);

const problemsOf = (text: string): readonly string[] => {
  const result = loadRecipe(text, 'r.yaml');
  return 'recipe' in result
    ? []
    : result.problems.map((p) => `${p.file}:${p.line} ${p.path}: ${p.message} | ${p.remedy}`);
};

/** The CAR-T recipe with one passage replaced, and the line it is in. */
function broken(passage: string, replacement: string): { text: string; line: number } {
  const at = CAR_T.indexOf(passage);
  if (at < 0) throw new Error(`the recipe does not contain ${passage}`);
  return {
    text: CAR_T.replace(passage, replacement),
    line: CAR_T.slice(0, at).split('\n').length,
  };
}

describe('CAR-T recipe', () => {
  it('is valid and has the steps 3 to 10 in order', () => {
    expect(problemsOf(CAR_T)).toEqual([]);
    const result = loadRecipe(CAR_T, 'car-t.yaml');
    const steps = 'recipe' in result ? result.recipe.steps.map(({ step }) => step) : [];
    expect(steps).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  });

  const cases: readonly (readonly [string, string, string, RegExp])[] = [
    ['an unknown key', 'title: Autologous', 'titel: x\ntitle: Autologous', /unknown key "titel"/],
    [
      'an unknown function',
      'function: thaw,',
      'function: thaws,',
      /unknown function "thaws".*thaw,/,
    ],
    ['a wrong unit', 'acceleration: 400 xg', 'acceleration: 400 ml', /"ml" \(volume\).*\[g\]/],
    ['a missing unit', 'glucose: 12 mM', 'glucose: 12', /no unit where a concentration/],
    ['a value out of range', 'target: -80 degC', 'target: -200 degC', /out of range; allowed -150/],
    [
      'an unknown fact',
      'fact: residual',
      'fact: resudual',
      /no function finds out "resudual".*residual/,
    ],
    [
      'an unknown parameter',
      'multiplicity: 8.5',
      'multiplicity: 8.5, speed: 3',
      /unknown parameter "speed".*Parameters of addVector: multiplicity/,
    ],
    [
      'an unknown specification',
      'require: { rate: 1 K/min }',
      'require: { rates: 1 K/min }',
      /unknown parameter "rates".*require of freeze: rate/,
    ],
    ['steps out of order', 'step: 5', 'step: 4', /step 4 comes after step 4/],
    ['a loop without end', '        atMost: 3\n', '', /repeat needs until and atMost/],
    [
      'a check without a reason',
      '        reason: too few cells were selected\n',
      '',
      /check needs a reason/,
    ],
    ['broken YAML', 'steps:\n', 'steps: [\n', /no valid YAML/],
    ['a wrong kind of value', 'volumes: 1', 'volumes: one', /expected number/],
  ];
  it.each(cases)('reports %s with line and remedy', (_name, passage, replacement, expected) => {
    const { text, line } = broken(passage, replacement);
    const problems = problemsOf(text);
    expect(problems.join('\n')).toMatch(expected);
    expect(problems.every((problem) => / \| \S.{8}/.test(problem))).toBe(true);
    const lines = problems.map((problem) => Number(/:(\d+) /.exec(problem)?.[1]));
    expect(lines.every((at) => at >= 1)).toBe(true);
    if (passage.length > 0 && replacement !== '' && !replacement.endsWith('[\n')) {
      expect(lines.some((at) => Math.abs(at - line) <= 1)).toBe(true);
    }
  });
});

describe('quantity', () => {
  it('converts any unit of the dimension', () => {
    const schema = quantity('min', 0, 1000);
    expect(schema.parse('2 h')).toBe(120);
    expect(schema.parse('90 s')).toBe(1.5);
    expect(quantity('Cel', 0, 100).parse('310.15 K')).toBeCloseTo(37, 9);
    expect(quantity('{cells}', 0, 1e12).parse('3e9 cells')).toBe(3e9);
  });

  it.each(['', 'ten min', '5 parsec', '5 ml', '2000 min', '-1 s'])('refuses "%s"', (text) => {
    expect(quantity('min', 0, 1000).safeParse(text).success).toBe(false);
  });
});
