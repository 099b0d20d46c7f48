import { RESERVED, type Scope } from '../expression/evaluate.ts';
import { ExpressionError } from '../expression/expression-error.ts';
import { isUnitSpelling, NAME } from '../expression/tokens.ts';

/**
 * Refuses names for parameters and loop variables that expressions could not tell from something else.
 *
 * @throws ExpressionError
 */
export function checkVariableName(name: string, taken: Scope): void {
  if (!NAME.test(name)) {
    throw new ExpressionError(
      `"${name}" is no name for a number`,
      'Write letters and digits, beginning with a small letter, for instance maxLevels.',
    );
  }
  const other = RESERVED.has(name)
    ? 'a word of expressions'
    : isUnitSpelling(name)
      ? 'a unit'
      : taken.has(name)
        ? 'the name of another number'
        : undefined;
  if (other === undefined) return;
  throw new ExpressionError(`"${name}" is ${other} already`, 'Use another name.');
}
