import type { Command } from 'commander';
import { startHost } from '../host.ts';
import { EXIT } from './exit-codes.ts';
import { portOption, sceneArgument, seedOption, timeOption } from './options.ts';
import { stopRequested } from './stop-request.ts';

interface Options {
  readonly seed: string;
  readonly time: string;
  readonly opcuaPort: string;
  readonly uiPort: string;
  readonly json?: boolean;
}

/** `doppel serve <scene>`: a plant that control software can connect to, until it is interrupted. */
export function serveCommand(program: Command, done: (exitCode: number) => void): void {
  program
    .command('serve')
    .description('serve a plant to control software until interrupted')
    .argument('<scene>', 'path of a scene file')
    .option('--seed <n>', 'seed of all chance', '1')
    .option('--time <mode>', 'realtime, max, lockstep or a factor such as 60', 'realtime')
    .option('--ui-port <port>', 'port of the page and its socket, 0 for any', '4800')
    .option('--opcua-port <port>', 'port of the OPC UA server, 0 for any', '4840')
    .option('--json', 'print one line of JSON when ready')
    .action(async (path: string, options: Options) => {
      const mode = timeOption(options.time);
      const { scene, text } = sceneArgument(path);
      const host = await startHost({
        sceneFile: path,
        sceneText: text,
        seed: seedOption(options.seed),
        mode,
        opcuaPort: portOption('--opcua-port', options.opcuaPort),
        uiPort: portOption('--ui-port', options.uiPort),
        log: (line) => process.stderr.write(`${line}\n`),
      });
      if (options.json === true) {
        process.stdout.write(
          `${JSON.stringify({ ready: true, ui: host.view.url, opcua: host.opcuaUrl })}\n`,
        );
      } else {
        process.stdout.write(`${scene.title} (SIMULATED) at ${host.opcuaUrl}. Ctrl+C ends it.\n`);
      }
      const failure = await Promise.race([stopRequested(), host.failed]);
      await host.close();
      if (failure !== undefined) throw failure;
      done(EXIT.ok);
    });
}
