import { performance } from 'node:perf_hooks';
import { Option, type Command } from 'commander';
import { shareDone } from '../../control/batch-standings.ts';
import { UnsuitablePlantError } from '../../control/realisation/realise.ts';
import type { BatchProgress } from '../../kernel/bridge-contract.ts';
import { MICROS_PER_DAY, type Micros } from '../../kernel/time.ts';
import { runDirect } from '../run/run-direct.ts';
import { runOverOpcUa } from '../run/run-over-opcua.ts';
import { type Intervention, InterventionError } from '../run/interventions.ts';
import type { RunOptions, Save } from '../run/run.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { durationOption, sceneArgument, seedOption, setOption, timeOption } from './options.ts';
import {
  addProductionOptions,
  type ProductionOptions,
  productionOption,
} from './production-options.ts';
import { createProgressBar } from './progress-bar.ts';
import { faultOption } from './fault-option.ts';
import { recordOption } from './record-option.ts';
import { saveOption } from './save-option.ts';
import { formatSummary, summarize } from './run-output.ts';
import { stopRequested } from './stop-request.ts';

/** Time after which a run without --until ends: batches that still run are stuck. */
const LONGEST: Micros = 400 * MICROS_PER_DAY;

interface Options extends ProductionOptions {
  readonly recipe?: string;
  readonly set: ReadonlyMap<string, string>;
  readonly seed: string;
  readonly time: string;
  readonly via: 'direct' | 'opcua';
  readonly until?: string;
  readonly fault: readonly Intervention[];
  readonly save: readonly Save[];
  readonly record?: string;
  readonly journal?: string;
  readonly json?: boolean;
}

/** `doppel run <scene>`: batches from beginning to end under control software that holds the clock. */
export function runCommand(program: Command, done: (exitCode: number) => void): void {
  const command = program
    .command('run')
    .description('run batches to their end, or a demand to a time, and report')
    .argument('<scene>', 'path of a scene file')
    .option('--recipe <recipe>', 'name or path of a recipe, or none (default: car-t)');
  addProductionOptions(command)
    .addOption(setOption())
    .option('--seed <n>', 'seed of all chance', '1')
    .option('--time <mode>', 'max, realtime, lockstep or a factor such as 1000', 'max')
    .addOption(
      new Option('--via <transport>', 'how control software reaches the plant')
        .choices(['direct', 'opcua'])
        .default('direct'),
    )
    .option('--until <duration>', 'end at this simulated time, such as 14d or 36h')
    .addOption(faultOption())
    .addOption(saveOption())
    .addOption(recordOption())
    .option('--journal <file>', 'write the batch record, one JSON object a line')
    .option('--json', 'print one JSON object')
    .action(async (path: string, options: Options) => {
      const mode = timeOption(options.time);
      const seed = seedOption(options.seed);
      const until =
        options.until === undefined ? undefined : durationOption('--until', options.until);
      const { scene, text } = sceneArgument(path, options.set);
      const production = productionOption(scene, path, options.recipe, options, seed, until);
      if (options.demand !== undefined && until === undefined) {
        throw new CliError(`--demand ${options.demand}: say when to end with --until`);
      }
      if (production === undefined && until === undefined) {
        throw new CliError('--recipe none: say when to end with --until');
      }
      const isPlain = !process.stderr.isTTY || process.env.CI !== undefined;
      const bar = createProgressBar(process.stderr, isPlain);
      const interruption = new AbortController();
      void stopRequested().then(() => interruption.abort());
      const run: RunOptions = {
        scene,
        sceneFile: path,
        sceneText: text,
        seed,
        mode,
        production,
        until: until ?? LONGEST,
        interventions: options.fault,
        saves: options.save,
        record: options.record,
        signal: interruption.signal,
        journal: options.journal,
        onProgress: (time, batches) => {
          if (options.json === true && isPlain) return;
          const shares = batches.map((batch) =>
            production === undefined ? 0 : shareDone(production.recipes, batch),
          );
          const share = until === undefined ? 0 : time / until;
          const least = shares.length === 0 ? 0 : Math.min(...shares);
          bar.show(Math.max(share, least), progressText(time, batches, isPlain));
        },
      };
      const start = performance.now();
      const result = await (production === undefined || options.via === 'direct'
        ? runDirect(run)
        : runOverOpcUa({ ...run, production })
      )
        .catch((error: unknown) => {
          if (error instanceof UnsuitablePlantError || error instanceof InterventionError) {
            throw new CliError(error.message);
          }
          throw error;
        })
        .finally(() => bar.clear());
      const wallSeconds = (performance.now() - start) / 1000;
      const summary = summarize({ scene, seed, wallSeconds }, result);
      process.stdout.write(
        options.json === true ? `${JSON.stringify(summary)}\n` : formatSummary(summary),
      );
      const bad = until === undefined ? ['failed', 'running'] : ['failed'];
      const isBad =
        result.violations.length > 0 || result.batches.some(({ outcome }) => bad.includes(outcome));
      done(result.interrupted ? EXIT.interrupted : isBad ? EXIT.failed : EXIT.ok);
    });
}

/** Where each batch stands; in plain logs without the time, so that a line stands for a change. */
function progressText(time: Micros, batches: readonly BatchProgress[], isPlain: boolean): string {
  const parts = batches.map(({ id, outcome, steps, phase }) => {
    const step = steps.find(({ state }) => state === 'running');
    if (step === undefined) return `${id} ${outcome}`;
    return `${id} ${step.step} ${step.name}${isPlain || phase === undefined ? '' : `, ${phase}`}`;
  });
  const day = (time / MICROS_PER_DAY).toFixed(1);
  return [...(isPlain ? [] : [`day ${day}`]), ...parts].join('  ');
}
