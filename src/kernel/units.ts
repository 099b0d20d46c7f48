/**
 * Units by their UCUM codes (https://ucum.org) and the conversion between field units and the SI
 * units used inside. Cells, virus particles (transducing units) and similar counted things are
 * dimensionless counts with a dimension name of their own, so that `cells/ml` is no `TU/ml`.
 */
export type Dimension =
  | 'number'
  | 'length'
  | 'area'
  | 'volume'
  | 'mass'
  | 'time'
  | 'frequency'
  | 'speed'
  | 'angle'
  | 'angular-speed'
  | 'acceleration'
  | 'temperature'
  | 'temperature-rate'
  | 'pressure'
  | 'flow'
  | 'amount'
  | 'concentration'
  | 'mass-concentration'
  | 'cell-concentration'
  | 'particle-concentration'
  | 'activity-concentration'
  | 'transducing-concentration'
  | 'cells'
  | 'power'
  | 'volumetric-power'
  | 'force'
  | 'voltage'
  | 'conductance'
  | 'ph'
  | 'rate';

export interface UnitDefinition {
  /** UCUM code. */
  readonly code: string;
  readonly dimension: Dimension;
  /** SI value = field value * factor + offset. */
  readonly factor: number;
  readonly offset: number;
  /** What a person reads. */
  readonly symbol: string;
  /** Other spellings accepted in scenes. */
  readonly aliases: readonly string[];
}

function unit(
  code: string,
  dimension: Dimension,
  factor: number,
  symbol: string = code,
  aliases: readonly string[] = [],
  offset = 0,
): UnitDefinition {
  return { code, dimension, factor, offset, symbol, aliases };
}

const DEFINITIONS: readonly UnitDefinition[] = [
  unit('1', 'number', 1, ''),
  unit('%', 'number', 0.01, '%'),
  unit('[ppm]', 'number', 1e-6, 'ppm', ['ppm']),
  unit('m', 'length', 1),
  unit('cm', 'length', 0.01),
  unit('mm', 'length', 1e-3),
  unit('um', 'length', 1e-6, 'µm'),
  unit('m2', 'area', 1, 'm²'),
  unit('cm2', 'area', 1e-4, 'cm²'),
  unit('m3', 'volume', 1, 'm³'),
  unit('L', 'volume', 1e-3, 'L', ['l']),
  unit('mL', 'volume', 1e-6, 'mL', ['ml']),
  unit('uL', 'volume', 1e-9, 'µL', ['ul']),
  unit('kg', 'mass', 1),
  unit('g', 'mass', 1e-3),
  unit('mg', 'mass', 1e-6),
  unit('s', 'time', 1),
  unit('ms', 'time', 1e-3),
  unit('min', 'time', 60),
  unit('h', 'time', 3600),
  unit('d', 'time', 86_400),
  unit('Hz', 'frequency', 1),
  unit('m/s', 'speed', 1),
  unit('mm/s', 'speed', 1e-3),
  unit('rad', 'angle', 1),
  unit('deg', 'angle', Math.PI / 180, '°'),
  unit('rad/s', 'angular-speed', 1),
  unit('deg/s', 'angular-speed', Math.PI / 180, '°/s'),
  unit('/min', 'angular-speed', (2 * Math.PI) / 60, 'rpm', ['rpm', '1/min']),
  unit('m/s2', 'acceleration', 1, 'm/s²'),
  unit('[g]', 'acceleration', 9.806_65, '× g', ['xg']),
  unit('K', 'temperature', 1),
  unit('Cel', 'temperature', 1, '°C', ['degC'], 273.15),
  unit('K/min', 'temperature-rate', 1 / 60, 'K/min', ['degC/min', 'Cel/min']),
  unit('Pa', 'pressure', 1),
  unit('kPa', 'pressure', 1000),
  unit('mbar', 'pressure', 100),
  unit('bar', 'pressure', 1e5),
  unit('m3/s', 'flow', 1, 'm³/s'),
  unit('m3/h', 'flow', 1 / 3600, 'm³/h'),
  unit('L/min', 'flow', 1e-3 / 60, 'L/min', ['l/min']),
  unit('mL/min', 'flow', 1e-6 / 60, 'mL/min', ['ml/min']),
  unit('mL/h', 'flow', 1e-6 / 3600, 'mL/h', ['ml/h']),
  unit('mL/d', 'flow', 1e-6 / 86_400, 'mL/d', ['ml/d']),
  unit('L/d', 'flow', 1e-3 / 86_400, 'L/d', ['l/d']),
  unit('mol', 'amount', 1),
  unit('mmol', 'amount', 1e-3),
  unit('mol/m3', 'concentration', 1, 'mol/m³'),
  unit('mmol/L', 'concentration', 1, 'mM', ['mM', 'mmol/l']),
  unit('umol/L', 'concentration', 1e-3, 'µM', ['uM']),
  unit('kg/m3', 'mass-concentration', 1, 'kg/m³'),
  unit('g/L', 'mass-concentration', 1, 'g/L', ['g/l']),
  unit('{cells}', 'cells', 1, 'cells', ['cells']),
  unit('10*6.{cells}', 'cells', 1e6, '10⁶ cells', ['Mcells']),
  unit('{cells}/m3', 'cell-concentration', 1, 'cells/m³', ['cells/m3']),
  unit('{cells}/mL', 'cell-concentration', 1e6, 'cells/mL', ['cells/ml', 'cells/mL']),
  unit('10*6.{cells}/mL', 'cell-concentration', 1e12, '10⁶/mL', ['Mcells/ml', 'Mcells/mL']),
  unit('{particles}/m3', 'particle-concentration', 1, '/m³', ['particles/m3', '/m3']),
  unit('[IU]/mL', 'activity-concentration', 1e6, 'IU/mL', ['IU/ml', 'IU/mL']),
  unit('[IU]/m3', 'activity-concentration', 1, 'IU/m³'),
  unit('{TU}/mL', 'transducing-concentration', 1e6, 'TU/mL', ['TU/ml', 'TU/mL']),
  unit('{TU}/m3', 'transducing-concentration', 1, 'TU/m³'),
  unit('W', 'power', 1),
  unit('W/m3', 'volumetric-power', 1, 'W/m³'),
  unit('N', 'force', 1),
  unit('V', 'voltage', 1),
  unit('W/K', 'conductance', 1),
  unit('[pH]', 'ph', 1, 'pH', ['pH']),
  unit('/s', 'rate', 1, 's⁻¹', ['1/s']),
  unit('/h', 'rate', 1 / 3600, 'h⁻¹', ['1/h']),
  unit('/d', 'rate', 1 / 86_400, 'd⁻¹', ['1/d']),
];

