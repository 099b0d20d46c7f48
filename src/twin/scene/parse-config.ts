import { parseQuantity } from '../../kernel/units.ts';
import type { AnyConfig } from '../../device-emulators/definition/device.ts';
import type { Field, Fields } from '../../device-emulators/definition/fields.ts';

/** A configuration problem of one device: the field and what is wrong with it. */
export interface ConfigProblem {
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}

/** Names that references may point to. */
export type KnownNames = Readonly<
  Record<'line' | 'device' | 'zone' | 'place' | 'vessel', ReadonlySet<string>>
>;

/** A device's `config` block checked against its declared fields and converted to SI. */
export function parseConfig(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
): { readonly config: AnyConfig; readonly problems: ConfigProblem[] } {
  const config: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  for (const name of Object.keys(values)) {
    if (fields[name] !== undefined) continue;
    const known = Object.keys(fields).join(', ') || 'none';
    problems.push({
      field: name,
      message: 'unknown key',
      remedy: `Known keys: ${known}.`,
    });
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name];
    if (value === undefined) {
      if (field.default === undefined && !('many' in field && field.many)) {
        problems.push({
          field: name,
          message: 'is missing',
          remedy: `Add ${name}: ${example(field)}.`,
        });
      } else {
        config[name] = defaultOf(field);
      }
      continue;
    }
    const parsed = parseValue(field, value);
    if ('message' in parsed) problems.push({ field: name, ...parsed });
    else config[name] = parsed.value;
  }
  return { config: config as AnyConfig, problems };
}

/** References of a configuration that point to nothing. */
export function danglingReferences(
  fields: Fields,
  config: Readonly<Record<string, unknown>>,
  known: KnownNames,
): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  for (const [name, field] of Object.entries(fields)) {
    if (field.type !== 'reference') continue;
    const value = config[name];
    for (const target of Array.isArray(value) ? value : [value]) {
      if (target === undefined || target === '' || known[field.to].has(String(target))) continue;
      const names = [...known[field.to]].slice(0, 8).join(', ');
      problems.push({
        field: name,
        message: `there is no ${field.to} "${target}"`,
        remedy: `Name one of: ${names || 'none defined'}.`,
      });
    }
  }
  return problems;
}

function defaultOf(field: Field): unknown {
  if (field.type === 'reference' && field.many === true) return field.default ?? [];
  if (field.type === 'quantity' && field.default !== undefined) {
    const parsed = parseQuantity(`${field.default} ${field.unit}`, field.unit);
    return 'value' in parsed ? parsed.value : field.default;
  }
  return field.default;
}

function example(field: Field): string {
  switch (field.type) {
    case 'quantity':
      return `"${field.min} ${field.unit}"`;
    case 'integer':
      return String(field.min);
    case 'flag':
      return 'true';
    case 'choice':
      return field.options[0] ?? '';
    case 'reference':
      return `<a ${field.to}>`;
    default:
      return '<text>';
  }
}

function parseValue(
  field: Field,
  value: unknown,
): { readonly value: unknown } | { readonly message: string; readonly remedy: string } {
  const wrong = (expected: string) => ({
    message: `${JSON.stringify(value)} is not ${expected}`,
    remedy: `Write for instance ${example(field)}.`,
  });
  switch (field.type) {
    case 'quantity': {
      if (typeof value !== 'string') return wrong(`a quantity in ${field.unit}`);
      const parsed = parseQuantity(value, field.unit);
      if ('problem' in parsed) {
        if (parsed.problem.kind === 'form') return wrong(`a quantity in ${field.unit}`);
        return wrong(`in a unit like ${field.unit} ("${parsed.problem.unit}" is wrong here)`);
      }
      const low = parseQuantity(`${field.min} ${field.unit}`, field.unit);
      const high = parseQuantity(`${field.max} ${field.unit}`, field.unit);
      const inside =
        'value' in low &&
        'value' in high &&
        parsed.value >= low.value &&
        parsed.value <= high.value;
      if (inside) return parsed;
      return {
        message: `${value} is out of range`,
        remedy: `Allowed: ${field.min} to ${field.max} ${field.unit}.`,
      };
    }
    case 'integer':
      if (typeof value !== 'number' || !Number.isInteger(value)) return wrong('a whole number');
      if (value >= field.min && value <= field.max) return { value };
      return {
        message: `${value} is out of range`,
        remedy: `Allowed: ${field.min} to ${field.max}.`,
      };
    case 'flag':
      return typeof value === 'boolean' ? { value } : wrong('true or false');
    case 'choice':
      return field.options.includes(String(value))
        ? { value }
        : wrong(`one of ${field.options.join(', ')}`);
    case 'reference':
      if (field.many === true) {
        return Array.isArray(value) && value.every((v) => typeof v === 'string')
          ? { value }
          : wrong(`a list of ${field.to} names`);
      }
      return typeof value === 'string' ? { value } : wrong(`the name of a ${field.to}`);
    default:
      return typeof value === 'string' ? { value } : wrong('a text');
  }
}
