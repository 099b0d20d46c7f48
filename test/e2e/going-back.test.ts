import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { type OpenPage, openPage } from './support/open-page.ts';

const SCENE = fileURLToPath(new URL('../../scenes/expansion-suite.yaml', import.meta.url));
const PATIENCE = { timeout: 60_000 };

let opened: OpenPage | undefined;

afterEach(async () => {
  const { complaints = [] } = opened ?? {};
  await opened?.close();
  opened = undefined;
  expect(complaints).toEqual([]);
});

/** Seconds since the start that the time bar shows. */
async function shown({ at }: OpenPage): Promise<number> {
  const [, days, hours, minutes, seconds] =
    /Day (\d+) (\d+):(\d+):(\d+)/.exec(await at('time-elapsed').innerText()) ?? [];
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

describe('the time bar', () => {
  it('takes the plant back and lets it run again from there', async () => {
    opened = await openPage(SCENE, ['--time', '100']);
    const { page, at, expectText } = opened;
    const view = opened;
    await expect.poll(() => shown(view), PATIENCE).toBeGreaterThan(700);
    await at('time-toggle').click();
    await expectText(at('time-achieved'), /frozen/);
    const before = await shown(view);
    await at('time-back').click();
    await at('back-10').click();
    await expect.poll(() => shown(view), PATIENCE).toBe(before - 600);
    await expectText(at('time-achieved'), /frozen/);
    await at('tab-events').click();
    await expectText(page.locator('body'), /Time set back by 10 min/);
    await at('time-toggle').click();
    await expect.poll(() => shown(view), PATIENCE).toBeGreaterThan(before - 600);
    await at('time-toggle').click();
    await at('time-back').click();
    await at('back-to-start').click();
    await expect.poll(() => shown(view), PATIENCE).toBe(0);
  });
});
