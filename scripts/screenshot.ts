/**
 * Pictures of a plant as the page shows it:
 * `node scripts/screenshot.ts <scene> <folder> [--shots window,plant,<device>...] [--time 1]
 * [--control none] [--batches 6] [--set name=value]... [--until <simulated seconds>] [--select device]
 * [--tab modules] [--theme dark] [--size 1600x1000]`.
 * `window` is the whole window, `plant` the view from home, a device's
 * name the view of it; `<device>@<turn>` looks from `turn` degrees further round.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { launchBrowser, type PageWorld } from './browser.ts';
import { buildIfStale } from './build-if-stale.ts';
import { serveHost } from './serve-host.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shots: { type: 'string', default: 'window,plant' },
    time: { type: 'string', default: '1' },
    control: { type: 'string', default: 'none' },
    batches: { type: 'string' },
    set: { type: 'string', multiple: true, default: [] },
    until: { type: 'string', default: '0' },
    select: { type: 'string' },
    tab: { type: 'string' },
    theme: { type: 'string', default: 'light' },
    size: { type: 'string', default: '1600x1000' },
  },
});
const [scene, folder] = positionals;
if (scene === undefined || folder === undefined) {
  console.error('usage: node scripts/screenshot.ts <scene> <folder> [--shots window,plant,...]');
  process.exit(2);
}
const [width = 1600, height = 1000] = values.size.split('x').map(Number);
mkdirSync(folder, { recursive: true });

buildIfStale();
const host = await serveHost(scene, [
  ...['--time', values.time],
  ...(values.control === 'none' ? [] : ['--control', values.control]),
  ...(values.batches === undefined ? [] : ['--batches', values.batches]),
  ...values.set.flatMap((pair) => ['--set', pair]),
]);

/** Waits until the camera has stopped and some pictures were drawn since. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const world = globalThis as unknown as PageWorld;
    let last = '';
    for (let same = 0; same < 3; ) {
      await new Promise<void>((next) => {
        world.requestAnimationFrame(() => world.requestAnimationFrame(next));
      });
      const now = (world.doppelView?.cameraTarget ?? []).map((v) => v.toFixed(3)).join();
      same = now === last ? same + 1 : 0;
      last = now;
    }
  });
}

async function lookAt(page: Page, device: string, turn: number): Promise<void> {
  await page.getByTestId('tree-filter').fill(device);
  await page.getByTestId(`tree-item-${device}`).click();
  await settled(page);
  await page.keyboard.press('Escape');
  if (turn === 0) return settled(page);
  // One turn of the camera is one height of the canvas.
  const box = await page.getByTestId('canvas').boundingBox();
  if (box === null) return;
  const [x, y] = [box.x + box.width / 2, box.y + box.height * 0.8];
  await page.mouse.move(x, y);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(x - (turn / 360) * box.height, y, { steps: 4 });
  await page.mouse.up({ button: 'right' });
  // Off the devices, of which none shall look pointed at.
  await page.mouse.move(2, 2);
  await settled(page);
}

try {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({
      viewport: { width, height },
      locale: 'en-GB',
    });
    page.setDefaultTimeout(120_000);
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        console.log(`${message.type()}: ${message.text()}`);
      }
    });
    page.on('pageerror', (error) => console.log(`page: ${error.message}`));
    await page.addInitScript((theme) => {
      (globalThis as unknown as PageWorld).localStorage.setItem('doppel-theme', theme);
    }, values.theme);
    await page.goto(host.ui);
    await page.waitForFunction(() => {
      const { doppelView } = globalThis as unknown as PageWorld;
      return doppelView !== undefined && doppelView.framesReceived > 3;
    });
    const until = Number(values.until) * 1e6;
    await page.waitForFunction(
      (time) => ((globalThis as unknown as PageWorld).doppelView?.frameTime ?? 0) >= time,
      until,
      { timeout: 600_000, polling: 500 },
    );
    if (values.select !== undefined) {
      await page.getByTestId('tree-filter').fill(values.select);
      await page.getByTestId(`tree-item-${values.select}`).click();
      await page.getByTestId('tree-filter').fill('');
    }
    if (values.tab !== undefined) await page.getByTestId(`tab-${values.tab}`).click();
    for (const shot of values.shots.split(',')) {
      const path = join(folder, `${shot}.png`);
      if (shot === 'window') {
        await settled(page);
        await page.screenshot({ path });
        const info = await page.evaluate(
          () => (globalThis as unknown as PageWorld).doppelView?.rendererInfo,
        );
        console.log(`${info?.calls} draw calls, ${info?.triangles} triangles`);
        continue;
      }
      const [device = '', turn = '0'] = shot.split('@');
      if (device !== 'plant') await lookAt(page, device, Number(turn));
      await settled(page);
      // Not of the element: that would wait until it holds still, which a busy machine draws too slowly for.
      const clip = await page.getByTestId('canvas').boundingBox();
      if (clip !== null) await page.screenshot({ path, clip });
    }
  } finally {
    await browser.close();
  }
} finally {
  await host.stop();
}
