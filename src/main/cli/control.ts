import type { Command } from 'commander';
import { UnsuitablePlantError } from '../../control/realisation/realise.ts';
import { fileJournal } from '../../control/journal-file.ts';
import { memoryJournal } from '../../control/journal.ts';
import { controlPlant, ForeignRecordError } from '../../control/process/control-plant.ts';
import { NoServerError } from '../../device-emulators/endpoints/opcua/client/connect.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { sceneArgument, seedOption, setOption } from './options.ts';
import {
  addProductionOptions,
  type ProductionOptions,
  productionOption,
} from './production-options.ts';
import { stopRequested } from './stop-request.ts';

interface Options extends ProductionOptions {
  readonly recipe?: string;
  readonly seed: string;
  readonly set: ReadonlyMap<string, string>;
  readonly url: string;
  readonly journal?: string;
  readonly json?: boolean;
}

/** `doppel control <scene>`: the control software alone, against a plant that is served elsewhere. */
export function controlCommand(program: Command, done: (exitCode: number) => void): void {
  const command = program
    .command('control')
    .description('control a served plant; with the record of an interrupted batch, go on with it')
    .argument('<scene>', 'path of the scene that is served')
    .option('--recipe <recipe>', 'name or path of a recipe (default: car-t)');
  addProductionOptions(command)
    .option('--seed <n>', 'seed by which the orders of a demand are drawn', '1')
    .addOption(setOption())
    .option('--url <url>', 'address of the OPC UA server', 'opc.tcp://127.0.0.1:4840')
    .option('--journal <file>', 'batch record; one that exists is continued')
    .option('--json', 'print one JSON object at the end')
    .action(async (path: string, options: Options) => {
      const { scene } = sceneArgument(path, options.set);
      const seed = seedOption(options.seed);
      const production = productionOption(scene, path, options.recipe, options, seed);
      if (production === undefined) {
        throw new CliError('--recipe none: there is nothing to control');
      }
      const { url } = options;
      const journal =
        options.journal === undefined ? memoryJournal() : fileJournal(options.journal);
      const { recipes, configuration } = production;
      const batches = await Promise.race([
        controlPlant({ url, recipes, configuration }, journal),
        stopRequested(),
      ]).catch((error: unknown) => {
        const isInput =
          error instanceof UnsuitablePlantError ||
          error instanceof ForeignRecordError ||
          error instanceof NoServerError;
        throw isInput ? new CliError(error.message) : error;
      });
      if (batches === undefined) {
        // Nothing is put in order: the plant goes on as it was last told, and so may the batch.
        process.exit(EXIT.interrupted);
      }
      if (options.json === true) process.stdout.write(`${JSON.stringify({ batches })}\n`);
      else {
        for (const { id, outcome, reason } of batches) {
          process.stdout.write(`${id}: ${outcome}${reason === undefined ? '' : `: ${reason}`}\n`);
        }
      }
      done(batches.some(({ outcome }) => outcome === 'failed') ? EXIT.failed : EXIT.ok);
    });
}
