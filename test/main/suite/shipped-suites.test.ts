import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import type { CaseResult } from '../../../src/main/suite/case.ts';
import type { CoverageReport } from '../../../src/main/suite/coverage-report.ts';
import { doppel } from '../support/cli.ts';

const results = mkdtempSync(join(tmpdir(), 'doppel-shipped-'));
afterAll(() => rmSync(results, { recursive: true }));

it('the reference control software comes through every scenario of the enclosed plant', async () => {
  const args = ['scenarios/enclosed-plant', '--json', '--results', results];
  const { stdout, stderr } = await doppel('test', ...args);
  if (stdout === '') throw new Error(stderr);
  const { results: cases, coverage } = JSON.parse(stdout) as {
    readonly results: readonly CaseResult[];
    readonly coverage: CoverageReport;
  };
  const bad = cases.filter(({ outcome }) => outcome !== 'passed');
  expect(bad.map(({ suite, scenario, problems }) => [suite, scenario, problems])).toEqual([]);
  expect(cases.length).toBeGreaterThanOrEqual(40);
  // Each kind of device that a batch uses has failed in some way.
  const spared = coverage.types.filter(({ kinds }) => kinds.faults.met === 0);
  expect(spared.map(({ type }) => type)).toEqual([]);
  expect(coverage.kinds.states.met / coverage.kinds.states.of).toBeGreaterThan(0.85);
}, 600_000);
