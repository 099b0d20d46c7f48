import {
  BENCH_CALLS,
  type BenchCall,
  type BenchCallName,
  type BenchField,
  type BenchRecord,
} from '../../kernel/bench-contract.ts';
import { type Refusal, refusal } from '../../kernel/error-catalogue.ts';
import { err, ok, type Result } from '../../kernel/result.ts';

/** Longest text and longest list of texts that a call takes. */
const LONGEST = { text: 4000, texts: 5000 } as const;

export function isBenchCall(name: string): name is BenchCallName {
  return Object.hasOwn(BENCH_CALLS, name);
}

/** Checks the parameters of a call against its declaration; what was left out is absent afterwards. */
export function checkParameters(
  name: BenchCallName,
  given: BenchRecord,
): Result<BenchRecord, Refusal> {
  const { parameters }: BenchCall = BENCH_CALLS[name];
  const known = Object.keys(parameters);
  const wrong = (words: string): Result<never, Refusal> =>
    err(refusal('INVALID_PARAMETER', `${name}: ${words}`));
  const unknown = Object.keys(given).find((key) => !Object.hasOwn(parameters, key));
  if (unknown !== undefined) {
    return wrong(`unknown parameter "${unknown}"; known: ${known.join(', ') || 'none'}`);
  }
  const checked: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(parameters)) {
    const value = given[key];
    if (value === undefined || value === null || value === '') {
      if (field.optional !== true) return wrong(`"${key}" is missing: ${field.description}`);
    } else if (!isOfKind(field, value)) {
      return wrong(`"${key}" must be ${KINDS[field.kind]}: ${field.description}`);
    } else checked[key] = value;
  }
  return ok(checked);
}

const KINDS: Readonly<Record<BenchField['kind'], string>> = {
  text: 'a text',
  number: 'a number',
  boolean: 'true or false',
  texts: 'a list of texts',
  json: 'a value',
};

function isOfKind({ kind }: BenchField, value: unknown): boolean {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value.length <= LONGEST.text;
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'texts':
      return (
        Array.isArray(value) &&
        value.length <= LONGEST.texts &&
        value.every((item) => typeof item === 'string')
      );
    case 'json':
      return true;
  }
}
