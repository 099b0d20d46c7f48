import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser, type PageWorld } from '../../scripts/browser.ts';
import { buildIfStale } from '../../scripts/build-if-stale.ts';
import { CARRIED, largeMatrix } from './support/large-matrix.ts';
import { showView } from './support/show-view.ts';

/** What 400 modules in sight may cost on an integrated graphics processor. */
const MOST_CALLS = 300;
const MOST_TRIANGLES = 2_500_000;
/** Software rendering on a shared machine: a picture may take seconds. */
const PATIENCE_MS = 180_000;

let page: Page;
const complaints: string[] = [];
const closers: (() => Promise<void>)[] = [];

beforeAll(async () => {
  buildIfStale();
  const { view, description, frame } = largeMatrix();
  expect(view.equipment.filter(({ type }) => type.endsWith('-module'))).toHaveLength(400);
  expect(view.equipment.filter(({ type }) => type === 'cell-cassette')).toHaveLength(1000);
  const shown = await showView(view, description, frame);
  closers.unshift(shown.close);
  const browser = await launchBrowser();
  closers.unshift(() => browser.close());
  page = await browser.newPage({ viewport: { width: 960, height: 600 }, locale: 'en-GB' });
  page.setDefaultTimeout(PATIENCE_MS);
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(shown.url);
  await page.waitForFunction(() => {
    const { doppelView } = globalThis as unknown as PageWorld;
    return (doppelView?.rendererInfo.triangles ?? 0) > 50_000;
  });
});

afterAll(async () => {
  for (const close of closers) await close();
});

afterEach(() => {
  expect(complaints).toEqual([]);
});

function info(): Promise<{ readonly calls: number; readonly triangles: number }> {
  return page.evaluate(
    () =>
      (globalThis as unknown as PageWorld).doppelView?.rendererInfo ?? { calls: 0, triangles: 0 },
  );
}

async function expectBudget(): Promise<void> {
  const { calls, triangles } = await info();
  expect(calls).toBeGreaterThan(10);
  expect(calls).toBeLessThanOrEqual(MOST_CALLS);
  expect(triangles).toBeGreaterThan(20_000);
  expect(triangles).toBeLessThanOrEqual(MOST_TRIANGLES);
}

async function choose(id: string): Promise<void> {
  await page.getByTestId('tree-filter').fill(id);
  await page.getByTestId(`tree-item-${id}`).click();
}

/** Looks at a device that is found by its name, and waits until the camera has arrived. */
async function lookAt(id: string): Promise<void> {
  await choose(id);
  await page.waitForFunction((name) => {
    const { doppelView } = globalThis as unknown as PageWorld;
    const place = doppelView?.placeOf(name) ?? [Infinity, 0, 0];
    const target = doppelView?.cameraTarget ?? [0, 0, 0];
    return Math.hypot(place[0] - target[0], place[1] - target[1]) < 0.5;
  }, id);
}

describe('the page of a plant with 400 modules and 1000 cassettes', () => {
  it('draws all of it within its budget', expectBudget);

  it('draws it within its budget from among the racks', async () => {
    await lookAt('centrifuge-9');
    await expectBudget();
  });

  it('follows a cassette that a shuttle carries', async () => {
    await choose(CARRIED);
    await page.keyboard.press('Shift+F');
    const xs = new Set<string>();
    await expect
      .poll(
        async () => {
          const [target, place] = await page.evaluate((name) => {
            const { doppelView } = globalThis as unknown as PageWorld;
            return [doppelView?.cameraTarget[0] ?? 0, doppelView?.placeOf(name)?.[0] ?? 0] as const;
          }, CARRIED);
          // The camera is a little behind.
          if (Math.abs(target - place) < 1.5) xs.add(target.toFixed(1));
          return xs.size;
        },
        { timeout: PATIENCE_MS, interval: 500 },
      )
      .toBeGreaterThan(4);
  });

  it('lists hundreds of devices, of which only those in sight are made', async () => {
    await page.getByTestId('tree-filter').fill('');
    await page.getByTestId('tree-order').click();
    await page.getByTestId('tree-type:cell-cassette').getByText('1000').waitFor();
    await page.getByTestId('tree-type:cell-cassette').click();
    await page.getByTestId('tree-item-cassette-1').waitFor();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(80);
  });
});
