import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { performance } from 'node:perf_hooks';
import { secondsFromMicros } from '../../kernel/time.ts';
import { RECORDING_EXTENSION } from '../recording/recording-file.ts';
import { SNAPSHOT_EXTENSION } from '../snapshots/snapshot-file.ts';
import type { Findings } from '../twin-thread/trial.ts';
import type { Case, CaseProblem, CaseResult } from './case.ts';
import { judge, type Outcome } from './judge.ts';
import { runDirectCase } from './run-direct-case.ts';
import { runServedCase } from './run-served-case.ts';

/** What a case leaves when it fails. */
export interface CaseFiles {
  readonly recording: string;
  readonly snapshot: string;
  /** Batch record of the reference control software. */
  readonly journal: string;
  /** What software of one's own printed. */
  readonly log: string;
}

/** How a case went. */
export interface Course extends Outcome {
  readonly problems: readonly CaseProblem[];
  readonly findings: Findings;
  /** Whether it was ended from outside. */
  readonly isCutShort: boolean;
}

/** Runs a case. Its files stay in a folder of its own below `folder` unless it passes. */
export async function runCase(one: Case, folder: string): Promise<CaseResult> {
  const { suite, scenario, title, seed, control, timeout } = one;
  const own = join(folder, suite, `${scenario}-${seed}`);
  rmSync(own, { recursive: true, force: true });
  mkdirSync(own, { recursive: true });
  const files: CaseFiles = {
    recording: join(own, `run${RECORDING_EXTENSION}`),
    snapshot: join(own, `failure${SNAPSHOT_EXTENSION}`),
    journal: join(own, 'batch-record.jsonl'),
    log: join(own, 'control.log'),
  };
  const begin = performance.now();
  const cut = new AbortController();
  const timer = setTimeout(() => cut.abort(), timeout * 1000);
  const base = { suite, scenario, title, seed };
  try {
    const course = await (control !== 'none' && 'command' in control
      ? runServedCase(one, control, files, cut.signal)
      : runDirectCase(one, files, cut.signal));
    const problems = problemsOf(one, course);
    const isPassed = problems.length === 0;
    if (isPassed) rmSync(own, { recursive: true });
    else if (course.record.length > 0)
      writeFileSync(files.journal, `${course.record.join('\n')}\n`);
    const { report, batches, findings } = course;
    return {
      ...base,
      outcome: isPassed ? 'passed' : course.isCutShort ? 'error' : 'failed',
      problems,
      verdicts: findings.verdicts,
      batches: batches.map(({ id, outcome, reason }) => {
        return { id, outcome, ...(reason === undefined ? {} : { reason }) };
      }),
      simulatedSeconds: secondsFromMicros(report.time),
      wallSeconds: (performance.now() - begin) / 1000,
      stateHash: report.stateHash,
      worstRelativeError: report.worstRelativeError,
      coverage: findings.coverage,
      ...leftOf(files),
    };
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    return {
      ...base,
      ...{ outcome: 'error', problems: [{ name: 'run', cause }], verdicts: [], batches: [] },
      ...{ simulatedSeconds: 0, stateHash: '', worstRelativeError: 0, coverage: {} },
      wallSeconds: (performance.now() - begin) / 1000,
      ...leftOf(files),
    };
  } finally {
    clearTimeout(timer);
  }
}

/** Largest relative error of the mass balance that arithmetic explains. */
const SOUND = 1e-9;

function problemsOf(one: Case, course: Course): readonly CaseProblem[] {
  const failed = course.findings.verdicts
    .filter(({ state }) => state === 'failed')
    .map(({ name, text, cause = '', time }) => ({
      name,
      cause: `${cause} (${text})`,
      ...(time === undefined ? {} : { time }),
    }));
  const late: readonly CaseProblem[] = course.isCutShort
    ? [{ name: 'timeout', cause: `it took longer than ${one.timeout} s`, time: course.report.time }]
    : [];
  const { worstRelativeError } = course.report;
  const unsound: readonly CaseProblem[] =
    worstRelativeError <= SOUND
      ? []
      : [{ name: 'mass balance', cause: `it is off by ${worstRelativeError.toExponential(1)}` }];
  if (one.chaos === true) return [...late, ...unsound];
  return [...late, ...unsound, ...course.problems, ...failed, ...judge(one, course)].toSorted(
    (a, b) => (a.time ?? Number.POSITIVE_INFINITY) - (b.time ?? Number.POSITIVE_INFINITY),
  );
}

/** Files that are there, and the command that shows the failure. */
function leftOf(files: CaseFiles): Pick<CaseResult, 'files' | 'reopen'> {
  const paths: Readonly<Record<string, string>> = { ...files };
  const left = Object.entries(paths).filter(([, path]) => existsSync(path));
  return {
    files: Object.fromEntries(left),
    ...(existsSync(files.snapshot)
      ? { reopen: `npx doppel serve ${relative(process.cwd(), files.snapshot)}` }
      : {}),
  };
}
