import type { ParameterDescription, Value } from '../../../kernel/plant-contract.ts';

/** What a form field starts with. */
export function initialText(field: ParameterDescription): string {
  if (field.default !== undefined) return String(field.default);
  if (field.kind === 'boolean') return 'false';
  if (field.kind === 'enum') return field.values?.[0] ?? '';
  return '';
}

/** The typed value of a field's text; undefined when there is none. Ranges are the device's to refuse. */
export function parseField(field: ParameterDescription, text: string): Value | undefined {
  switch (field.kind) {
    case 'boolean':
      return text === 'true';
    case 'number':
    case 'integer': {
      const value = Number(text);
      if (text.trim() === '' || !Number.isFinite(value)) return undefined;
      return field.kind === 'integer' && !Number.isInteger(value) ? undefined : value;
    }
    case 'enum':
    case 'text':
      return text;
  }
}
