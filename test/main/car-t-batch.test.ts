import { beforeAll, describe, expect, it } from 'vitest';
import { secondsFromMicros } from '../../src/kernel/time.ts';
import type { RunResult } from '../../src/main/run/run.ts';
import { runScene } from './support/run-scene.ts';

describe('a CAR-T batch through the enclosed plant', () => {
  let first: RunResult;
  let second: RunResult;
  beforeAll(async () => {
    first = await runScene('enclosed-plant', 'car-t', 1);
    second = await runScene('enclosed-plant', 'car-t', 2);
  }, 240_000);

  it('completes steps 3 to 10 in order within 13 to 15 days, as an intended batch does', () => {
    for (const { batches, report } of [first, second]) {
      const [batch] = batches;
      expect(batch?.outcome).toBe('complete');
      expect(batch?.steps.map(({ step }) => step)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
      const times = batch?.steps.flatMap(({ start, end }) => [start ?? -1, end ?? -1]) ?? [];
      expect(times).toEqual([...times].sort((a, b) => a - b));
      const days = secondsFromMicros(report.time) / 86_400;
      expect(days).toBeGreaterThan(13);
      expect(days).toBeLessThan(15);
    }
  });

  it('gives a dose: enough living cells, alive, with the receptor of published products', () => {
    for (const { report } of [first, second]) {
      const product = report.products['P-001'];
      expect(product?.viableCells).toBeGreaterThan(1e9);
      expect(product?.viability).toBeGreaterThan(0.8);
      expect(product?.carPositive).toBeGreaterThan(0.2);
      expect(product?.carPositive).toBeLessThan(0.6);
    }
  });

  it('breaks no rule and loses nothing', () => {
    for (const { report, violations } of [first, second]) {
      expect(violations).toEqual([]);
      expect(report.worstRelativeError).toBeLessThan(1e-9);
    }
  });

  it("another seed is another donor's batch", () => {
    expect(second.report.stateHash).not.toBe(first.report.stateHash);
    expect(second.report.products['P-001']?.viableCells).not.toBe(
      first.report.products['P-001']?.viableCells,
    );
  });
});
