import { ENCOUNTER_KINDS } from '../../twin/coverage.ts';
import { formatTable } from '../cli/scene-contents.ts';
import { type CaseResult, titleOf } from './case.ts';
import type { CoverageReport } from './coverage-report.ts';

/** One case when it is over, with what was not as it should be. */
export function formatCase(result: CaseResult): string {
  const { outcome, problems, simulatedSeconds, wallSeconds, reopen, files } = result;
  const mark = outcome === 'passed' ? '✓' : '✗';
  const days = (simulatedSeconds / 86_400).toFixed(2);
  return [
    `${mark} ${titleOf(result)}  ${days} d in ${wallSeconds.toFixed(1)} s`,
    ...problems.map(({ name, cause, time }) => {
      const when = time === undefined ? '' : `${(time / 86_400e6).toFixed(4)} d  `;
      return `    ${when}${name}: ${cause}`;
    }),
    ...(outcome === 'passed'
      ? []
      : Object.entries(files).map(([what, path]) => `    ${what}: ${path}`)),
    ...(reopen === undefined ? [] : [`    look at that moment: ${reopen}`]),
    '',
  ].join('\n');
}

export function formatTotals(results: readonly CaseResult[], wallSeconds: number): string {
  const of = (outcome: CaseResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const days = results.reduce((sum, { simulatedSeconds }) => sum + simulatedSeconds, 0) / 86_400;
  return `${of('passed')} passed, ${of('failed')} failed, ${of('error')} could not be run: ${days.toFixed(0)} simulated days in ${wallSeconds.toFixed(1)} s\n`;
}

/** Met of declared, by device type, then what was never met. */
export function formatCoverage({ types, kinds, share }: CoverageReport, all: boolean): string {
  const row = (title: string, one: Pick<CoverageReport, 'kinds' | 'share'>): readonly string[] => [
    title,
    ...ENCOUNTER_KINDS.map((kind) => `${one.kinds[kind].met}/${one.kinds[kind].of}`),
    `${(one.share * 100).toFixed(0)} %`,
  ];
  const rows = [
    ['met by control', ...ENCOUNTER_KINDS, 'all'],
    ...types.map((type) => row(type.type, type)),
    row('all', { kinds, share }),
  ];
  const missing = types.flatMap(({ type, missing: none }) =>
    ENCOUNTER_KINDS.flatMap((kind) =>
      none[kind].length === 0 ? [] : [`  ${type} ${kind}: ${none[kind].join(', ')}`],
    ),
  );
  return [
    ...formatTable(rows),
    ...(all && missing.length > 0 ? ['never met:', ...missing] : []),
    '',
  ].join('\n');
}
