import { beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import type { RunResult } from '../../src/main/run/run.ts';
import { runScene } from './support/run-scene.ts';

const SEED = 1;

describe('batches that cannot go on in the enclosed plant', () => {
  const entries: JournalEntry[] = [];
  let result: RunResult;
  beforeAll(async () => {
    const onEntry = (entry: JournalEntry): void => void entries.push(entry);
    const recipe = 'test/main/fixtures/too-few-cells.yaml';
    result = await runScene('enclosed-plant', recipe, SEED, { batches: 3, onEntry });
  }, 120_000);

  it('fail with their reason', () => {
    expect(result.batches.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'P-001 failed',
      'P-002 failed',
      'P-003 failed',
    ]);
    for (const batch of result.batches) expect(batch.reason).toContain('too few cells');
  });

  it('leave nothing behind: the next one finds a clean zone', () => {
    expect(result.violations).toEqual([]);
    expect(result.report.worstRelativeError).toBeLessThan(1e-9);
    for (const batch of ['P-001', 'P-002', 'P-003']) {
      const own = entries.filter((entry) => entry.batch === batch);
      const at = (found: (entry: JournalEntry) => boolean): number => own.findIndex(found);
      const cleaned = at((e) => e.type === 'operation' && e.device === 'decontaminator');
      expect(cleaned).toBeGreaterThan(
        at((e) => e.type === 'operation' && e.command === 'changeBin'),
      );
      expect(cleaned).toBeLessThan(at((e) => e.type === 'released' && e.resource === 'zone-a'));
    }
  });

  it('have their reactors exchanged before another batch gets them', () => {
    const exchanged = entries.filter(
      (e) => e.type === 'operation' && e.command === 'exchangeVessel' && e.state === 'completed',
    );
    expect(exchanged).toHaveLength(3);
  });
});
