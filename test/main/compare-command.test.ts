import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Comparison } from '../../src/main/compare/comparison.ts';
import { doppel } from './support/cli.ts';

const SUITE = 'scenes/expansion-suite.yaml';
const RECIPE = ['--recipe', 'test/main/fixtures/incubate.yaml'];

describe('doppel compare', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'doppel-compare-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('runs both plants and writes a report', async () => {
    const report = join(folder, 'report.html');
    const options = [...RECIPE, '--days', '1', '--json', '--report', report];
    const { code, stdout, stderr } = await doppel('compare', SUITE, SUITE, ...options);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { plants, days } = JSON.parse(stdout) as Comparison;
    expect(days).toBe(1);
    expect(plants.map(({ scene }) => scene)).toEqual(['expansion-suite', 'expansion-suite']);
    for (const { throughput } of plants) expect(throughput).toMatchObject({ completed: 1 });
    expect(plants[0]).toEqual(plants[1]);
    expect(readFileSync(report, 'utf8')).toContain('What became of the demand');
  });

  it('gives the enclosed plant and the matrix the same orders, and says what each cannot make', async () => {
    const report = join(folder, 'plants.html');
    const options = ['--demand', 'default', '--days', '16', '--json', '--report', report];
    const scenes = ['scenes/enclosed-plant.yaml', 'scenes/farming-matrix.yaml'] as const;
    const { code, stdout, stderr } = await doppel('compare', ...scenes, ...options);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { plants } = JSON.parse(stdout) as Comparison;
    const [enclosed, matrix] = plants.map(({ throughput }) => throughput);
    expect(enclosed?.ordered).toBe(matrix?.ordered);
    expect(enclosed?.completed).toBe(1);
    expect(matrix?.completed).toBeGreaterThan(enclosed?.completed ?? 0);
    expect(matrix?.failed).toBe(0);
    expect(Object.keys(enclosed?.losses ?? {}).join('\n')).toMatch(/cannot make CAR-NK/);
    expect(plants[0]?.purposes['set-up']).toBeGreaterThan(0);
    const page = readFileSync(report, 'utf8');
    for (const title of ['Vein to vein', 'Waiting before each step', 'Losses by cause']) {
      expect(page).toContain(title);
    }
  });

  it.each([
    ['a recipe beside a demand', ['--demand', 'default', '--recipe', 'msc'], 'leave out a recipe'],
    ['an unknown demand', ['--demand', 'tea'], 'one of: default'],
    ['no days', ['--days', '0'], '--days 0: compare at least one day'],
    ['no recipe', ['--recipe', 'none'], '--recipe none: there is nothing to compare'],
  ])('refuses %s', async (_, options, message) => {
    const { code, stdout, stderr } = await doppel('compare', SUITE, SUITE, ...options);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });

  it('says which plant cannot run the recipe', async () => {
    const { code, stderr } = await doppel('compare', SUITE, SUITE, '--days', '1');
    expect(code).toBe(2);
    expect(stderr).toContain(`${SUITE}: the plant cannot run this recipe`);
  });

  it('says where a report cannot be written', async () => {
    const report = join(folder, 'nowhere', 'report.html');
    const options = [...RECIPE, '--days', '1', '--report', report];
    const { code, stderr } = await doppel('compare', SUITE, SUITE, ...options);
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be written');
  });
});
