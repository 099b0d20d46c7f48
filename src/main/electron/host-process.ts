import process from 'node:process';
import { APP_ORIGIN } from '../../kernel/desktop-contract.ts';
import { formatProblem } from '../../twin/scene/problem.ts';
import { readRecipe } from '../control-files.ts';
import { productionOf } from '../production.ts';
import { readScene } from '../scene-files.ts';
import { type ServedPlant, servePlant } from '../serve-plant.ts';
import { parseTimeMode } from '../twin-thread/time-control.ts';
import type { FromHost, HostRequest, ToHost } from './host-messages.ts';

/** The host of a desktop window: what `doppel serve` runs, in a utility process of the shell. */
const { parentPort } = process;

function tell(message: FromHost): void {
  parentPort.postMessage(message);
}

async function start(request: HostRequest): Promise<ServedPlant> {
  const { scene, seed, time, control, opcuaPort } = request;
  const mode = parseTimeMode(time);
  if (mode === undefined) throw new Error(`unknown pace ${time}`);
  const read = readScene(scene);
  if ('problems' in read) throw new Error(read.problems.map(formatProblem).join('\n'));
  const recipe = control === 'none' ? undefined : readRecipe(control);
  if (recipe !== undefined && 'problems' in recipe) {
    throw new Error(recipe.problems.map(formatProblem).join('\n'));
  }
  return servePlant({
    sceneFile: scene,
    sceneText: read.text ?? '',
    seed,
    mode,
    opcuaPort,
    uiPort: 0,
    pageOrigins: [APP_ORIGIN],
    control:
      recipe === undefined
        ? undefined
        : {
            production: productionOf(read.scene, recipe.recipe),
            words: `--recipe ${control}`,
            set: new Map(),
            journalFile: undefined,
          },
    log: (line) => process.stderr.write(`${line}\n`),
  });
}

/** Serves until the host dies, and says why. */
async function serve(request: HostRequest): Promise<void> {
  let reason: unknown;
  try {
    const served = await start(request);
    const { host } = served;
    const { url, token } = host.view;
    tell({ kind: 'ready', session: { url, token }, opcua: host.opcuaUrl });
    served.startControl();
    reason = await host.failed;
  } catch (error) {
    reason = error;
  }
  tell({ kind: 'ended', message: reason instanceof Error ? reason.message : String(reason) });
  process.exit(1);
}

parentPort.once('message', ({ data }: { readonly data: ToHost }) => void serve(data.request));
