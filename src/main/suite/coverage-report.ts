import type { AnyDeviceDefinition } from '../../device-emulators/definition/device.ts';
import {
  type Coverage,
  ENCOUNTER_KINDS,
  type Encounters,
  joinCoverage,
  possibleEncounters,
} from '../../twin/coverage.ts';

type Kind = (typeof ENCOUNTER_KINDS)[number];

/** What control software has met with one type of device, and what it never met. */
export interface TypeCoverage {
  readonly type: string;
  readonly title: string;
  readonly kinds: Readonly<Record<Kind, { readonly met: number; readonly of: number }>>;
  /** Share of everything, 0 to 1. */
  readonly share: number;
  readonly missing: Encounters;
}

export interface CoverageReport {
  readonly types: readonly TypeCoverage[];
  readonly kinds: TypeCoverage['kinds'];
  readonly share: number;
}

/** What was met in all runs together, of what the types of their plants declare. */
export function coverageReport(
  runs: readonly Coverage[],
  definitions: ReadonlyMap<string, AnyDeviceDefinition>,
): CoverageReport {
  const joined = runs.reduce(joinCoverage, {});
  const types = Object.entries(joined)
    .flatMap(([type, met]) => {
      const definition = definitions.get(type);
      return definition === undefined ? [] : [typeCoverage(definition, met)];
    })
    .toSorted((a, b) => (a.type < b.type ? -1 : 1));
  const kinds = perKind((kind) => ({
    met: types.reduce((sum, one) => sum + one.kinds[kind].met, 0),
    of: types.reduce((sum, one) => sum + one.kinds[kind].of, 0),
  }));
  return { types, kinds, share: shareOf(kinds) };
}

function typeCoverage(definition: AnyDeviceDefinition, met: Encounters): TypeCoverage {
  const possible = possibleEncounters(definition);
  const missing = perKind((kind) => possible[kind].filter((name) => !met[kind].includes(name)));
  const kinds = perKind((kind) => {
    const of = possible[kind].length;
    return { met: of - missing[kind].length, of };
  });
  const { type, title } = definition;
  return { type, title, kinds, share: shareOf(kinds), missing };
}

function perKind<T>(make: (kind: Kind) => T): Readonly<Record<Kind, T>> {
  return Object.fromEntries(ENCOUNTER_KINDS.map((kind) => [kind, make(kind)])) as Record<Kind, T>;
}

function shareOf(kinds: TypeCoverage['kinds']): number {
  const all = Object.values(kinds);
  const of = all.reduce((sum, kind) => sum + kind.of, 0);
  return of === 0 ? 1 : all.reduce((sum, kind) => sum + kind.met, 0) / of;
}
