import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Command } from 'commander';
import { deviceDefinitions } from '../device-registry.ts';
import type { Case, CaseResult } from '../suite/case.ts';
import { chaosCases } from '../suite/chaos.ts';
import { openingOf } from '../suite/case-plant.ts';
import { coverageReport } from '../suite/coverage-report.ts';
import { exampleOf, exploringSuite } from '../suite/explore.ts';
import { suiteReport } from '../suite/html-report.ts';
import { junitXml } from '../suite/junit.ts';
import { loadSuites } from '../suite/load-suite.ts';
import { runCases } from '../suite/run-cases.ts';
import { formatCase, formatCoverage, formatTotals } from '../suite/text-report.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { countOption, invalid, seedOption, wholeNumber } from './options.ts';
import { stopRequested } from './stop-request.ts';

interface Options {
  readonly jobs?: string;
  readonly only?: string;
  readonly junit?: string;
  readonly json?: boolean;
  readonly report?: string;
  readonly explore?: string;
  readonly chaos?: string;
  readonly chaosSeed?: string;
  readonly missing?: boolean;
  readonly results: string;
}

/** `doppel test <suites>`: scenarios against control software, with verdicts and coverage. */
export function testCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('test')
    .description('run suites of scenarios against control software; exit code 1 when one fails')
    .argument('<suite...>', 'paths of suites (*.yaml), or of folders with suites')
    .option('--jobs <n>', 'how many run side by side (default: one for each core)')
    .option('--only <text>', 'only scenarios whose suite/name has this in it')
    .option('--junit <file>', 'write the results as JUnit XML')
    .option('--json', 'print one JSON object')
    .option('--report <file>', 'write results and coverage as a page that needs nothing else')
    .option('--missing', 'list what the control software never met')
    .option('--explore <file>', 'write a suite with a scenario for each fault that no run has had')
    .option(
      '--chaos <n>',
      'instead: so many runs of the first scenario in which anything goes wrong',
    )
    .option('--chaos-seed <n>', 'seed of the first of these', '1')
    .option('--results <folder>', 'where failed scenarios leave their files', 'doppel-results')
    .action(async (paths: readonly string[], options: Options) => {
      const jobs =
        options.jobs === undefined
          ? availableParallelism()
          : wholeNumber('--jobs', options.jobs, 64);
      if (jobs === 0) throw new CliError('--jobs 0: run at least one');
      const loaded = loadSuites(paths);
      if ('problems' in loaded) throw invalid(loaded.problems);
      const { only } = options;
      const cases = loaded.cases.filter(({ suite, scenario }) =>
        `${suite}/${scenario}`.includes(only ?? ''),
      );
      if (cases.length === 0) {
        throw new CliError(
          only === undefined ? 'there is no scenario' : `--only ${only}: no scenario is called so`,
        );
      }
      const chosen = chaosOption(cases, options) ?? cases;
      const interruption = new AbortController();
      void stopRequested().then(() => interruption.abort());
      const begin = performance.now();
      const results = await runCases(chosen, {
        jobs: Math.min(jobs, chosen.length),
        folder: resolve(options.results),
        signal: interruption.signal,
        onResult: (result) => {
          if (options.json !== true) process.stdout.write(formatCase(result));
        },
      });
      const wallSeconds = (performance.now() - begin) / 1000;
      const coverage = coverageReport(
        results.map((result) => result.coverage),
        deviceDefinitions(),
      );
      if (options.json === true) {
        const summary = { passed: results.every(isPassed), wallSeconds, results, coverage };
        process.stdout.write(`${JSON.stringify(summary)}\n`);
      } else {
        process.stdout.write(`\n${formatCoverage(coverage, options.missing === true)}\n`);
        process.stdout.write(formatTotals(results, wallSeconds));
      }
      if (options.junit !== undefined) write('--junit', options.junit, junitXml(results));
      if (options.report !== undefined) {
        write('--report', options.report, suiteReport(results, coverage));
      }
      const { explore } = options;
      const example = explore === undefined ? undefined : exampleOf(cases, results);
      if (explore !== undefined && example !== undefined) {
        const { text, count } = exploringSuite(
          example,
          openingOf(example).scene,
          coverage,
          resolve(explore),
        );
        write('--explore', explore, text);
        if (options.json !== true)
          process.stdout.write(`${explore}: ${count} scenarios to explore\n`);
      }
      done(
        interruption.signal.aborted
          ? EXIT.interrupted
          : results.every(isPassed)
            ? EXIT.ok
            : EXIT.failed,
      );
    });
}

/** Runs of the first scenario by seed, in which anything goes wrong; undefined when nobody wants that. */
function chaosOption(
  [example]: readonly Case[],
  { chaos, chaosSeed = '1' }: Options,
): readonly Case[] | undefined {
  if (chaos === undefined || example === undefined) return undefined;
  const count = countOption('--chaos', chaos);
  const first = seedOption(chaosSeed);
  const seeds = Array.from({ length: count }, (_, i) => first + i);
  return chaosCases(example, openingOf(example).scene, seeds);
}

function isPassed({ outcome }: CaseResult): boolean {
  return outcome === 'passed';
}

function write(option: string, path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CliError(`${option} ${path}: cannot be written: ${(error as Error).message}`);
  }
}
