import { ENCOUNTER_KINDS } from '../../twin/coverage.ts';
import { escapeText, panel, reportPage } from '../report-page.ts';
import { type CaseResult, titleOf } from './case.ts';
import type { CoverageReport, TypeCoverage } from './coverage-report.ts';

/** Results and coverage as one page that needs nothing else. */
export function suiteReport(results: readonly CaseResult[], coverage: CoverageReport): string {
  const passed = results.filter(({ outcome }) => outcome === 'passed').length;
  const days = results.reduce((sum, { simulatedSeconds }) => sum + simulatedSeconds, 0) / 86_400;
  const wall = results.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
  const suites = [...new Set(results.map(({ suite }) => suite))];
  return reportPage({
    title: passed === results.length ? 'All scenarios passed' : 'Some scenarios failed',
    lead: `${passed} of ${results.length} scenarios passed: ${days.toFixed(0)} simulated days in ${wall.toFixed(0)} s. The control software met ${percent(coverage.share)} of what devices can confront it with.`,
    body: [
      ...suites.map((suite) =>
        panel(
          suite,
          results
            .filter((one) => one.suite === suite)
            .map(caseHtml)
            .join('\n'),
        ),
      ),
      panel('What the control software has met', coverageTable(coverage)),
      panel('What it never met', coverage.types.map(missingHtml).join('\n')),
    ].join('\n'),
  });
}

function caseHtml(result: CaseResult): string {
  const { outcome, title, problems, simulatedSeconds, wallSeconds, reopen } = result;
  const list = problems.map(({ name, cause, time }) => {
    const when = time === undefined ? '' : ` at ${dayOf(time / 1e6)}`;
    return `<li><b>${escapeText(name)}</b>${when}: ${escapeText(cause)}</li>`;
  });
  return `<div class="case ${outcome}"><span class="mark">${outcome === 'passed' ? '✓' : '✗'}</span>
<span>${escapeText(title)} <span class="name">${escapeText(titleOf(result))}</span></span>
<span class="when">${dayOf(simulatedSeconds)} in ${wallSeconds.toFixed(1)} s</span>
${list.length === 0 ? '' : `<ul>${list.join('')}</ul>`}${reopen === undefined ? '' : `<code>${escapeText(reopen)}</code>`}</div>`;
}

function coverageTable({ types, kinds, share }: CoverageReport): string {
  const head = ['Device type', ...ENCOUNTER_KINDS, 'all']
    .map((title) => `<th>${title}</th>`)
    .join('');
  const row = (title: string, one: Pick<TypeCoverage, 'kinds' | 'share'>): string =>
    `<tr><td>${escapeText(title)}</td>${ENCOUNTER_KINDS.map((kind) => {
      const { met, of } = one.kinds[kind];
      return `<td>${of === 0 ? '' : `${met} of ${of}`}</td>`;
    }).join(
      '',
    )}<td>${percent(one.share)} <span class="meter"><i style="width:${(one.share * 100).toFixed(0)}%"></i></span></td></tr>`;
  return `<table><thead><tr>${head}</tr></thead><tbody>${types.map((type) => row(type.title, type)).join('')}${row('All', { kinds, share })}</tbody></table>`;
}

function missingHtml({ title, missing }: TypeCoverage): string {
  const parts = ENCOUNTER_KINDS.flatMap((kind) =>
    missing[kind].length === 0
      ? []
      : [`<p><b>${kind}</b> ${escapeText(missing[kind].join(', '))}</p>`],
  );
  const count = ENCOUNTER_KINDS.reduce((sum, kind) => sum + missing[kind].length, 0);
  if (count === 0) return '';
  return `<details><summary>${escapeText(title)}: ${count}</summary>${parts.join('')}</details>`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`;
}

function dayOf(seconds: number): string {
  if (seconds < 7200) return `${(seconds / 60).toFixed(1)} min`;
  return seconds < 172_800
    ? `${(seconds / 3600).toFixed(1)} h`
    : `${(seconds / 86_400).toFixed(2)} d`;
}
