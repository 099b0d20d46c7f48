import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A host of its own process, as `doppel serve` starts it. */
export interface ServedHost {
  /** Address of the page. */
  readonly ui: string;
  readonly opcua: string;
  /** For page and bench. */
  readonly token: string;
  /** Ends it as Ctrl+C would. */
  stop(): Promise<void>;
}

const DOPPEL = fileURLToPath(new URL('../bin/doppel.mjs', import.meta.url));

/** Serves a scene on free ports; `options` are further options of `doppel serve`. */
export async function serveHost(
  scene: string,
  options: readonly string[] = [],
): Promise<ServedHost> {
  const child = spawn(
    process.execPath,
    [DOPPEL, 'serve', scene, '--ui-port', '0', '--opcua-port', '0', '--json', ...options],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const gone = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const { ui, opcua, token } = JSON.parse(line) as Partial<ServedHost>;
    if (ui === undefined || opcua === undefined || token === undefined) continue;
    return {
      ui,
      opcua,
      token,
      stop: async () => {
        child.kill('SIGTERM');
        await gone;
      },
    };
  }
  const [code] = await gone;
  throw new Error(`the host ended with code ${code} before it was ready`);
}
