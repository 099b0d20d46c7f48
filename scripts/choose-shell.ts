import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What decides whether the desktop shell can open. */
export interface Surroundings {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** Path of the Electron executable, fetched if need be; or why there is none. */
  findElectron(): { readonly path: string } | { readonly missing: string };
}

export type Shell =
  | { readonly kind: 'desktop'; readonly executable: string }
  | { readonly kind: 'page'; readonly why: string };

/** The desktop shell where it can open, else the page. Electron is looked for last: it may be fetched. */
export function chooseShell({ platform, env, isRoot, findElectron }: Surroundings): Shell {
  const page = (why: string): Shell => ({ kind: 'page', why });
  if (env.DOPPEL_SHELL === 'page') return page('DOPPEL_SHELL=page asks for it');
  if (platform === 'linux') {
    if (!env.DISPLAY && !env.WAYLAND_DISPLAY) {
      return page('there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)');
    }
    if (isRoot) return page('the desktop shell does not run as root');
  }
  const found = findElectron();
  return 'path' in found ? { kind: 'desktop', executable: found.path } : page(found.missing);
}

/** Longest wait for the one-time download of Electron [ms]. */
const DOWNLOAD_MS = 180_000;

/** Electron's executable in `modules`, downloaded on first use. */
export function findElectron(
  modules: string,
  env: Surroundings['env'],
): ReturnType<Surroundings['findElectron']> {
  const folder = join(modules, 'electron');
  if (!existsSync(folder)) return { missing: 'the package "electron" is not installed' };
  const installed = (): string | undefined => {
    const pathFile = join(folder, 'path.txt');
    if (!existsSync(pathFile)) return undefined;
    const dist = env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
    const path = join(dist, readFileSync(pathFile, 'utf8'));
    return existsSync(path) ? path : undefined;
  };
  const before = installed();
  if (before !== undefined) return { path: before };
  process.stderr.write('Fetching the desktop shell (Electron), once …\n');
  spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    timeout: DOWNLOAD_MS,
  });
  const after = installed();
  if (after !== undefined) return { path: after };
  return { missing: 'Electron could not be downloaded' };
}
