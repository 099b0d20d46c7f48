import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BENCH_CALLS } from '../../../src/kernel/bench-contract.ts';
import type { PlantEvent } from '../../../src/kernel/plant-contract.ts';
import type { Bench } from '../../../src/main/bench/bench.ts';
import { benchOf } from '../support/bench-of.ts';
import { startTwin, type TwinHandle } from '../../../src/main/twin-thread/twin-handle.ts';
import type { TimeMode } from '../../../src/main/twin-thread/time-control.ts';

const SCENE = fileURLToPath(new URL('../../../scenes/expansion-suite.yaml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'doppel-bench-'));
const open: TwinHandle[] = [];

async function benchIn(mode: TimeMode): Promise<{ bench: Bench; twin: TwinHandle }> {
  const twin = await startTwin({
    sceneFile: SCENE,
    sceneText: readFileSync(SCENE, 'utf8'),
    seed: 7,
    mode,
    running: mode.kind === 'lockstep',
    history: true,
  });
  open.push(twin);
  return { twin, bench: benchOf(twin, folder) };
}

afterAll(async () => {
  await Promise.all(open.map((twin) => twin.close()));
  rmSync(folder, { recursive: true });
});

/** Calls and expects that it is not refused. */
async function done(
  bench: Bench,
  name: string,
  parameters: Record<string, unknown> = {},
  caller = 'test',
): Promise<Record<string, unknown>> {
  const outcome = await bench.call(name, parameters, caller);
  if (!outcome.ok) throw new Error(`${name}: ${outcome.error.code}: ${outcome.error.message}`);
  return outcome.value;
}

async function refused(bench: Bench, name: string, parameters: Record<string, unknown>) {
  const outcome = await bench.call(name, parameters, 'test');
  if (outcome.ok) throw new Error(`${name} was not refused`);
  return outcome.error;
}

describe('the bench in lockstep', () => {
  let bench: Bench;
  let twin: TwinHandle;
  beforeAll(async () => {
    ({ bench, twin } = await benchIn({ kind: 'lockstep' }));
  });

  it('advances by a duration, to a time, and to the next event', async () => {
    expect(await done(bench, 'advance', { by: '10 s' })).toEqual({ time: 10e6 });
    expect(await done(bench, 'runUntil', { until: '1 min' })).toEqual({ time: 60e6 });
    const { time } = await done(bench, 'step');
    expect(time).toBeGreaterThan(60e6);
    expect(await done(bench, 'time')).toMatchObject({ mode: 'lockstep', running: true });
    expect(await refused(bench, 'runUntil', { until: '1 s' })).toMatchObject({
      code: 'OUT_OF_RANGE',
    });
  });

  it('runs until a signal shows a value, an operation ends or an alarm is raised', async () => {
    const started = Number((await done(bench, 'advance', { by: '1 s' })).time);
    const warm = await done(bench, 'runUntil', {
      condition: 'bioreactor-1.temperature > 0',
      until: '3 h',
    });
    // It holds already, so that no time passes.
    expect(warm).toEqual({ time: started, met: true });
    const never = await done(bench, 'runUntil', {
      condition: 'bioreactor-1.temperature > 99',
      until: '3 h',
    });
    expect(never).toEqual({ time: 3 * 3600e6, met: false });
  });

  it('stops at the instant of an event and not later', async () => {
    const events: PlantEvent[] = [];
    const stop = twin.onEvents((all) => events.push(...all));
    const begun = await done(bench, 'command', { device: 'centrifuge-1', command: 'openLid' });
    expect(begun).toEqual({ operation: 1 });
    const reached = await done(bench, 'runUntil', {
      condition: 'event device.operation.completed centrifuge-1 openLid',
      until: '4 h',
    });
    stop();
    const completed = events.find(({ type }) => type === 'device.operation.completed');
    expect(reached).toEqual({ time: completed?.time, met: true });
  });

  it('two holders are granted the smaller of their grants', async () => {
    await done(bench, 'hold', {}, 'other');
    const now = twin.table.time;
    const first = done(bench, 'advance', { by: '20 s' });
    expect(await done(bench, 'holders')).toEqual({
      holders: [{ name: 'test', granted: now + 20e6 }, { name: 'other' }],
    });
    expect(await refused(bench, 'step', {})).toMatchObject({ code: 'WRONG_STATE' });
    expect(await done(bench, 'advance', { by: '5 s' }, 'other')).toEqual({ time: now + 5e6 });
    expect(twin.table.time).toBe(now + 5e6);
    bench.left('other');
    expect(await first).toEqual({ time: now + 20e6 });
  });

  it('a wait for what never comes ends when its caller goes, and holds up nobody', async () => {
    bench.left('test');
    const endless = bench.call('runUntil', { condition: 'bioreactor-1.temperature > 999' }, 'lost');
    await expect.poll(() => twin.table.time, { timeout: 20_000 }).toBeGreaterThan(6 * 3600e6);
    bench.left('lost');
    expect(await endless).toMatchObject({ ok: false, error: { code: 'ABORTED' } });
    const now = Number((await done(bench, 'time')).time);
    await done(bench, 'restore', { time: '5 h' });
    expect(now).toBeGreaterThan(6 * 3600e6);
    expect(await done(bench, 'advance', { by: '1 s' })).toEqual({ time: 5 * 3600e6 + 1e6 });
  });

  it('goes back to any time, and from there on the same happens again', async () => {
    const hashes: unknown[] = [];
    const times = ['9 h', '12 h', '13 h'];
    await done(bench, 'runUntil', { until: '8 h' });
    await done(bench, 'fault', { device: 'pump-feed', fault: 'breakdown', active: true });
    for (const until of times) {
      await done(bench, 'runUntil', { until });
      hashes.push((await twin.report()).stateHash);
    }
    const told: PlantEvent[] = [];
    const stop = twin.onEvents((all) => told.push(...all));
    expect(await done(bench, 'restore', { time: '12 h' })).toEqual({ time: 12 * 3600e6 });
    expect(told[0]).toMatchObject({ type: 'time.jumped', time: 12 * 3600e6, from: 13 * 3600e6 });
    expect((await twin.report()).stateHash).toBe(hashes[1]);
    await done(bench, 'runUntil', { until: '13 h' });
    expect((await twin.report()).stateHash).toBe(hashes[2]);
    // Between two snapshots of the ring, and over a command.
    await done(bench, 'restore', { time: '7 h' });
    stop();
    await done(bench, 'runUntil', { until: '8 h' });
    await done(bench, 'fault', { device: 'pump-feed', fault: 'breakdown', active: true });
    await done(bench, 'runUntil', { until: '9 h' });
    expect((await twin.report()).stateHash).toBe(hashes[0]);
    expect(await refused(bench, 'restore', { time: '10 h' })).toMatchObject({
      code: 'WRONG_STATE',
      message: 'the time lies ahead; let time pass instead',
    });
  });

  it('lets things go wrong at a time, on a condition, and for a while', async () => {
    const now = twin.table.time;
    const common = { device: 'pump-feed', fault: 'breakdown' };
    await done(bench, 'fault', { ...common, active: false });
    const planned = await done(bench, 'fault', {
      ...{ ...common, active: true, at: `${now + 60e6} us`, lasts: '30 s' },
    });
    expect(planned.plan).toBeGreaterThan(0);
    const { plan } = await done(bench, 'force', {
      ...{
        device: 'bioreactor-1',
        signal: 'ph',
        value: 3,
        when: 'event fault.began pump-feed',
        lasts: '10 s',
      },
    });
    expect((await done(bench, 'plans')).plans).toMatchObject([
      { id: planned.plan, lasts: 30e6 },
      { id: plan, when: 'event fault.began pump-feed' },
    ]);
    const forced = await done(bench, 'runUntil', { condition: 'bioreactor-1.ph < 4' });
    expect(forced).toEqual({ time: now + 60e6, met: true });
    await done(bench, 'advance', { by: '15 s' });
    expect((await done(bench, 'read', { signals: ['bioreactor-1.ph'] })).readings).toMatchObject({
      'bioreactor-1.ph': { quality: 0 },
    });
    // At once, and for a while: it is put right at its time.
    await done(bench, 'advance', { by: '1 min' });
    expect((await done(bench, 'plans')).plans).toEqual([]);
    const short = await done(bench, 'fault', { ...common, active: true, lasts: '5 s' });
    expect(await done(bench, 'cancel', { plan: short.plan })).toEqual({});
    await done(bench, 'fault', { ...common, active: false });
    for (const [given, code] of [
      [{ at: '1 s' }, 'OUT_OF_RANGE'],
      [{ at: 'soon' }, 'INVALID_PARAMETER'],
      [{ at: '9 d', when: 'alarm' }, 'INVALID_PARAMETER'],
      [{ when: 'sometimes' }, 'INVALID_PARAMETER'],
      [{ lasts: 'long' }, 'INVALID_PARAMETER'],
      [{ fault: 'bad mood', at: '9 d' }, 'UNKNOWN_FAULT'],
    ] as const) {
      const error = await refused(bench, 'fault', { ...common, active: true, ...given });
      expect(error.code).toBe(code);
    }
    expect(await refused(bench, 'cancel', { plan: 999 })).toMatchObject({
      code: 'INVALID_PARAMETER',
    });
  });

  it('saves moments by name and comes back to them', async () => {
    const { path, time } = await done(bench, 'save', { name: 'before' });
    expect(path).toBe(join(folder, 'before.snapshot'));
    const { stateHash } = await twin.report();
    await done(bench, 'advance', { by: '2 h' });
    expect(await done(bench, 'snapshots')).toMatchObject({ names: ['before'] });
    expect(await done(bench, 'restore', { name: 'before' })).toEqual({ time });
    expect((await twin.report()).stateHash).toBe(stateHash);
    for (const name of ['../before', '', 'a/b', '.hidden']) {
      expect(await refused(bench, 'save', { name })).toMatchObject({ code: 'INVALID_PARAMETER' });
    }
    expect(await refused(bench, 'restore', { name: 'nothing' })).toMatchObject({
      code: 'WRONG_STATE',
    });
    expect(await refused(bench, 'restore', {})).toMatchObject({ code: 'INVALID_PARAMETER' });
  });

  it('changes to another mode while a grant is under way, which is refused', async () => {
    await done(bench, 'hold', {}, 'other');
    const waiting = bench.call('advance', { by: '1 h' }, 'test');
    expect(await done(bench, 'setTime', { mode: '50' })).toMatchObject({
      mode: 'scaled',
      askedSpeed: 50,
      running: true,
    });
    expect(await waiting).toMatchObject({ ok: false, error: { code: 'WRONG_STATE' } });
    const now = twin.table.time;
    const { time } = await done(bench, 'advance', { by: '10 s' });
    expect(Number(time)).toBeGreaterThanOrEqual(now + 10e6);
    expect(await done(bench, 'time')).toMatchObject({ mode: 'scaled', running: false });
    bench.left('other');
    expect(await done(bench, 'setTime', { mode: 'lockstep', running: true })).toMatchObject({
      mode: 'lockstep',
    });
    expect(await done(bench, 'advance', { by: '1 s' })).toEqual({ time: Number(time) + 1e6 });
  });
});

describe('the bench while time is paced', () => {
  it('runs to a goal, freezes there, and reports how it did', async () => {
    const { bench } = await benchIn({ kind: 'scaled', factor: 200 });
    expect(await done(bench, 'runUntil', { until: '30 s' })).toEqual({ time: 30e6 });
    expect(await done(bench, 'time')).toMatchObject({ time: 30e6, running: false });
    await done(bench, 'command', { device: 'centrifuge-1', command: 'openLid' });
    const condition = 'event device.operation.completed centrifuge-1';
    const { time, met } = await done(bench, 'runUntil', { condition });
    expect(met).toBe(true);
    expect(await done(bench, 'time')).toMatchObject({ time, running: false });
    expect(await refused(bench, 'hold', {})).toMatchObject({ code: 'WRONG_STATE' });
    const { effort } = (await done(bench, 'time')) as { effort: { shares: object } };
    expect(Object.keys(effort.shares)).toEqual(['advance', 'publish', 'frames', 'commands']);
  });

  it('a freeze ends a run where it is', async () => {
    const { bench, twin } = await benchIn({ kind: 'scaled', factor: 1 });
    const run = done(bench, 'runUntil', { until: '10 h' });
    await done(bench, 'setTime', { running: true });
    await done(bench, 'setTime', { running: false });
    expect(Number((await run).time)).toBe(twin.table.time);
  });

  it('runs as fast as it can up to the instant of a condition', async () => {
    const { bench } = await benchIn({ kind: 'max' });
    await done(bench, 'command', { device: 'centrifuge-1', command: 'openLid' });
    const { time, met } = await done(bench, 'runUntil', {
      condition: 'centrifuge-1.operationState == completed',
      until: '5 d',
    });
    expect(met).toBe(true);
    expect(Number(time)).toBeLessThan(60e6);
  });
});

describe('calls that are wrong', () => {
  it('are refused with place, cause and remedy', async () => {
    const { bench } = await benchIn({ kind: 'lockstep' });
    for (const [name, given, words] of [
      ['dance', {}, 'there is no call "dance"'],
      ['advance', {}, '"by" is missing'],
      ['advance', { by: 10 }, '"by" must be a text'],
      ['advance', { by: 'soon' }, 'write "90 s"'],
      ['advance', { by: '1 s', to: 2 }, 'unknown parameter "to"; known: by'],
      ['setTime', { mode: 'warp' }, 'use realtime, max, lockstep or a factor'],
      ['setTime', { running: 'yes' }, '"running" must be true or false'],
      ['runUntil', {}, 'say "until", "condition" or both'],
      ['read', { signals: 'all' }, '"signals" must be a list of texts'],
      ['__proto__', {}, 'there is no call'],
    ] as const) {
      const error = await refused(bench, name, given);
      expect(error.code).toBe('INVALID_PARAMETER');
      expect(error.message).toContain(words);
    }
    const read = await refused(bench, 'read', { signals: ['bioreactor-1.ph', 'nobody.knows'] });
    expect(read).toMatchObject({ code: 'UNKNOWN_SIGNAL' });
  });

  it('every declared call says what it is for', () => {
    for (const call of Object.values(BENCH_CALLS)) {
      expect(call.description.length).toBeGreaterThan(10);
    }
  });
});
