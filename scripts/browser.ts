import { existsSync } from 'node:fs';
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
    args: [
      '--headless=new',
      '--no-sandbox',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--ignore-gpu-blocklist',
    ],
  });
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
  };
  readonly localStorage: { setItem(key: string, value: string): void };
  requestAnimationFrame(then: () => void): number;
}
