/** A number of a model with where it comes from. */
export interface Parameter {
  readonly value: number;
  readonly unit: string;
  /** Citation, or `assumed` with the reason. */
  readonly source: string;
}

/** Writes a parameter of a table. */
export function parameter(value: number, unit: string, source: string): Parameter {
  return { value, unit, source };
}
