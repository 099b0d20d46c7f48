import { type CaseResult, titleOf } from './case.ts';

/** Results as JUnit XML: a suite for each suite, a test case for each case. */
export function junitXml(results: readonly CaseResult[]): string {
  const suites = [...new Set(results.map(({ suite }) => suite))];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="doppel" ${counts(results)}>`,
    ...suites.flatMap((suite) =>
      suiteXml(
        suite,
        results.filter((one) => one.suite === suite),
      ),
    ),
    '</testsuites>',
    '',
  ].join('\n');
}

function suiteXml(suite: string, results: readonly CaseResult[]): readonly string[] {
  return [
    `  <testsuite name="${escapeXml(suite)}" ${counts(results)}>`,
    ...results.flatMap(caseXml),
    '  </testsuite>',
  ];
}

function caseXml(result: CaseResult): readonly string[] {
  const { suite, scenario, seed, outcome, problems, wallSeconds, files, reopen } = result;
  const name = seed === 1 ? scenario : `${scenario} seed ${seed}`;
  const head = `    <testcase classname="${escapeXml(suite)}" name="${escapeXml(name)}" time="${wallSeconds.toFixed(3)}"`;
  if (outcome === 'passed') return [`${head}/>`];
  const element = outcome === 'failed' ? 'failure' : 'error';
  const [first] = problems;
  const text = [
    ...problems.map(({ name: what, cause, time }) =>
      [time === undefined ? '' : `${time / 1e6} s`, what, cause].filter(Boolean).join(': '),
    ),
    ...Object.entries(files).map(([what, path]) => `${what}: ${path}`),
    ...(reopen === undefined ? [] : [`look at it: ${reopen}`]),
  ].join('\n');
  return [
    `${head}>`,
    `      <${element} type="${escapeXml(first?.name ?? outcome)}" message="${escapeXml(`${titleOf(result)}: ${first?.cause ?? outcome}`)}">${escapeXml(text)}</${element}>`,
    '    </testcase>',
  ];
}

function counts(results: readonly CaseResult[]): string {
  const of = (outcome: CaseResult['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const time = results.reduce((sum, { wallSeconds }) => sum + wallSeconds, 0);
  return `tests="${results.length}" failures="${of('failed')}" errors="${of('error')}" time="${time.toFixed(3)}"`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

function escapeXml(text: string): string {
  return (
    text
      // Characters that XML 1.0 has no way to write.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '?')
      .replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
  );
}
