import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import { MICROS_PER_DAY } from '../../src/kernel/time.ts';
import { throughputOf } from '../../src/main/statistics/throughput.ts';
import { utilisationOf } from '../../src/main/statistics/utilisation.ts';
import type { RunResult } from '../../src/main/run/run.ts';
import { runDemand } from './support/run-scene.ts';

const SEED = 1;
const DAYS = 60;

describe('60 days of the default demand in the default farming matrix', () => {
  let result: RunResult;
  const record: JournalEntry[] = [];
  beforeAll(async () => {
    result = await runDemand('farming-matrix', 'default', SEED, {
      until: DAYS * MICROS_PER_DAY,
      onEntry: (entry) => {
        if (entry.type !== 'reply' && entry.type !== 'intent') record.push(entry);
      },
    });
  }, 300_000);

  it('completes more than 60 batches of at least three products, and loses none', () => {
    const { completed, failed, products } = throughputOf(result.batches, result.report.time);
    expect(completed).toBeGreaterThanOrEqual(60);
    expect(failed).toBe(0);
    const made = Object.values(products).filter((product) => product.completed > 0);
    expect(made.length).toBeGreaterThanOrEqual(3);
  });

  it('mixes no batches, confuses none, keeps shelf lives, loses no matter', () => {
    expect(result.violations).toEqual([]);
    expect(result.report.worstRelativeError).toBeLessThan(1e-9);
  });

  it('hands every product out under its own label', () => {
    const done = result.batches.filter(({ outcome }) => outcome === 'complete');
    for (const { id, sublots } of done) {
      const parts = sublots?.filter(({ outcome }) => outcome === 'complete') ?? [{ id }];
      for (const part of parts) {
        const product = result.report.products[part.id];
        expect(product?.viableCells, part.id).toBeGreaterThan(3e7);
        expect(product?.viability, part.id).toBeGreaterThan(0.6);
      }
    }
  });

  it('gives a place to one batch at a time', () => {
    const owners = new Map<string, string>();
    let claimed = 0;
    for (const entry of record) {
      if (entry.type === 'claimed') {
        claimed += 1;
        expect(owners.get(entry.resource), entry.resource).toBeUndefined();
        owners.set(entry.resource, entry.batch);
      } else if (entry.type === 'released') {
        expect(owners.get(entry.resource), entry.resource).toBe(entry.batch);
        owners.delete(entry.resource);
      }
    }
    expect(claimed).toBeGreaterThan(10_000);
  });

  it('spreads the work over modules of a kind', () => {
    const { plant, report } = result;
    const use = utilisationOf(plant, report.devices, report.time);
    for (const type of ['incubation-module', 'centrifuge-module', 'magnet-module', 'shuttle']) {
      expect(use[type]?.used, type).toBeGreaterThan((use[type]?.devices ?? 0) / 2);
    }
  });

  it('is had again with the same seed, and is another with another', async () => {
    const [once, again, other] = await Promise.all(
      [SEED, SEED, SEED + 1].map((seed) =>
        runDemand('farming-matrix', 'default', seed, { until: 4 * MICROS_PER_DAY }),
      ),
    );
    expect(again?.report.stateHash).toBe(once?.report.stateHash);
    expect(other?.report.stateHash).not.toBe(once?.report.stateHash);
  });
});
