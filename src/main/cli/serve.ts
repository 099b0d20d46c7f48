import type { Command } from 'commander';
import { UnsuitablePlantError } from '../../control/realisation/realise.ts';
import { InsecureBindError, isLoopback } from '../../device-emulators/endpoints/opcua/security.ts';
import { type OpcUaUsers, readUsers, UsersFileError } from '../opcua-users.ts';
import { addressesOf } from '../host.ts';
import { servePlant } from '../serve-plant.ts';
import { CliError, EXIT } from './exit-codes.ts';
import { openingArgument } from './opening.ts';
import { countOption, portOption, setOption, timeOption } from './options.ts';
import {
  addProductionOptions,
  type ProductionOptions,
  productionOption,
  productionWords,
} from './production-options.ts';
import { recordOption } from './record-option.ts';
import { stopRequested } from './stop-request.ts';

interface Options extends ProductionOptions {
  readonly set: ReadonlyMap<string, string>;
  readonly seed?: string;
  readonly time: string;
  readonly control?: string;
  readonly journal?: string;
  readonly opcuaPort: string;
  readonly uiPort: string;
  readonly opcuaHost: string;
  readonly users?: string;
  readonly record?: string;
  readonly holders: string;
  readonly clockTimeout: string;
  readonly snapshots?: string;
  readonly json?: boolean;
}

/** Longest that an orderly end may take [ms]. */
const END_MS = 1500;

/** `doppel serve <scene>`: a plant that control software can connect to, until it is interrupted. */
export function serveCommand(program: Command, done: (exitCode: number) => void): void {
  const command = program
    .command('serve')
    .description('serve a plant to control software until interrupted')
    .argument('<scene>', 'path of a scene file, or of a snapshot to go on from')
    .addOption(setOption())
    .option('--seed <n>', 'seed of all chance (default: "1")')
    .option('--time <mode>', 'realtime, max, lockstep or a factor such as 60', 'realtime')
    .option('--control <recipe>', 'name or path of a recipe for the built-in controller');
  addProductionOptions(command)
    .option('--journal <file>', 'keep the batch record of the built-in controller there')
    .option('--ui-port <port>', 'port of the page and its socket, 0 for any', '4800')
    .option('--opcua-port <port>', 'port of the OPC UA server, 0 for any', '4840')
    .option('--opcua-host <address>', 'address of the OPC UA server', '127.0.0.1')
    .option('--users <file>', 'who may log in: needed beyond loopback, where all is encrypted')
    .addOption(recordOption())
    .option('--holders <n>', 'lockstep: clients that must hold the clock before time begins', '0')
    .option(
      '--clock-timeout <seconds>',
      'lockstep: how long the others wait for a client that grants no time, 0 for ever',
      '30',
    )
    .option('--snapshots <folder>', 'where clients save moments (default: data folder of the user)')
    .option('--json', 'print one line of JSON when ready')
    .action(async (path: string, options: Options) => {
      const mode = timeOption(options.time);
      const { set, seed: given } = options;
      const opening = openingArgument(path, { set, seed: given });
      const { scene, sceneFile, sceneText, seed, state } = opening;
      const recipe = options.demand === undefined ? (options.control ?? 'none') : options.control;
      const production = productionOption(scene, path, recipe, options, seed);
      if (production !== undefined && state !== undefined) {
        throw new CliError(
          `${path}: the built-in controller cannot go on from a snapshot; connect your own, or leave out --control and --demand`,
        );
      }
      const { opcuaHost, record } = options;
      if (record !== undefined && state !== undefined) {
        throw new CliError(
          `--record ${record}: a recording begins at time zero, not at a snapshot`,
        );
      }
      if (production !== undefined && !isLoopback(opcuaHost)) {
        throw new CliError(
          `--opcua-host ${opcuaHost}: the built-in controller connects on loopback only; leave out --control and --demand`,
        );
      }
      const users = options.users === undefined ? undefined : usersOption(options.users);
      const stopped = stopRequested();
      const starting = servePlant({
        ...{ sceneFile, sceneText, seed, mode },
        ...(state === undefined ? {} : { state }),
        ...(record === undefined ? {} : { record }),
        holders: countOption('--holders', options.holders),
        patience: 1000 * (countOption('--clock-timeout', options.clockTimeout) || Infinity),
        ...(options.snapshots === undefined ? {} : { snapshotFolder: options.snapshots }),
        opcuaPort: portOption('--opcua-port', options.opcuaPort),
        opcuaHost,
        ...(users === undefined ? {} : { opcuaUsers: users }),
        uiPort: portOption('--ui-port', options.uiPort),
        control:
          production === undefined
            ? undefined
            : {
                production,
                words: `${productionWords(recipe, options)} --seed ${seed}`,
                set: options.set,
                journalFile: options.journal,
              },
        log: (line) => process.stderr.write(`${line}\n`),
      }).catch((error: unknown) => {
        throw inputError(error) ?? error;
      });
      const served = await Promise.race([starting, stopped]);
      // What has not begun needs no orderly end.
      if (served === undefined) process.exit(EXIT.ok);
      const { host } = served;
      if (options.json === true) {
        const ready = { ready: true, ...addressesOf(host) };
        process.stdout.write(`${JSON.stringify(ready)}\n`);
      } else {
        process.stdout.write(
          `${scene.title} (SIMULATED): page ${host.view.url}, OPC UA ${host.opcuaUrl}. Ctrl+C ends it.\n`,
        );
      }
      served.startControl();
      const failure = await Promise.race([stopped, host.failed]);
      const exitCode = failure === undefined ? EXIT.ok : EXIT.internal;
      setTimeout(() => process.exit(exitCode), END_MS).unref();
      await served.close();
      if (failure !== undefined) throw failure;
      done(exitCode);
    });
}

function usersOption(path: string): OpcUaUsers {
  try {
    return readUsers(path);
  } catch (error) {
    throw error instanceof UsersFileError ? new CliError(error.message) : error;
  }
}

/** What the person at the command line can mend. */
function inputError(error: unknown): CliError | undefined {
  if (error instanceof UnsuitablePlantError) return new CliError(error.message);
  if (error instanceof InsecureBindError) {
    return new CliError(`${error.message} (--users <file>)`);
  }
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code === 'EADDRNOTAVAIL') {
    return new CliError('this machine has no such address; see --opcua-host');
  }
  if (code !== 'EADDRINUSE') return undefined;
  return new CliError(
    `port ${String(port)} is in use; give another with --ui-port or --opcua-port (0 takes any free one)`,
  );
}
