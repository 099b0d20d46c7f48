import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { bindEquipment, UnsuitablePlantError } from '../../control/equipment.ts';
import { PHASE_LIBRARY } from '../../control/phase-library.ts';
import { superviseControl } from '../control-process/supervisor.ts';
import { startHost } from '../host.ts';
import { batchLabels, plantConfiguration } from '../plant-configuration.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { portOption, recipeOption, sceneArgument, seedOption, timeOption } from './options.ts';
import { stopRequested } from './stop-request.ts';

interface Options {
  readonly seed: string;
  readonly time: string;
  readonly control: string;
  readonly journal?: string;
  readonly opcuaPort: string;
  readonly uiPort: string;
  readonly json?: boolean;
}

/** Longest that an orderly end may take [ms]. */
const END_MS = 1500;

/** `doppel serve <scene>`: a plant that control software can connect to, until it is interrupted. */
export function serveCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('serve')
    .description('serve a plant to control software until interrupted')
    .argument('<scene>', 'path of a scene file')
    .option('--seed <n>', 'seed of all chance', '1')
    .option('--time <mode>', 'realtime, max, lockstep or a factor such as 60', 'realtime')
    .option('--control <recipe>', 'name or path of a recipe for the built-in controller', 'none')
    .option('--journal <file>', 'keep the batch record of the built-in controller there')
    .option('--ui-port <port>', 'port of the page and its socket, 0 for any', '4800')
    .option('--opcua-port <port>', 'port of the OPC UA server, 0 for any', '4840')
    .option('--json', 'print one line of JSON when ready')
    .action(async (path: string, options: Options) => {
      const mode = timeOption(options.time);
      const recipe = recipeOption(options.control)?.recipe;
      const { scene, text } = sceneArgument(path);
      if (recipe !== undefined && batchLabels(scene).length === 0) {
        throw new CliError(`${path}: no vessel is labelled with a batch; use --control none`);
      }
      const log = (line: string): void => void process.stderr.write(`${line}\n`);
      const stopped = stopRequested();
      const starting = startHost({
        sceneFile: path,
        sceneText: text,
        seed: seedOption(options.seed),
        mode,
        opcuaPort: portOption('--opcua-port', options.opcuaPort),
        uiPort: portOption('--ui-port', options.uiPort),
        log,
      }).catch((error: unknown) => {
        throw portInUse(error) ?? error;
      });
      const host = await Promise.race([starting, stopped]);
      // What has not begun needs no orderly end.
      if (host === undefined) process.exit(EXIT.ok);
      const folder = mkdtempSync(join(tmpdir(), 'doppel-serve-'));
      let exitCode: number = EXIT.internal;
      try {
        const configuration = recipe === undefined ? undefined : plantConfiguration(scene, recipe);
        if (recipe !== undefined && configuration !== undefined) {
          bindEquipment(host.twin.description, recipe, PHASE_LIBRARY, configuration);
        }
        if (options.json === true) {
          const ready = { ready: true, ui: host.view.url, opcua: host.opcuaUrl };
          process.stdout.write(`${JSON.stringify(ready)}\n`);
        } else {
          process.stdout.write(
            `${scene.title} (SIMULATED): page ${host.view.url}, OPC UA ${host.opcuaUrl}. Ctrl+C ends it.\n`,
          );
        }
        const journalFile = options.journal ?? join(folder, 'batch-record.jsonl');
        const control =
          recipe === undefined || configuration === undefined
            ? undefined
            : superviseControl({
                order: { url: host.opcuaUrl, recipe, configuration, journalFile },
                now: () => host.twin.table.time,
                report: (batches) => host.batches.report(batches),
                log,
                restart: `npx doppel control ${path} --recipe ${options.control} --url ${host.opcuaUrl} --journal ${journalFile}`,
              });
        const failure = await Promise.race([stopped, host.failed]);
        control?.stop();
        if (failure !== undefined) throw failure;
        exitCode = EXIT.ok;
      } catch (error) {
        throw error instanceof UnsuitablePlantError ? new CliError(error.message) : error;
      } finally {
        rmSync(folder, { recursive: true, force: true });
        setTimeout(() => process.exit(exitCode), END_MS).unref();
        await host.close();
      }
      done(exitCode);
    });
}

function portInUse(error: unknown): CliError | undefined {
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code !== 'EADDRINUSE') return undefined;
  return new CliError(
    `port ${String(port)} is in use; give another with --ui-port or --opcua-port (0 takes any free one)`,
  );
}
