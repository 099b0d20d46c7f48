import { findUnit } from '../../../kernel/units.ts';
import { UCUM_UNITS, UNECE_UNITS } from './names.ts';

/**
 * UNECE Recommendation 20 common codes by UCUM code. Units absent here are published in the UCUM
 * namespace, which every client can still show by its symbol.
 */
const UNECE_CODES: Readonly<Record<string, string>> = {
  '1': 'C62',
  '%': 'P1',
  '[ppm]': '59',
  m: 'MTR',
  cm: 'CMT',
  mm: 'MMT',
  um: '4H',
  m2: 'MTK',
  cm2: 'CMK',
  m3: 'MTQ',
  L: 'LTR',
  mL: 'MLT',
  uL: '4G',
  kg: 'KGM',
  g: 'GRM',
  mg: 'MGM',
  s: 'SEC',
  ms: 'C26',
  min: 'MIN',
  h: 'HUR',
  d: 'DAY',
  Hz: 'HTZ',
  'm/s': 'MTS',
  'mm/s': 'C16',
  rad: 'C81',
  deg: 'DD',
  'rad/s': '2A',
  'deg/s': 'E96',
  '/min': 'RPM',
  'm/s2': 'MSK',
  '[g]': 'K40',
  K: 'KEL',
  Cel: 'CEL',
  'K/min': 'F11',
  Pa: 'PAL',
  kPa: 'KPA',
  mbar: 'MBR',
  bar: 'BAR',
  'm3/s': 'MQS',
  'm3/h': 'MQH',
  'L/min': 'L2',
  'mL/min': '41',
  mol: 'C34',
  mmol: 'C18',
  'mol/m3': 'C36',
  'mmol/L': 'M33',
  'kg/m3': 'KMQ',
  'g/L': 'GL',
  W: 'WTT',
  N: 'NEW',
  V: 'VLT',
  '[pH]': 'Q30',
  '/s': 'C97',
  '/h': 'H10',
  '/d': 'E91',
};

/** The four fields of an OPC UA EUInformation. */
export interface EngineeringUnit {
  readonly namespaceUri: string;
  readonly unitId: number;
  /** Symbol that a person reads. */
  readonly displayName: string;
  /** UCUM code. */
  readonly description: string;
}

/** UnitId of a UNECE common code: its characters as bytes, most significant first. */
export function uneceUnitId(code: string): number {
  return [...code].reduce((id, character) => id * 256 + character.charCodeAt(0), 0);
}

/** Engineering unit of a UCUM code; undefined for a signal without unit. */
export function engineeringUnitOf(ucum: string): EngineeringUnit | undefined {
  if (ucum === '') return undefined;
  const unece = UNECE_CODES[ucum];
  return {
    namespaceUri: unece === undefined ? UCUM_UNITS : UNECE_UNITS,
    unitId: unece === undefined ? -1 : uneceUnitId(unece),
    displayName: findUnit(ucum)?.symbol || ucum,
    description: ucum,
  };
}

const UCUM_BY_UNIT_ID: ReadonlyMap<number, string> = new Map(
  Object.entries(UNECE_CODES).map(([ucum, code]) => [uneceUnitId(code), ucum] as const),
);

/** UCUM code of an engineering unit read from a server; empty when it names none that is known. */
export function ucumOf(
  unit: Pick<EngineeringUnit, 'namespaceUri' | 'unitId' | 'description'>,
): string {
  if (unit.namespaceUri === UCUM_UNITS) return unit.description;
  return UCUM_BY_UNIT_ID.get(unit.unitId) ?? '';
}
