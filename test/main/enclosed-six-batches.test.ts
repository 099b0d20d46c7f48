import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import { secondsFromMicros } from '../../src/kernel/time.ts';
import type { RunResult } from '../../src/main/run/run.ts';
import { runScene } from './support/run-scene.ts';

const SEED = 1;
const BATCHES = 6;
const REACTORS = 4;
/** Hours that recipe `car-t` lets an expanded culture wait for its harvest. */
const SHELF_LIFE = 24;

interface Stay {
  readonly batch: string;
  readonly from: number;
  readonly to: number;
}

/** Who had a resource from when to when, in order of time. */
function staysIn(entries: readonly JournalEntry[], isWanted: (name: string) => boolean): Stay[] {
  const open = new Map<string, { batch: string; from: number }>();
  const stays: Stay[] = [];
  for (const entry of entries) {
    if (entry.type !== 'claimed' && entry.type !== 'released') continue;
    const { resource, batch, time } = entry;
    if (!isWanted(resource)) continue;
    if (entry.type === 'claimed') {
      expect(open.has(resource)).toBe(false);
      open.set(resource, { batch, from: time });
      continue;
    }
    const begun = open.get(resource);
    expect(begun?.batch).toBe(batch);
    open.delete(resource);
    stays.push({ batch, from: begun?.from ?? 0, to: time });
  }
  expect(open.size).toBe(0);
  return stays.sort((a, b) => a.from - b.from);
}

/** Largest number of stays that overlap. */
function mostAtOnce(stays: readonly Stay[]): number {
  const counts = stays.map(({ from }) => stays.filter((s) => s.from <= from && s.to > from).length);
  return Math.max(...counts);
}

describe('six CAR-T batches through the enclosed plant', () => {
  const entries: JournalEntry[] = [];
  let result: RunResult;
  beforeAll(async () => {
    const onEntry = (entry: JournalEntry): void => void entries.push(entry);
    result = await runScene('enclosed-plant', 'car-t', SEED, { batches: BATCHES, onEntry });
  }, 600_000);

  const ids = Array.from({ length: BATCHES }, (_, i) => `P-00${i + 1}`);
  const stepTimes = (batch: string, step: number) =>
    result.batches.find(({ id }) => id === batch)?.steps.find((s) => s.step === step);

  it('completes all, each with a dose', () => {
    expect(result.batches.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(
      ids.map((id) => `${id} complete`),
    );
    for (const id of ids) {
      const product = result.report.products[id];
      expect(product?.viableCells).toBeGreaterThan(1e9);
      expect(product?.viability).toBeGreaterThan(0.75);
    }
  });

  it('breaks no rule and loses nothing', () => {
    expect(result.violations).toEqual([]);
    expect(result.report.worstRelativeError).toBeLessThan(1e-9);
  });

  it('has one batch at a time in zone A: each twice, in preparation and for harvest', () => {
    const stays = staysIn(entries, (name) => name === 'zone-a');
    expect(stays).toHaveLength(2 * BATCHES);
    for (const [i, { from }] of stays.entries()) {
      if (i > 0) expect(from).toBeGreaterThanOrEqual(stays[i - 1]?.to ?? 0);
    }
    for (const batch of ids) {
      const [preparation, harvest] = stays.filter((stay) => stay.batch === batch);
      expect(stepTimes(batch, 3)?.start).toBeGreaterThanOrEqual(preparation?.from ?? Infinity);
      expect(stepTimes(batch, 6)?.end).toBeLessThanOrEqual(preparation?.to ?? 0);
      expect(stepTimes(batch, 9)?.start).toBeGreaterThanOrEqual(harvest?.from ?? Infinity);
    }
  });

  it('changes over and decontaminates before the next batch comes in', () => {
    for (const { batch, from, to } of staysIn(entries, (name) => name === 'zone-a')) {
      const done = entries.filter(
        (entry) => entry.batch === batch && entry.time >= from && entry.time <= to,
      );
      const ended = (device: string, command: string) =>
        done.findLastIndex(
          (e) =>
            e.type === 'operation' &&
            e.device === device &&
            e.command === command &&
            e.state === 'completed',
        );
      const decontaminated = ended('decontaminator', 'decontaminate');
      for (const device of ['bag-filler', 'separator', 'liquid-handler']) {
        expect(ended(device, 'exchangeSet')).toBeGreaterThan(-1);
        expect(ended(device, 'exchangeSet')).toBeLessThan(decontaminated);
      }
      expect(ended('waste', 'changeBin')).toBeGreaterThan(-1);
      // After the cycle nothing is handled in the zone until the next batch is there.
      expect(decontaminated).toBeGreaterThan(ended('robot', 'place'));
      expect(decontaminated).toBeGreaterThan(ended('waste', 'changeBin'));
    }
  });

  it('keeps up to four batches in zone D, each in a reactor of its own, exchanged afterwards', () => {
    const reactors = staysIn(entries, (name) => name.startsWith('reactor-'));
    expect(reactors).toHaveLength(BATCHES);
    expect(mostAtOnce(reactors)).toBe(REACTORS);
    const inD = ids.map((batch) => ({
      batch,
      from: stepTimes(batch, 7)?.end ?? 0,
      to: stepTimes(batch, 9)?.end ?? 0,
    }));
    expect(mostAtOnce(inD)).toBe(REACTORS);
    expect(mostAtOnce(staysIn(entries, (name) => name === 'transduction'))).toBe(1);
    const exchanged = entries.filter(
      (e) => e.type === 'operation' && e.command === 'exchangeVessel' && e.state === 'completed',
    );
    expect(exchanged).toHaveLength(2 * BATCHES);
  });

  it('respects shelf lives, and says for what a batch waits', () => {
    const told = entries.filter((e) => e.type === 'shelfLife' && e.state === 'over');
    for (const batch of ids) {
      const expanded = stepTimes(batch, 8)?.end ?? 0;
      const harvested = stepTimes(batch, 9)?.start ?? 0;
      const hours = secondsFromMicros(harvested - expanded) / 3600;
      if (hours > SHELF_LIFE) expect(told.some((e) => e.batch === batch)).toBe(true);
      if (hours === 0) continue;
      const waits = entries.some(
        (e) =>
          e.batch === batch &&
          e.type === 'note' &&
          e.text === 'waits for zone-a' &&
          e.time === expanded,
      );
      expect(waits).toBe(true);
    }
  });

  it('uses several reactors and has medium and waste bags exchanged by people', () => {
    const care = entries.filter((e) => e.type === 'operator' && e.state === 'done');
    const devices = new Set(care.map((e) => (e.type === 'operator' ? e.device : '')));
    expect(devices).toEqual(new Set(['medium-supply', 'spent-medium']));
  });
});
