import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { launchArguments } from '../src/main/electron/launch-options.ts';
import { buildIfStale } from './build-if-stale.ts';
import { chooseShell, findElectron } from './choose-shell.ts';

/**
 * `npm start`: opens the desktop app on the enclosed plant, or serves the same app as a page where
 * that cannot be. `npm start -- <scene>` takes another scene.
 */
const at = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const scene = process.argv[2] ?? at('scenes/enclosed-plant.yaml');
/** The built-in controller runs a batch in the plant that comes with it. */
const control = process.argv[2] === undefined ? 'car-t' : 'none';
/** Simulated seconds per second to begin with. */
const SPEED = '10';
/** A desktop shell that fails within this time never opened [ms]. */
const OPENING_MS = 20_000;

/** Runs a program and resolves with its exit code; our signals become its signals. */
async function run(program: string, args: readonly string[]): Promise<number> {
  const child: ChildProcess = spawn(program, args, { stdio: 'inherit' });
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on('SIGTERM', pass);
  // The terminal sends Ctrl+C to the child as well; we only wait for its end.
  process.on('SIGINT', () => undefined);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGTERM', pass);
  return code ?? 0;
}

async function servePage(why: string): Promise<number> {
  process.stderr.write(`Serving the app as a page: ${why}.\n`);
  const serve = ['serve', scene, '--time', SPEED, '--control', control];
  return run(process.execPath, [at('bin/doppel.mjs'), ...serve]);
}

async function start(): Promise<number> {
  buildIfStale();
  const shell = chooseShell({
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    findElectron: () => findElectron(at('node_modules'), process.env),
  });
  if (shell.kind === 'page') return servePage(shell.why);
  const began = Date.now();
  const launch = launchArguments({ scene, seed: 1, time: SPEED, control, opcuaPort: 4840 });
  const code = await run(shell.executable, [at('out/main/main.js'), ...launch]);
  if (code === 0 || Date.now() - began > OPENING_MS) return code;
  return servePage(`the desktop shell ended with code ${code}`);
}

process.exitCode = await start();
