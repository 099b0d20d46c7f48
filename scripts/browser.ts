import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A Chromium that draws WebGL without a graphics card: an installed one, else that of a package. */
export async function launchBrowser(): Promise<Browser> {
  const installed = INSTALLED.find((path) => existsSync(path));
  return chromium.launch({
    executablePath: installed ?? (await sparticuz.executablePath()),
    ...(installed === undefined ? { env: environment() } : {}),
    args: [
      '--headless=new',
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  });
}

/**
 * Environment of the package's Chromium. It needs the NSS libraries; where the system lacks them, the
 * copies that come in the package are unpacked into a temporary folder.
 */
function environment(): Record<string, string> {
  const own = process.env as Record<string, string>;
  if (process.platform !== 'linux' || hasLibrary('libnss3.so')) return own;
  const folder = join(tmpdir(), 'doppel-nss');
  if (!existsSync(join(folder, 'lib', 'libnss3.so'))) {
    mkdirSync(folder, { recursive: true });
    const archive = new URL('../bin/al2023.tar.br', import.meta.resolve('@sparticuz/chromium'));
    const tar = brotliDecompressSync(readFileSync(archive));
    const { status } = spawnSync('tar', ['-x', '-C', folder], { input: tar });
    if (status !== 0) throw new Error(`the NSS libraries could not be unpacked into ${folder}`);
  }
  return { ...own, LD_LIBRARY_PATH: join(folder, 'lib') };
}

function hasLibrary(name: string): boolean {
  const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
  const { stdout } = spawnSync('ldconfig', ['-p'], { encoding: 'utf8', env: { PATH: path } });
  return (stdout ?? '').includes(name);
}

/** What tests and pictures read from the page's own world, for functions that run there. */
export interface PageWorld {
  readonly doppelView?: {
    readonly selected: string | undefined;
    readonly cameraTarget: readonly [number, number, number];
    readonly rendererInfo: { readonly calls: number; readonly triangles: number };
    readonly framesReceived: number;
    readonly frameTime: number;
    channels(id: string): Readonly<Record<string, number>>;
    placeOf(id: string): readonly [number, number, number] | undefined;
  };
  readonly localStorage: { setItem(key: string, value: string): void };
  readonly document: {
    querySelector(selector: string): {
      readonly textContent: string;
      readonly dataset: Readonly<Record<string, string | undefined>>;
    } | null;
  };
  requestAnimationFrame(then: () => void): number;
}
