import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type PageWorld } from '../../scripts/browser.ts';
import { buildIfStale } from '../../scripts/build-if-stale.ts';
import { largeMatrix } from './support/large-matrix.ts';
import { showView } from './support/show-view.ts';

/** What 400 modules and 1 000 cassettes in view may take. */
const MOST_DRAW_CALLS = 300;
const MOST_TRIANGLES = 2_500_000;
/** Software rendering on a shared machine: a picture may take seconds. */
const PATIENCE_MS = 120_000;

describe('the page of a matrix of 400 modules and 1 000 cassettes', () => {
  let shown: Awaited<ReturnType<typeof showView>>;
  let browser: Browser;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    buildIfStale();
    const { view, description, frame } = largeMatrix();
    expect(view.equipment.filter(({ type }) => type.endsWith('-module'))).toHaveLength(400);
    expect(view.equipment.filter(({ type }) => type === 'cell-cassette')).toHaveLength(1000);
    shown = await showView(view, description, frame, false);
    browser = await launchBrowser();
    page = await browser.newPage({ viewport: { width: 1120, height: 700 }, locale: 'en-GB' });
    page.setDefaultTimeout(PATIENCE_MS);
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(shown.url);
    await page.waitForFunction(() => {
      const { doppelView } = globalThis as unknown as PageWorld;
      return (doppelView?.rendererInfo.triangles ?? 0) > 100_000;
    });
  }, 2 * PATIENCE_MS);

  afterAll(async () => {
    await browser?.close();
    await shown?.close();
  });

  it('draws within its budget', async () => {
    const info = await page.evaluate(
      () => (globalThis as unknown as PageWorld).doppelView?.rendererInfo,
    );
    expect(info?.calls).toBeGreaterThan(10);
    expect(info?.calls).toBeLessThanOrEqual(MOST_DRAW_CALLS);
    expect(info?.triangles).toBeLessThanOrEqual(MOST_TRIANGLES);
    expect(complaints).toEqual([]);
  });
});
