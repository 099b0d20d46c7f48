import type { RawParameters } from '../recipe/schema.ts';

/** The vessel in which the cells are. */
export const PRODUCT = 'product';

/** Name behind a reference such as `=duration`; undefined for a plain value. */
export function referenceOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('=') ? value.slice(1).trim() : undefined;
}

/** Puts a function's values for references; a parameter that the function was not given falls away. */
export function resolve(parameters: RawParameters, values: RawParameters): RawParameters {
  const resolved: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(parameters)) {
    const reference = referenceOf(value);
    const found = reference === undefined ? value : values[reference];
    if (found !== undefined) resolved[name] = found;
  }
  return resolved;
}
