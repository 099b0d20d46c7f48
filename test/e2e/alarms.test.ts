import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenPage, openPage } from './support/open-page.ts';

const SCENE = fileURLToPath(new URL('../../scenes/expansion-suite.yaml', import.meta.url));
let opened: OpenPage;

beforeAll(async () => {
  opened = await openPage(SCENE, ['--time', '5']);
});

afterAll(() => opened?.close());

describe('what goes wrong', () => {
  it('is an alarm with cause and remedy, in every place that shows the device', async () => {
    const { at, expectText } = opened;
    await at('tree-item-centrifuge-1').click();
    await at('faceplate-open-spin').click();
    await at('faceplate-command-spin').click();
    await expectText(at('faceplate-operation'), /Spin running/);
    await at('faceplate-command-abort').click();
    await expectText(at('faceplate-operation'), /Spin aborted/);
    await at('alarm-summary').click();
    const row = at('alarm-centrifuge-1-aborted');
    await expectText(row, /Run aborted.*Check the pellet/);
    await row.getByRole('img', { name: 'medium priority' }).waitFor();
    await at('tree-item-centrifuge-1').getByRole('img', { name: 'medium priority' }).waitFor();
  });

  it('is quiet once it is acknowledged, and the list of events tells by whom', async () => {
    const { at, page, expectText } = opened;
    await at('acknowledge-centrifuge-1-aborted').click();
    await page.getByRole('img', { name: 'medium priority, acknowledged' }).first().waitFor();
    await at('tab-events').click();
    await expectText(at('event-list'), /Run aborted.*acknowledged/);
    const operations = at('event-list').locator('tr[data-kind=operations]').first();
    await operations.waitFor();
    await page.locator('#dock-tools').getByText('Alarms').click();
    await operations.waitFor({ state: 'detached' });
  });

  it('is said when it is the connection, and nothing shown pretends to be fresh', async () => {
    const { at, host, page, expectText, complaints, foreign } = opened;
    expect(complaints).toEqual([]);
    expect(foreign).toEqual([]);
    await host.stop();
    await expectText(at('connection-banner'), /lost/);
    await page.locator('.app.stale').waitFor();
    expect(await at('time-toggle').isDisabled()).toBe(true);
  });
});
