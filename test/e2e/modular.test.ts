import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { PageWorld } from '../../scripts/browser.ts';
import { type OpenPage, openPage } from './support/open-page.ts';

const scene = (name: string): string =>
  fileURLToPath(new URL(`../../scenes/${name}.yaml`, import.meta.url));

/** Software rendering on a shared machine: a picture may take seconds. */
const PATIENCE_MS = 120_000;

let opened: OpenPage | undefined;

afterEach(async () => {
  const { complaints = [], foreign = [] } = opened ?? {};
  await opened?.close();
  opened = undefined;
  expect(complaints).toEqual([]);
  expect(foreign).toEqual([]);
});

async function open(name: string, ...options: string[]): Promise<OpenPage> {
  opened = await openPage(scene(name), options);
  return opened;
}

async function choose({ at }: OpenPage, id: string): Promise<void> {
  await at('tree-filter').fill(id);
  await at(`tree-item-${id}`).click();
}

describe('the page of the modular laboratory', () => {
  it('follows the cassette of a batch from module to module', async () => {
    const view = await open('modular-lab', '--time', '60', '--control', 'car-t');
    const { page, at } = view;
    await choose(view, 'cassette-1');
    await page.keyboard.press('Shift+F');
    const seen = new Set<string>();
    await expect
      .poll(
        async () => {
          seen.add((await at('faceplate-signal-location').innerText()).replace(/\s+/g, ' '));
          return [...seen].filter((text) => /thaw|measuring|centrifuge/.test(text)).length;
        },
        { timeout: PATIENCE_MS, interval: 500 },
      )
      .toBeGreaterThanOrEqual(3);
    // The camera is a little behind while the arm moves.
    await expect
      .poll(() => cameraMisses(view), { timeout: PATIENCE_MS, interval: 500 })
      .toBeLessThan(1);
    await view.expectText(at('faceplate-signal-batch'), /P-001/);
  });
});

/** How far the camera looks past the cassette, seen from above [m]. */
function cameraMisses({ page }: OpenPage): Promise<number> {
  return page.evaluate(() => {
    const { doppelView } = globalThis as unknown as PageWorld;
    const [x, y] = doppelView?.placeOf('cassette-1') ?? [Number.NaN, Number.NaN];
    const [u, v] = doppelView?.cameraTarget ?? [0, 0];
    return Math.hypot(x - u, y - v);
  });
}

/** Places of a vessel of a batch in the order in which the page shows them. */
async function wayOf(
  { page }: OpenPage,
  batch: string,
  vessel: RegExp,
): Promise<readonly string[]> {
  const ways = page.getByTestId(`journey-${batch}`).locator('ol');
  for (const way of await ways.all()) {
    if (!vessel.test((await way.getAttribute('data-vessel')) ?? '')) continue;
    const stays = await way.locator('button').all();
    return Promise.all(stays.map(async (stay) => (await stay.getAttribute('data-place')) ?? ''));
  }
  return [];
}

describe('a batch of the modular laboratory, made from beginning to end', () => {
  it('is followed from lock to lock: bag, cassette, product', async () => {
    const view = await open('modular-lab', '--time', 'lockstep', '--control', 'car-t');
    const { page, at, expectText } = view;
    await choose(view, 'cassette-1');
    await page.keyboard.press('Shift+F');
    await at('tab-batches').click();
    await expectText(at('batch-P-001'), /complete/);

    // The page asks for ways again now and then.
    const endOf = async (vessel: RegExp): Promise<string | undefined> =>
      (await wayOf(view, 'P-001', vessel)).at(-1)?.split('.')[0];
    const patience = { timeout: PATIENCE_MS };
    await expect.poll(() => endOf(/^cassette-1/), patience).toBe('parking');
    await expect.poll(() => endOf(/^fill-bag/), patience).toBe('lock');
    // The patient's cells come in by the lock, and the empty bag leaves there.
    const bag = await wayOf(view, 'P-001', /apheresis/);
    expect(bag).toEqual(['lock.bag', 'thaw.bag', 'lock.bag']);
    const cassette = await wayOf(view, 'P-001', /^cassette-1/);
    const stays = cassette.map((place) => place.split('.')[0] ?? '');
    expect([stays[0], stays[1]]).toEqual(['parking', 'thaw']);
    expect(stays.at(-1)).toBe('parking');
    for (const module of [
      'centrifuge',
      'magnet',
      'transduction',
      'incubator',
      'measuring',
      'fill',
    ]) {
      expect(stays).toContain(module);
    }
    // The order of the process: thawed first, filled last, long in the incubator between.
    expect(stays.indexOf('magnet')).toBeLessThan(stays.indexOf('incubator'));
    expect(stays.lastIndexOf('incubator')).toBeLessThan(stays.indexOf('fill'));
    const product = await wayOf(view, 'P-001', /^fill-bag/);
    expect(product.map((place) => place.split('.')[0])).toEqual(['fill', 'freezer', 'lock']);

    // What the faceplate tells of the cassette, and where the camera looks.
    await expectText(at('faceplate-signal-location'), /parking\.park1/);
    await expectText(at('faceplate-journey'), /Incubation[\s\S]*Slot 1[\s\S]*1\d\.\d d/);
    await expectText(at('faceplate-ports'), /cassette-1\/sample/);
    await expect
      .poll(() => cameraMisses(view), { timeout: PATIENCE_MS, interval: 500 })
      .toBeLessThan(0.5);
  });
});

describe('the page of the farming matrix', () => {
  it('lets a module fail and be exchanged by hand while production goes on', async () => {
    const view = await open(
      'farming-matrix',
      '--time',
      '30',
      '--control',
      'car-t',
      '--batches',
      '4',
    );
    const { page, at, expectText } = view;
    await choose(view, 'freezer-8');
    await expectText(at('faceplate-signal-location'), /rack-\d+\.dock\d+/);
    const dock = /rack-\d+\.dock\d+/.exec(await at('faceplate-signal-location').innerText())?.[0];
    expect(dock).toBeDefined();
    await at('faceplate-open-faults').click();
    await at('faceplate-fault-breakdown').click();
    await expectText(at('faceplate-state'), /broken/i);
    await expectText(page.getByTestId('faceplate'), /repaired|Breakdown|broken down/i);

    // The map of modules shows it at a glance, and leads to what is chosen there.
    await at('tab-modules').click();
    await expectText(at('module-count'), /101 modules .* 1 broken/);
    await page.locator('[data-testid=module-freezer-8][data-condition=broken]').waitFor();
    await at('module-incubator-3').click();
    await expectText(page.getByTestId('faceplate'), /Incubation 3/);

    await choose(view, 'shuttle-6');
    await at('faceplate-open-carry').click();
    await at('parameter-from')
      .filter({ visible: true })
      .fill(dock ?? '');
    await at('parameter-to').filter({ visible: true }).fill('rack-6.dock20');
    await at('faceplate-command-carry').click();
    await at('faceplate-accepted').waitFor();
    await choose(view, 'freezer-8');
    await expectText(at('faceplate-signal-location'), /rack-6\.dock20/);

    await at('faceplate-open-faults').click();
    await at('faceplate-fault-breakdown').click();
    await expectText(at('faceplate-state'), /idle|ready/i);
    await at('tab-batches').click();
    await expectText(at('batch-count'), /4 under way/);
    await at('batch-row-P-003').click();
    await at('batch-P-003').waitFor();
  });
});
