import { compare } from '../expression/arithmetic.ts';
import type { Scope } from '../expression/evaluate.ts';
import { ExpressionError, locate } from '../expression/expression-error.ts';
import type { TextFiller } from '../expression/text-template.ts';
import {
  haveSameDimension,
  isDimensionless,
  isQuantity,
  nameDimension,
  plainNumber,
  type Quantity,
  readQuantity,
  type Value,
  writeQuantity,
} from '../expression/value.ts';
import type { OriginReport } from '../problem-list.ts';
import type { SceneParameter } from '../scene.ts';
import { describeIssue } from '../schema-issues.ts';
import { parametersSchema, type WrittenParameter } from './template-schema.ts';
import { checkVariableName } from './variable-name.ts';

/** The parameters of a scene, and what expressions may use of them. */
export interface Parameters {
  readonly list: readonly SceneParameter[];
  readonly scope: Scope;
}

/**
 * Reads the parameters of a scene in their order; values and limits may be computed from those above.
 * Undefined when one is wrong, which has then been reported.
 */
export function readParameters(
  written: unknown,
  texts: TextFiller,
  report: OriginReport,
): Parameters | undefined {
  const reportAt = (path: readonly string[], message: string, remedy: string): void =>
    report({ path: ['parameters', ...path], indices: '' }, message, remedy);
  const parsed = parametersSchema.safeParse(written ?? {});
  if (!parsed.success) {
    for (const issue of parsed.error.issues) {
      const { path, message, remedy } = describeIssue(issue);
      reportAt(path, message, remedy);
    }
    return undefined;
  }
  const list: SceneParameter[] = [];
  const scope = new Map<string, Value>();
  for (const [name, entry] of Object.entries(parsed.data)) {
    try {
      checkVariableName(name, scope);
      const compute = (at: 'value' | 'min' | 'max'): Value | undefined => {
        const text = entry[at];
        return text === undefined
          ? undefined
          : locate([at], () => computeValue(text, texts, scope));
      };
      const value = compute('value') ?? '';
      // Others may be computed from it, right or wrong.
      scope.set(name, value);
      const limits = { min: compute('min'), max: compute('max') };
      const described = locate(['value'], () => describeValue(value, limits, entry));
      list.push({ name, title: entry.title, ...described });
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      reportAt([name, ...error.path], error.message, error.remedy);
      if (!scope.has(name)) return undefined;
    }
  }
  return list.length === Object.keys(parsed.data).length ? { list, scope } : undefined;
}

/** A value of a parameter: computed behind a `=`, else a number, a quantity or a text. */
function computeValue(written: number | string, texts: TextFiller, scope: Scope): Value {
  if (typeof written === 'number') return plainNumber(written);
  if (written.startsWith('=')) return texts.evaluate(written, scope);
  return readQuantity(written) ?? written;
}

function describeValue(
  value: Value,
  limits: { readonly min: Value | undefined; readonly max: Value | undefined },
  { options, integer }: WrittenParameter,
): Pick<SceneParameter, 'value' | 'min' | 'max' | 'options'> {
  if (options !== undefined) {
    const text = isQuantity(value) ? String(writeQuantity(value)) : value;
    if (typeof text === 'string' && options.includes(text)) {
      return { value: text, min: undefined, max: undefined, options };
    }
    throw new ExpressionError(
      `"${text}" is none of the options`,
      `Options: ${options.join(', ')}.`,
    );
  }
  if (!isQuantity(value)) {
    throw new ExpressionError(
      `"${value}" is no number, nor a quantity with a known unit`,
      'Write for instance 4 or "0.65 m"; a choice between texts needs options: [a, b].',
    );
  }
  const min = limitOf(limits.min, value, 'min');
  const max = limitOf(limits.max, value, 'max');
  const written = { value: writeQuantity(value), min: writeQuantity(min), max: writeQuantity(max) };
  if (compare(value, min) < 0 || compare(value, max) > 0) {
    throw new ExpressionError(
      `${written.value} is out of range`,
      `Allowed: ${written.min} to ${written.max}.`,
    );
  }
  const isPlain = isDimensionless(value) && value.unit === undefined;
  if (isPlain && integer !== false && !Number.isInteger(written.value)) {
    throw new ExpressionError(
      `${written.value} is no whole number`,
      'Round it, give it a unit such as %, or write integer: false.',
    );
  }
  return { ...written, options: [] };
}

function limitOf(limit: Value | undefined, value: Quantity, end: 'min' | 'max'): Quantity {
  if (limit === undefined) {
    throw new ExpressionError(
      `${writeQuantity(value)} has no ${end}`,
      `Add ${end}, ${end === 'min' ? 'the smallest' : 'the largest'} value that makes sense.`,
    );
  }
  if (isQuantity(limit) && haveSameDimension(limit, value)) return limit;
  const written = isQuantity(limit) ? writeQuantity(limit) : limit;
  throw new ExpressionError(
    `${writeQuantity(value)} is ${nameDimension(value)}, but its ${end} is ${written}`,
    `Give both the same unit.`,
  );
}
