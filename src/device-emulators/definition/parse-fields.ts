import { toSi } from '../../kernel/units.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { refusal, type Refusal } from '../../kernel/error-catalogue.ts';
import type { CommandParameters } from './command.ts';
import type { Field } from './fields.ts';

/**
 * Command parameters as a client sends them (numbers in declared units) checked against their
 * declaration and converted to SI. Unknown, missing, wrongly typed and out-of-range ones are refused.
 */
export function parseParameters(
  fields: Readonly<Record<string, Field>>,
  values: Readonly<Record<string, unknown>>,
): Result<CommandParameters, Refusal> {
  const parsed: Record<string, number | boolean | string> = {};
  for (const name of Object.keys(values)) {
    if (fields[name] === undefined) {
      const known = Object.keys(fields).join(', ') || 'none';
      return err(refusal('INVALID_PARAMETER', `unknown parameter "${name}"; known: ${known}`));
    }
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name] ?? field.default;
    if (value === undefined) return err(refusal('INVALID_PARAMETER', `"${name}" is missing`));
    const result = parseField(name, field, value);
    if (!result.ok) return result;
    parsed[name] = result.value;
  }
  return ok(parsed);
}

function parseField(
  name: string,
  field: Field,
  value: unknown,
): Result<number | boolean | string, Refusal> {
  const wrong = (expected: string): Result<never, Refusal> =>
    err(
      refusal('INVALID_PARAMETER', `"${name}" must be ${expected}, not ${JSON.stringify(value)}`),
    );
  switch (field.type) {
    case 'quantity':
    case 'integer': {
      const integer = field.type === 'integer';
      if (typeof value !== 'number' || !Number.isFinite(value)) return wrong('a finite number');
      if (integer && !Number.isInteger(value)) return wrong('a whole number');
      if (value < field.min || value > field.max) {
        const unit = integer ? '' : ` ${field.unit}`;
        const message = `"${name}" is ${value}${unit}, allowed ${field.min} to ${field.max}${unit}`;
        return err(refusal('OUT_OF_RANGE', message));
      }
      return ok(field.type === 'quantity' ? toSi(value, field.unit) : value);
    }
    case 'flag':
      return typeof value === 'boolean' ? ok(value) : wrong('true or false');
    case 'choice':
      return typeof value === 'string' && field.options.includes(value)
        ? ok(value)
        : wrong(`one of ${field.options.join(', ')}`);
    default:
      return typeof value === 'string' ? ok(value) : wrong('a name');
  }
}
