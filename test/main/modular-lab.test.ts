import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import { secondsFromMicros } from '../../src/kernel/time.ts';
import type { RunResult } from '../../src/main/run/run.ts';
import { runScene } from './support/run-scene.ts';

describe('a CAR-T batch in one cassette through the modular laboratory', () => {
  const folder = mkdtempSync(join(tmpdir(), 'doppel-lab-'));
  const journal = join(folder, 'record.jsonl');
  let first: RunResult;
  let again: RunResult;
  let entries: readonly JournalEntry[] = [];
  beforeAll(async () => {
    first = await runScene('modular-lab', 'car-t', 1, { journal });
    again = await runScene('modular-lab', 'car-t', 1);
    entries = readFileSync(journal, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as JournalEntry);
  }, 240_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('completes the same recipe as the enclosed plant, within 13 to 15 days', () => {
    const [batch] = first.batches;
    expect(batch?.reason).toBeUndefined();
    expect(batch?.outcome).toBe('complete');
    expect(batch?.steps.map(({ step }) => step)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
    const days = secondsFromMicros(first.report.time) / 86_400;
    expect(days).toBeGreaterThan(13);
    expect(days).toBeLessThan(15);
  });

  it('gives a dose that leaves the plant', () => {
    const product = first.report.products['P-001'];
    expect(product?.viableCells).toBeGreaterThan(1e9);
    expect(product?.viability).toBeGreaterThan(0.7);
    expect(product?.carPositive).toBeGreaterThan(0.2);
    expect(product?.carPositive).toBeLessThan(0.6);
    expect(product?.volumeMl).toBeGreaterThan(40);
  });

  it('breaks no rule in grade C, and loses nothing', () => {
    expect(first.violations).toEqual([]);
    expect(first.report.worstRelativeError).toBeLessThan(1e-9);
  });

  it('ends in the same state when run again', () => {
    expect(again.report.stateHash).toBe(first.report.stateHash);
  });

  it('keeps the cells in one cassette, whose ports are connected anew for each piece of work', () => {
    const { devices } = first.report;
    const connections = Object.entries(devices)
      .filter(([id]) => id.startsWith('connector-'))
      .map(([, { commands }]) => commands['connect']?.ended ?? 0);
    expect(connections).toHaveLength(7);
    expect(Math.min(...connections)).toBeGreaterThan(0);
    expect(devices['freezer']?.commands['freeze']?.ended).toBe(1);
    // The emptied bag goes out as well as the product.
    expect(devices['lock']?.commands['dispatch']?.ended).toBe(2);
  });

  it('tells which function ran on which module, and what it returned', () => {
    const washed = entries.filter(
      (entry) => entry.type === 'operation' && entry.device === 'centrifuge',
    );
    expect(washed.length).toBeGreaterThan(3);
    const required = entries.flatMap((entry) =>
      entry.type === 'function.started' && entry.function === 'wash' ? [entry.specifications] : [],
    );
    expect(required).toContainEqual({ acceleration: '400 xg' });
  });
});
