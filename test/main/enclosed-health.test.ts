import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import { MICROS_PER_DAY, MICROS_PER_HOUR } from '../../src/kernel/time.ts';
import type { Intervention } from '../../src/main/run/interventions.ts';
import type { RunResult } from '../../src/main/run/run.ts';
import { runScene } from './support/run-scene.ts';

const SEED = 1;

/** A breakdown between two hours, or for good. */
function breakdown(device: string, from: number, to?: number): Intervention[] {
  const fault = (hours: number, active: boolean): Intervention => ({
    time: Math.round(hours * MICROS_PER_HOUR),
    command: { kind: 'fault', device, fault: 'breakdown', active },
  });
  return [fault(from, true), ...(to === undefined ? [] : [fault(to, false)])];
}

async function make(
  recipe: string,
  batches: number,
  interventions: readonly Intervention[],
): Promise<{ readonly result: RunResult; readonly record: readonly JournalEntry[] }> {
  const record: JournalEntry[] = [];
  const onEntry = (entry: JournalEntry): void => void record.push(entry);
  const result = await runScene('enclosed-plant', recipe, SEED, {
    batches,
    interventions,
    onEntry,
  });
  return { result, record };
}

const outcomes = ({ batches }: RunResult): readonly string[] =>
  batches.map(
    ({ id, outcome, reason }) => `${id} ${outcome}${reason === undefined ? '' : `: ${reason}`}`,
  );
const equipment = (record: readonly JournalEntry[]): readonly string[] =>
  record.flatMap((entry) =>
    entry.type === 'equipment' ? [`${entry.device} ${entry.state}: ${entry.reason}`] : [],
  );

describe('the enclosed plant with something broken', () => {
  it('begins no batch in zone A until it is repaired', async () => {
    const { result, record } = await make('car-t', 2, breakdown('cell-counter', 40, 60));
    expect(outcomes(result)).toEqual(['P-001 complete', 'P-002 complete']);
    expect(equipment(record)).toEqual([
      'zone-a unavailable: cell-counter has broken down',
      'zone-a available: ',
    ]);
    // The first has left zone A at 44 h.
    const begun = result.batches[1]?.steps[0]?.start ?? 0;
    expect(begun / MICROS_PER_HOUR).toBeGreaterThanOrEqual(60);
    expect(begun / MICROS_PER_HOUR).toBeLessThan(61);
    expect(result.violations).toEqual([]);
  });

  it('lets a batch under way wait for the repair as long as its material keeps', async () => {
    const { result, record } = await make('car-t', 1, breakdown('centrifuge', 1.2, 2.4));
    expect(outcomes(result)).toEqual(['P-001 complete']);
    expect(record.some((e) => e.type === 'phase.failed' && e.device === 'centrifuge')).toBe(true);
    expect(result.violations).toEqual([]);
  });

  it('ends a batch whose device is not repaired in time, and says why', async () => {
    const { result } = await make('car-t', 1, breakdown('centrifuge', 1.2, 30));
    expect(outcomes(result)[0]).toMatch(/^P-001 failed: step \d .*centrifuge: /);
  });

  it('uses the other reactors while one is broken', async () => {
    const { result, record } = await make('car-t', 2, breakdown('bioreactor-2', 1));
    expect(outcomes(result)).toEqual(['P-001 complete', 'P-002 complete']);
    expect(equipment(record)).toContain('reactor-2 unavailable: bioreactor-2 has broken down');
    const reactors = record.flatMap((e) =>
      e.type === 'claimed' && e.resource.startsWith('reactor-') ? [`${e.batch} ${e.resource}`] : [],
    );
    // The second had the broken one already when it waited for zone A.
    expect(reactors).toEqual(['P-001 reactor-1', 'P-002 reactor-2', 'P-002 reactor-3']);
  });

  it('ends the run when what is left in zone A can never be cleared away', async () => {
    const recipe = 'test/main/fixtures/too-few-cells.yaml';
    const { result } = await make(recipe, 3, breakdown('decontaminator', 0.5));
    const [first, ...others] = outcomes(result);
    expect(first).toMatch(/^P-001 failed: .*too few cells/);
    for (const text of others) expect(text).toMatch(/failed: .*zone-a is kept by P-001/);
    // People are given three days to repair it.
    expect(result.report.time / MICROS_PER_DAY).toBeLessThan(5);
  });
});

describe('ten batches through the enclosed plant', () => {
  it('no culture waits longer for its harvest than it keeps', async () => {
    const { result, record } = await make('car-t', 10, []);
    expect(result.batches.map(({ outcome }) => outcome)).toEqual(Array(10).fill('complete'));
    expect(record.filter(({ type }) => type === 'shelfLife')).toEqual([]);
    const left = record.flatMap((e) =>
      e.type === 'note' && e.text.includes('could not wait') ? [`${e.batch}: ${e.text}`] : [],
    );
    expect(left).toContain('P-007: leaves zone-a to P-004, which could not wait');
    // Looking ahead costs no throughput here: each reactor is in use again as soon as zone A is free.
    expect(result.report.time / MICROS_PER_HOUR).toBeLessThan(1080);
    expect(result.violations).toEqual([]);
  }, 240_000);
});
