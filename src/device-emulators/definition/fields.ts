/** How sure we are of a number. */
export type Fidelity = 'measured' | 'datasheet' | 'assumed' | 'exact';

interface FieldBase {
  readonly title: string;
}

/** A number with a unit. Limits and default are in `unit`; the parsed value is SI. */
export interface QuantityField extends FieldBase {
  readonly type: 'quantity';
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly default?: number;
  readonly fidelity: Fidelity;
}

export interface IntegerField extends FieldBase {
  readonly type: 'integer';
  readonly min: number;
  readonly max: number;
  readonly default?: number;
}

export interface FlagField extends FieldBase {
  readonly type: 'flag';
  readonly default?: boolean;
}

export interface ChoiceField<T extends string = string> extends FieldBase {
  readonly type: 'choice';
  readonly options: readonly T[];
  readonly default?: T;
}

export interface TextField extends FieldBase {
  readonly type: 'text';
  readonly default?: string;
}

/** The name of another thing of the scene. */
export interface ReferenceField extends FieldBase {
  readonly type: 'reference';
  readonly to: 'line' | 'device' | 'zone' | 'place' | 'vessel';
  /** A list of names instead of one. */
  readonly many?: boolean;
  readonly default?: string;
}

export type Field =
  | QuantityField
  | IntegerField
  | FlagField
  | ChoiceField
  | TextField
  | ReferenceField;
export type Fields = Readonly<Record<string, Field>>;

type FieldValue<F extends Field> = F extends QuantityField | IntegerField
  ? number
  : F extends FlagField
    ? boolean
    : F extends ChoiceField<infer T>
      ? T
      : F extends { type: 'reference'; many: true }
        ? readonly string[]
        : string;

/** Parsed values of a set of fields: numbers in SI, names as text. */
export type FieldValues<F extends Fields> = {
  readonly [K in keyof F]: FieldValue<F[K]>;
};
