import type { Browser, Locator, Page } from 'playwright-core';
import { launchBrowser, type PageWorld } from '../../../scripts/browser.ts';
import { buildIfStale } from '../../../scripts/build-if-stale.ts';
import { type ServedHost, serveHost } from '../../../scripts/serve-host.ts';

/** Software rendering on a shared machine: a picture may take seconds. */
const PATIENCE_MS = 90_000;

/** The built page of a host of its own process, in a real browser, with the plant drawn. */
export interface OpenPage {
  readonly host: ServedHost;
  readonly page: Page;
  /** What the browser complained of. */
  readonly complaints: string[];
  /** Addresses outside of the host that the page asked for. */
  readonly foreign: string[];
  at(testId: string): Locator;
  /** Waits until the text of an element fits. */
  expectText(element: Locator, pattern: RegExp): Promise<void>;
  close(): Promise<void>;
}

export async function openPage(scene: string, options: readonly string[]): Promise<OpenPage> {
  buildIfStale();
  const [host, browser]: [ServedHost, Browser] = await Promise.all([
    serveHost(scene, options),
    launchBrowser(),
  ]);
  const page = await browser.newPage({ viewport: { width: 1120, height: 700 }, locale: 'en-GB' });
  page.setDefaultTimeout(PATIENCE_MS);
  const complaints: string[] = [];
  const foreign: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  const own = new URL(host.ui).host;
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.host !== own) foreign.push(url.href);
  });
  await page.goto(host.ui);
  await page.waitForFunction(() => {
    const { doppelView } = globalThis as unknown as PageWorld;
    return doppelView !== undefined && doppelView.framesReceived > 1;
  });
  return {
    host,
    page,
    complaints,
    foreign,
    at: (testId) => page.getByTestId(testId),
    expectText: (element, pattern) => element.filter({ hasText: pattern }).first().waitFor(),
    close: async () => {
      await browser.close();
      await host.stop();
    },
  };
}
