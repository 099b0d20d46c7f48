import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PageWorld } from '../../scripts/browser.ts';
import { type OpenPage, openPage } from './support/open-page.ts';

const SCENE = fileURLToPath(new URL('../../scenes/enclosed-plant.yaml', import.meta.url));
/** Draw calls that the whole plant may take. */
const MOST_DRAW_CALLS = 300;

let opened: OpenPage;
let page: Page;
let at: (testId: string) => Locator;
let expectText: OpenPage['expectText'];

beforeAll(async () => {
  opened = await openPage(SCENE, ['--time', '20', '--control', 'car-t']);
  ({ page, at, expectText } = opened);
});

afterAll(() => opened?.close());

afterEach(() => {
  expect(opened.complaints).toEqual([]);
  expect(opened.foreign).toEqual([]);
});

const setTime = async (speed: string): Promise<void> => {
  await at('time-speed').click();
  await at(`speed-${speed}`).click();
};

function channels(device: string): Promise<Readonly<Record<string, number>>> {
  return page.evaluate(
    (id) => (globalThis as unknown as PageWorld).doppelView?.channels(id) ?? {},
    device,
  );
}

function frameTime(): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as PageWorld).doppelView?.frameTime ?? 0);
}

describe('the page of the enclosed plant', () => {
  it('shows the plant within its budget, and that it is simulated', async () => {
    expect(await at('simulated').innerText()).toBe('SIMULATED');
    await page.waitForFunction(() => {
      const { doppelView } = globalThis as unknown as PageWorld;
      return (doppelView?.rendererInfo.triangles ?? 0) > 100_000;
    });
    const calls = await page.evaluate(
      () => (globalThis as unknown as PageWorld).doppelView?.rendererInfo.calls,
    );
    expect(calls).toBeGreaterThan(20);
    expect(calls).toBeLessThanOrEqual(MOST_DRAW_CALLS);
    const picture = await at('canvas').screenshot();
    // An empty canvas of this size packs into a few kilobytes.
    expect(picture.byteLength).toBeGreaterThan(40_000);
  });

  it('shows where the batch is', async () => {
    await at('tab-batches').click();
    await expectText(page.locator('[data-testid^=batch-] [aria-current=step]'), /Thaw|Wash/);
  });

  it('moves the arm as time runs', async () => {
    const before = await channels('robot');
    expect(Object.keys(before).length).toBeGreaterThan(6);
    await page.waitForFunction((earlier) => {
      const { doppelView } = globalThis as unknown as PageWorld;
      const now = doppelView?.channels('robot') ?? {};
      return Object.entries(now).some(([name, v]) => Math.abs(v - (earlier[name] ?? v)) > 0.05);
    }, before);
  });

  it('looks at a device chosen in the tree', async () => {
    // Slow enough that the batch does not need the centrifuge before this suite is done with it.
    await setTime('1');
    await at('tree-filter').fill('centri');
    await at('tree-item-centrifuge').click();
    await page.waitForFunction(() => {
      const { doppelView } = globalThis as unknown as PageWorld;
      return doppelView?.selected === 'centrifuge';
    });
    const place = await page.evaluate(
      () => (globalThis as unknown as PageWorld).doppelView?.placeOf('centrifuge') ?? [0, 0, 0],
    );
    await page.waitForFunction((where) => {
      const { doppelView } = globalThis as unknown as PageWorld;
      const [x, y] = doppelView?.cameraTarget ?? [0, 0, 0];
      return Math.hypot(x - where[0], y - where[1]) < 0.5;
    }, place);
    await at('tree-filter').fill('');
  });

  it('opens the lid of the centrifuge by a click on its faceplate', async () => {
    expect((await channels('centrifuge')).lid).toBeLessThan(0.1);
    await at('faceplate-command-openLid').click();
    await at('faceplate-accepted').waitFor();
    await page.waitForFunction(() => {
      const { doppelView } = globalThis as unknown as PageWorld;
      return (doppelView?.channels('centrifuge').lid ?? 0) > 0.9;
    });
    await expectText(at('faceplate-signal-lid'), /open/);
  });

  it('tells of a refusal with its code, and refuses what does not fit by itself', async () => {
    await at('faceplate-open-spin').click();
    await at('parameter-acceleration').fill('99999');
    await expectText(at('problem-acceleration'), /50 to 3500/);
    expect(await at('faceplate-command-spin').isDisabled()).toBe(true);
    await at('parameter-acceleration').fill('300');
    await at('faceplate-command-spin').click();
    await expectText(at('faceplate-refusal'), /LID_OPEN|INTERLOCK|NO_VESSEL|WRONG_STATE/);
  });

  it('lists what happened, and a row leads to its device', async () => {
    await at('tab-events').click();
    await expectText(at('event-list'), /Open lid started/);
    await expectText(at('event-list'), /Spin refused/);
    await page.keyboard.press('Escape');
    await at('event-list').getByText('Open lid started').first().click();
    await page.waitForFunction(() => {
      const { doppelView } = globalThis as unknown as PageWorld;
      return doppelView?.selected === 'centrifuge';
    });
  });

  it('grows a trend', async () => {
    await at('faceplate-trend-temperature').click();
    const plot = at('trend-plot');
    await plot.waitFor();
    const rows = (): Promise<number> => plot.evaluate((e) => Number(e.dataset.rows ?? 0));
    const before = await rows();
    await page.waitForFunction((least) => {
      const world = globalThis as unknown as PageWorld;
      return Number(world.document.querySelector('[data-testid=trend-plot]')?.dataset.rows) > least;
    }, before + 5);
  });

  it('freezes, steps and runs time', async () => {
    await at('time-toggle').click();
    await expectText(at('time-achieved'), /frozen/);
    const frozen = await at('time-elapsed').innerText();
    const clock = await frameTime();
    await at('time-step').click();
    await page.waitForFunction((before) => {
      const { doppelView } = globalThis as unknown as PageWorld;
      return (doppelView?.frameTime ?? 0) > before;
    }, clock);
    await setTime('600');
    await expectText(at('time-speed'), /600/);
    const stepped = await frameTime();
    await setTime('300');
    await expectText(at('time-speed'), /300/);
    expect(await frameTime()).toBe(stepped);
    await at('time-toggle').click();
    await page.waitForFunction((before) => {
      const elapsed = (globalThis as unknown as PageWorld).document.querySelector(
        '[data-testid=time-elapsed]',
      );
      return elapsed?.textContent !== before;
    }, frozen);
    await setTime('10');
  });

  it('finds anything by the palette and lists its keys', async () => {
    await page.keyboard.press('Control+k');
    await at('palette-input').fill('@expansion bioreactor 2');
    await page.keyboard.press('Enter');
    await expectText(at('faceplate'), /Expansion bioreactor 2/);
    await page.keyboard.press('?');
    await at('shortcut-sheet').waitFor();
    await page.keyboard.press('Escape');
    await at('shortcut-sheet').waitFor({ state: 'detached' });
  });
});
