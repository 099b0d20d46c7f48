import process from 'node:process';
import { APP_ORIGIN } from '../../kernel/desktop-contract.ts';
import { formatProblem } from '../../twin/scene/problem.ts';
import { type Host, startHost } from '../host.ts';
import { readScene } from '../scene-files.ts';
import { parseTimeMode } from '../twin-thread/time-control.ts';
import type { FromHost, HostRequest, ToHost } from './host-messages.ts';

/** The host of a desktop window: what `doppel serve` runs, in a utility process of the shell. */
const { parentPort } = process;

function tell(message: FromHost): void {
  parentPort.postMessage(message);
}

async function start({ scene, seed, time, opcuaPort }: HostRequest): Promise<Host> {
  const mode = parseTimeMode(time);
  if (mode === undefined) throw new Error(`unknown pace ${time}`);
  const read = readScene(scene);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  return startHost({
    sceneFile: scene,
    sceneText: read.text ?? '',
    seed,
    mode,
    opcuaPort,
    uiPort: 0,
    pageOrigins: [APP_ORIGIN],
    log: (line) => process.stderr.write(`${line}\n`),
  });
}

/** Serves until the host dies, and says why. */
async function serve(request: HostRequest): Promise<void> {
  let reason: unknown;
  try {
    const host = await start(request);
    const { url, token } = host.view;
    tell({ kind: 'ready', session: { url, token }, opcua: host.opcuaUrl });
    reason = await host.failed;
  } catch (error) {
    reason = error;
  }
  tell({ kind: 'ended', message: reason instanceof Error ? reason.message : String(reason) });
  process.exit(1);
}

parentPort.once('message', ({ data }: { readonly data: ToHost }) => void serve(data.request));
