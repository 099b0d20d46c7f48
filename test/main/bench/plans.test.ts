import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseCondition } from '../../../src/kernel/condition.ts';
import type { PlannedCommand, PlantEvent } from '../../../src/kernel/plant-contract.ts';
import { buildTwin } from '../../../src/main/plant-assembly.ts';
import { parseScene } from '../../../src/main/scene-files.ts';
import { History } from '../../../src/main/twin-thread/history.ts';
import type { Occasion } from '../../../src/twin/plans.ts';
import type { Twin } from '../../../src/twin/twin.ts';

const SCENE = new URL('../../../scenes/expansion-suite.yaml', import.meta.url);
const sceneText = readFileSync(SCENE, 'utf8');
const source = { sceneFile: 'expansion-suite.yaml', sceneText, seed: 4 };
const MINUTE = 60e6;

function setUp(): { twin: Twin; history: History } {
  const loaded = parseScene(sceneText, source.sceneFile);
  if (!('scene' in loaded)) throw new Error('the scene is broken');
  const twin = buildTwin(loaded.scene, source.seed);
  return { twin, history: new History(twin, source, true) };
}

const breakdown: PlannedCommand = {
  ...{ kind: 'fault', device: 'pump-feed', fault: 'breakdown', active: true },
};
const openLid = { kind: 'invoke', device: 'centrifuge-1', command: 'openLid' } as const;

function when(twin: Twin, text: string): Occasion {
  const condition = parseCondition(text, twin.describe());
  if (!condition.ok) throw new Error(condition.error.message);
  return { when: condition.value, text };
}

const told = (events: readonly PlantEvent[]): readonly (readonly [string, number])[] =>
  events
    .filter(({ type }) => type.startsWith('fault.') || type.startsWith('signal.'))
    .map(({ type, time }) => [type, time]);

describe('something that is planned', () => {
  it('happens at its time and ends after its duration, whatever the steps of the clock', () => {
    const hashes = [MINUTE, 7 * MINUTE, 1e6, 200 * MINUTE].map((stride) => {
      const { twin, history } = setUp();
      history.plans.add(breakdown, { at: 13 * MINUTE + 1 }, 30 * MINUTE);
      expect(history.plans.list()).toEqual([
        { id: 1, command: breakdown, at: 13 * MINUTE + 1, lasts: 30 * MINUTE },
      ]);
      const end = 200 * MINUTE;
      while (twin.now < end) history.advanceTo(Math.min(end, twin.now + stride));
      expect(told(twin.takeEvents())).toEqual([
        ['fault.began', 13 * MINUTE + 1],
        ['fault.ended', 43 * MINUTE + 1],
      ]);
      expect(history.plans.list()).toEqual([]);
      history.close();
      return twin.stateHash();
    });
    expect(new Set(hashes).size).toBe(1);
  });

  it('happens at the instant at which its condition holds, whoever looks meanwhile', () => {
    const hashes = [false, true].map((isWatched) => {
      const { twin, history } = setUp();
      history.plans.add(
        breakdown,
        when(twin, 'event device.operation.completed centrifuge-1'),
        5e6,
      );
      history.advanceTo(10 * MINUTE);
      twin.execute({ ...openLid, client: 'test', sequence: 0, parameters: {} });
      const looking = { nextLook: (t: number) => t + 77_777, isMet: () => false };
      history.advanceTo(60 * MINUTE, isWatched ? looking : undefined);
      const events = twin.takeEvents();
      const opened = events.find(({ type }) => type === 'device.operation.completed')?.time ?? 0;
      expect(opened).toBeGreaterThan(10 * MINUTE);
      expect(told(events)).toEqual([
        ['fault.began', opened],
        ['fault.ended', opened + 5e6],
      ]);
      history.close();
      return twin.stateHash();
    });
    expect(hashes[0]).toBe(hashes[1]);
  });

  it('watches a signal at its own instants, whoever looks meanwhile', () => {
    const began = [false, true].map((isWatched) => {
      const { twin, history } = setUp();
      const warm = Number(twin.read('bioreactor-1', 'temperature')?.value);
      history.plans.add(breakdown, when(twin, `bioreactor-1.temperature > ${warm + 0.05}`));
      const looking = { nextLook: (t: number) => t + 333_333, isMet: () => false };
      history.advanceTo(6 * 60 * MINUTE, isWatched ? looking : undefined);
      history.close();
      return told(twin.takeEvents());
    });
    expect(began[0]).toEqual(began[1]);
  });

  it('stops a run that waits for what it causes', () => {
    const { twin, history } = setUp();
    history.plans.add(breakdown, { at: 5 * MINUTE });
    const rule = {
      nextLook: () => Number.POSITIVE_INFINITY,
      isMet: (events: readonly PlantEvent[]) => events.some(({ type }) => type === 'alarm.raised'),
    };
    expect(history.advanceTo(60 * MINUTE, rule)).toBe(5 * MINUTE);
    expect(twin.now).toBe(5 * MINUTE);
    history.close();
  });

  it('is still to come in a plant that goes back, and happens again', () => {
    const { twin, history } = setUp();
    history.plans.add(breakdown, { at: 50 * MINUTE }, 20 * MINUTE);
    history.advanceTo(200 * MINUTE);
    const hash = twin.stateHash();
    for (const back of [20, 60, 90].map((minutes) => minutes * MINUTE)) {
      expect(history.goBack(back)).toBe('');
      expect(twin.now).toBe(back);
      twin.takeEvents();
      history.advanceTo(200 * MINUTE);
      expect(twin.stateHash()).toBe(hash);
    }
    // What was planned later is forgotten with the future in which it was.
    history.plans.add(breakdown, { at: 300 * MINUTE });
    expect(history.goBack(100 * MINUTE)).toBe('');
    expect(history.plans.list()).toEqual([]);
    history.close();
  });

  it('can be given up', () => {
    const { twin, history } = setUp();
    expect(history.plans.add(breakdown, { at: MINUTE })).toEqual({ ok: true, value: 1 });
    expect(history.plans.cancel(1)).toBe(true);
    expect(history.plans.cancel(1)).toBe(false);
    history.advanceTo(2 * MINUTE);
    expect(told(twin.takeEvents())).toEqual([]);
    history.close();
  });

  it('is refused at once when the plant has nothing of the kind', () => {
    const { twin, history } = setUp();
    const at = { at: MINUTE };
    for (const [command, code] of [
      [{ ...breakdown, device: 'nobody' }, 'UNKNOWN_DEVICE'],
      [{ ...breakdown, fault: 'bad mood' }, 'UNKNOWN_FAULT'],
      [{ kind: 'force', device: 'pump-feed', signal: 'mood', value: 1 }, 'UNKNOWN_SIGNAL'],
    ] as const) {
      expect(history.plans.add(command, at)).toMatchObject({ ok: false, error: { code } });
    }
    expect(twin.log).toEqual([]);
    history.close();
  });
});
