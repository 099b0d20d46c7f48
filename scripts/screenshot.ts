/**
 * Pictures of a plant as the page shows it:
 * `node scripts/screenshot.ts <scene> <folder> [--shots window,plant,<device>...] [--time 1]
 * [--control none] [--until <simulated seconds>]`.
 * The page must have been built. `window` is the whole window, `plant` the view from home, a device's
 * name the view of it; `<device>@<turn>` looks from `turn` degrees further round.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import sparticuz from '@sparticuz/chromium';
import { chromium, type Page } from 'playwright-core';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    shots: { type: 'string', default: 'window,plant' },
    time: { type: 'string', default: '1' },
    control: { type: 'string', default: 'none' },
    until: { type: 'string', default: '0' },
    theme: { type: 'string', default: 'light' },
  },
});
const [scene, folder] = positionals;
if (scene === undefined || folder === undefined) {
  console.error('usage: node scripts/screenshot.ts <scene> <folder> [--shots window,plant,...]');
  process.exit(2);
}
mkdirSync(folder, { recursive: true });

interface Ready {
  readonly ui: string;
}

const host = spawn(
  process.execPath,
  [
    fileURLToPath(new URL('../bin/doppel.mjs', import.meta.url)),
    'serve',
    scene,
    ...['--ui-port', '0', '--opcua-port', '0', '--time', values.time, '--json'],
    ...(values.control === 'none' ? [] : ['--control', values.control]),
  ],
  { stdio: ['ignore', 'pipe', 'inherit'] },
);

async function ready(child: ChildProcess): Promise<Ready> {
  if (child.stdout === null) throw new Error('the host has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as Partial<Ready>;
    if (message.ui !== undefined) return { ui: message.ui };
  }
  throw new Error('the host ended before it was ready');
}

/** An installed browser, else the one that ships in a package. */
async function browserPath(): Promise<string> {
  const installed = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((p) => existsSync(p));
  return installed ?? (await sparticuz.executablePath());
}

/** What the page's own world has, for functions that run there. */
interface PageWorld {
  readonly doppelView?: {
    readonly cameraTarget: readonly number[];
    readonly rendererInfo: { readonly calls: number; readonly triangles: number };
    readonly framesReceived: number;
    readonly frameTime: number;
  };
  readonly localStorage: { setItem(key: string, value: string): void };
  requestAnimationFrame(then: () => void): number;
}

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
  await settled(page);
}

try {
  const { ui } = await ready(host);
  const browser = await chromium.launch({
    executablePath: await browserPath(),
    args: [
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      '--no-sandbox',
      '--headless=new',
      '--ignore-gpu-blocklist',
    ],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1600, height: 1000 },
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
    await page.goto(ui);
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
      await page.getByTestId('canvas').screenshot({ path });
    }
  } finally {
    await browser.close();
  }
} finally {
  host.kill('SIGTERM');
}
