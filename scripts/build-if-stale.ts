import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** What the build is made from, and the file that it writes last. */
const SOURCES = ['src', 'electron.vite.config.ts', 'package-lock.json'];
const BUILT = 'out/renderer/index.html';

/** Latest change of a file or of anything in a folder [ms since 1970]; 0 when there is none. */
function changedAt(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => changedAt(join(path, name))));
}

/** Builds page and desktop shell unless that was done since the last change; throws when it fails. */
export function buildIfStale(): void {
  const built = changedAt(join(ROOT, BUILT));
  if (SOURCES.every((source) => changedAt(join(ROOT, source)) <= built)) return;
  const { status, stderr } = spawnSync('electron-vite', ['build', '--logLevel', 'warn'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, PATH: `${join(ROOT, 'node_modules/.bin')}:${process.env.PATH ?? ''}` },
  });
  if (status !== 0) throw new Error(`the page could not be built:\n${stderr}`);
}