const BY_NAME: ReadonlyMap<string, UnitDefinition> = new Map(
  DEFINITIONS.flatMap((definition) =>
    [definition.code, ...definition.aliases].map((name) => [name, definition] as const),
  ),
);

/** The unit of a UCUM code or accepted spelling, if there is one. */
export function findUnit(name: string): UnitDefinition | undefined {
  return BY_NAME.get(name);
}

/** The unit of a UCUM code that the program itself wrote. Throws RangeError when it does not exist. */
export function unitOf(code: string): UnitDefinition {
  const found = BY_NAME.get(code);
  if (found === undefined) throw new RangeError(`unknown unit ${code}`);
  return found;
}

/** SI value of a value in field unit `code`. */
export function toSi(value: number, code: string): number {
  const { factor, offset } = unitOf(code);
  return value * factor + offset;
}

/** Field value in unit `code` of an SI value. */
export function fromSi(value: number, code: string): number {
  const { factor, offset } = unitOf(code);
  return (value - offset) / factor;
}

/** All units, for documentation and for endpoints that publish engineering units. */
export function allUnits(): readonly UnitDefinition[] {
  return DEFINITIONS;
}

export type QuantityProblem =
  | { readonly kind: 'form' }
  | { readonly kind: 'unknown-unit'; readonly unit: string }
  | {
      readonly kind: 'wrong-dimension';
      readonly unit: string;
      readonly expected: string;
    };

/**
 * SI value of a text such as `37 degC`, `1.5 L` or `-20 Cel`, which must have the dimension of
 * `expectedUnit`. Decimal point, optional exponent, a blank before the unit is optional.
 */
export function parseQuantity(
  text: string,
  expectedUnit: string,
): { readonly value: number } | { readonly problem: QuantityProblem } {
  const match = /^\s*([-+]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)\s*(\S*)\s*$/.exec(text);
  if (match === null) return { problem: { kind: 'form' } };
  const name = match[2] === '' || match[2] === undefined ? '1' : match[2];
  const found = findUnit(name);
  if (found === undefined) return { problem: { kind: 'unknown-unit', unit: name } };
  const expected = unitOf(expectedUnit);
  if (found.dimension !== expected.dimension) {
    return {
      problem: {
        kind: 'wrong-dimension',
        unit: name,
        expected: expected.symbol || '(none)',
      },
    };
  }
  return { value: Number(match[1]) * found.factor + found.offset };
}
