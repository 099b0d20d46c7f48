import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MICROS_PER_HOUR } from '../../src/kernel/time.ts';
import { startTwin, type TwinHandle } from '../../src/main/twin-thread/twin-handle.ts';

const SCENE = fileURLToPath(new URL('../../scenes/modular-lab.yaml', import.meta.url));
const SEED = 11;

describe('a fork of a twin', () => {
  let parent: TwinHandle;
  let child: TwinHandle;
  let sequence = 0;
  const invoke = (twin: TwinHandle, device: string, command: string, parameters = {}) =>
    twin.execute({
      ...{ kind: 'invoke', client: 'test', sequence: sequence++, device, command, parameters },
    });
  const hashes = async (): Promise<readonly string[]> =>
    Promise.all([parent, child].map(async (twin) => (await twin.report()).stateHash));
  /** Lets both come to a time, whatever stops them on the way. */
  const advance = async (until: number): Promise<void> => {
    for (const twin of [parent, child]) {
      for (let reached = 0; reached < until; ) reached = (await twin.advance(until)).time;
    }
  };
  beforeAll(async () => {
    parent = await startTwin({
      ...{ sceneFile: SCENE, sceneText: readFileSync(SCENE, 'utf8'), seed: SEED },
      ...{ mode: { kind: 'lockstep' }, running: true },
    });
    await invoke(parent, 'robot', 'pick', { place: 'parking.park1' });
    // In mid-move.
    await parent.advance(3_000_000);
    child = await parent.fork();
  }, 60_000);
  afterAll(async () => {
    await Promise.all([parent.close(), child.close()]);
  });

  it('is its parent until they differ by a command, and then another', async () => {
    const [one, other] = await hashes();
    expect(other).toBe(one);
    await advance(MICROS_PER_HOUR / 2);
    const [later, too] = await hashes();
    expect(too).toBe(later);
    expect(later).not.toBe(one);
    for (const twin of [parent, child]) {
      expect(await invoke(twin, 'robot', 'place', { place: 'centrifuge.transfer' })).toMatchObject({
        ok: true,
      });
    }
    await advance(MICROS_PER_HOUR);
    const [placed, placedToo] = await hashes();
    expect(placedToo).toBe(placed);
    await child.execute({
      ...{ kind: 'fault', client: 'test', sequence: sequence++ },
      ...{ device: 'centrifuge', fault: 'breakdown', active: true },
    });
    await advance(2 * MICROS_PER_HOUR);
    const [sound, broken] = await hashes();
    expect(broken).not.toBe(sound);
  });

  it('tells those who listen to it what holds there, until something happens', async () => {
    await child.execute({
      ...{ kind: 'fault', client: 'test', sequence: sequence++ },
      ...{ device: 'magnet', fault: 'breakdown', active: true },
    });
    const grandchild = await child.fork();
    try {
      const told: string[] = [];
      const listen = (): void => {
        grandchild.onEvents((events) => {
          for (const event of events) told.push(`${event.type} ${event.device}`);
        });
      };
      listen();
      expect(told).toEqual(
        expect.arrayContaining([
          'fault.began magnet',
          'alarm.raised magnet',
          'fault.began centrifuge',
        ]),
      );
      await grandchild.advance(child.table.time + 1);
      const before = told.length;
      listen();
      expect(told).toHaveLength(before);
    } finally {
      await grandchild.close();
    }
  });
});
