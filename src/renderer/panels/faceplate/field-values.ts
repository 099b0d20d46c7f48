import type { ParameterDescription, Value } from '../../../kernel/plant-contract.ts';
import { unitSymbol } from '../format.ts';

/** What a form field starts with. */
export function initialText(field: ParameterDescription): string {
  if (field.default !== undefined) return String(field.default);
  if (field.kind === 'boolean') return 'false';
  if (field.kind === 'enum') return field.values?.[0] ?? '';
  return '';
}

/** A value of the declared kind and within its range, or what is wrong with the text. */
export type FieldValue = { readonly value: Value } | { readonly problem: string };

export function parseField(field: ParameterDescription, text: string): FieldValue {
  switch (field.kind) {
    case 'boolean':
      return { value: text === 'true' };
    case 'number':
    case 'integer':
      return parseNumber(field, text.trim().replace(',', '.'));
    case 'enum':
    case 'text':
      return text === '' && field.default === undefined ? { problem: 'needed' } : { value: text };
  }
}

function parseNumber({ kind, range, unit }: ParameterDescription, text: string): FieldValue {
  const value = Number(text);
  if (text === '') return { problem: 'needed' };
  if (!Number.isFinite(value)) return { problem: 'not a number' };
  if (kind === 'integer' && !Number.isInteger(value)) return { problem: 'whole numbers only' };
  if (range !== undefined && (value < range[0] || value > range[1])) {
    return { problem: `${range[0]} to ${range[1]} ${unitSymbol(unit)}`.trim() };
  }
  return { value };
}
