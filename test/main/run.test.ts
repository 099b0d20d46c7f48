import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunSummary } from '../../src/main/cli/run-output.ts';
import { Cli, doppel } from './support/cli.ts';

const SUITE = 'scenes/expansion-suite.yaml';
const PLANT = 'scenes/enclosed-plant.yaml';
const INCUBATE = 'test/main/fixtures/incubate.yaml';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe('doppel run', () => {
  it('prints one object and nothing else with --json', async () => {
    const { code, stdout, stderr } = await doppel('run', SUITE, '--recipe', INCUBATE, '--json');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const summary = JSON.parse(stdout) as RunSummary;
    expect(summary).toEqual({
      doppel: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      scene: 'expansion-suite',
      parameters: {},
      seed: 1,
      simulatedSeconds: 6 * 3600,
      wallSeconds: expect.any(Number),
      speed: expect.any(Number),
      stateHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      commands: 5,
      massBalance: { worstRelativeError: expect.any(Number) },
      violations: [],
      utilisation: expect.objectContaining({
        'peristaltic-pump': expect.objectContaining({ operations: expect.any(Number) }),
      }),
      throughput: expect.objectContaining({ ordered: 1, completed: 1, failed: 0, mostAtOnce: 1 }),
      consumption: { vessels: {}, liquidsMl: {} },
      batches: [
        {
          id: 'P-001',
          product: 'Seed culture',
          outcome: 'complete',
          steps: [
            {
              step: 7,
              name: 'Incubation',
              start: '2026-01-05T06:00:00.000Z',
              end: '2026-01-05T12:00:00.000Z',
            },
          ],
          final: {
            viableCells: expect.any(Number),
            viability: expect.any(Number),
            carPositive: expect.any(Number),
            volumeMl: expect.closeTo(100, 6),
          },
        },
      ],
    });
    expect(summary.massBalance.worstRelativeError).toBeLessThan(1e-9);
    expect(summary.speed).toBeCloseTo(summary.simulatedSeconds / summary.wallSeconds, -4);
    const final = summary.batches[0]?.final;
    expect(final?.viableCells).toBeGreaterThan(1e8);
    expect(final?.viability).toBeGreaterThan(0.8);
    expect(final?.carPositive).toBeGreaterThan(0.2);
  });

  it('prints a summary for people and the record of the batch on demand', async () => {
    const journal = join(folder, 'record.jsonl');
    const { code, stdout, stderr } = await doppel(
      ...['run', SUITE, '--recipe', INCUBATE, '--journal', journal],
    );
    expect(code).toBe(0);
    expect(stderr).not.toContain('\u001b');
    expect(stdout).toMatch(/P-001 {2}Seed culture {2}complete/);
    expect(stdout).toMatch(/7 Incubation +2026-01-05 06:00 +2026-01-05 12:00 +6\.0 h/);
    expect(stdout).toContain('no rule was broken');
    const types = readFileSync(journal, 'utf8')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type);
    expect(types[0]).toBe('batch.started');
    expect(types.at(-1)).toBe('batch.finished');
  });

  it('ends in the same state whatever the pace and the transport, in another for another seed', async () => {
    const run = async (...options: string[]): Promise<RunSummary> => {
      const { code, stdout, stderr } = await doppel(
        ...['run', PLANT, '--until', '20min', '--json', ...options],
      );
      expect(code, stderr).toBe(0);
      return JSON.parse(stdout) as RunSummary;
    };
    const once = await run();
    expect(once.simulatedSeconds).toBe(1200);
    expect(once.commands).toBeGreaterThan(20);
    expect(once.batches[0]).toMatchObject({ outcome: 'running' });
    expect(once.batches[0]?.steps.at(-1)).not.toHaveProperty('end');
    for (const options of [
      ['--time', 'max'],
      ['--time', '2400'],
      ['--time', 'lockstep', '--via', 'opcua'],
      ['--time', '2400', '--via', 'opcua'],
    ]) {
      const again = await run(...options);
      const { wallSeconds, speed, ...rest } = again;
      expect(rest, options.join(' ')).toEqual({
        ...once,
        wallSeconds: undefined,
        speed: undefined,
      });
      if (options.includes('2400')) expect(speed).toBeLessThanOrEqual(2400);
      expect(wallSeconds).toBeGreaterThan(0);
    }
    expect((await run('--seed', '2')).stateHash).not.toBe(once.stateHash);
  });

  it('exits with 1 when a batch fails, and says why', async () => {
    const text = readFileSync(INCUBATE, 'utf8');
    const recipe = file(
      'hopeless.yaml',
      `${text}      - { check: { fact: transductionDensity, atLeast: 99 }, reason: too thin }\n`,
    );
    const { code, stdout } = await doppel('run', SUITE, '--recipe', recipe, '--json');
    expect(code).toBe(1);
    const [batch] = (JSON.parse(stdout) as RunSummary).batches;
    expect(batch?.outcome).toBe('failed');
    expect(batch?.reason).toMatch(/^step 7 Incubation: too thin \(wanted transductionDensity/);
    expect(batch?.steps).toHaveLength(1);
  });

  it('exits with 1 when an observer reports', async () => {
    const text = readFileSync(SUITE, 'utf8')
      .replace('grade: D', 'grade: A')
      .replace(/(place: centrifuge-1.bucket(\d))/g, '$1\n    batch: P-10$2');
    const scene = file('crowded.yaml', text);
    const { code, stdout } = await doppel(
      ...['run', scene, '--recipe', 'none', '--until', '1h', '--json'],
    );
    expect(code).toBe(1);
    const { violations } = JSON.parse(stdout) as RunSummary;
    expect(violations[0]).toEqual({
      observer: 'two-batches-in-zone-a',
      time: expect.stringMatching(/^2026-01-05T06:.*Z$/),
      place: 'zone-d',
      batch: 'P-101,P-103',
      cause: 'P-101 and P-103 are in zone-d',
    });
  });

  it('ends cleanly when interrupted and tells how far it got', async () => {
    const cli = new Cli(['run', SUITE, '--recipe', INCUBATE, '--time', 'realtime']);
    await cli.says(/P-001 7 Incubation/);
    cli.process.kill('SIGINT');
    expect(await cli.ended).toBe(130);
    expect(cli.stdout).toMatch(/P-001 {2}Seed culture {2}running/);
  });
});

describe('what cannot be run', () => {
  const broken = () => file('broken.yaml', 'doppel: 1\nname: broken\ncolour: red\n');
  const recipe = () =>
    file('bad-recipe.yaml', readFileSync(INCUBATE, 'utf8').replace('6 h,', '6 ml,'));
  it.each<[string, () => string[], RegExp]>([
    ['a scene that does not exist', () => ['run', 'no.yaml'], /no\.yaml: .*cannot be read/],
    ['a broken scene', () => ['run', broken()], /broken\.yaml:3: .*colour/],
    ['an unknown recipe', () => ['run', SUITE, '--recipe', 'tea'], /tea: .*one of: car-nk, car-t/],
    [
      'a broken recipe',
      () => ['run', SUITE, '--recipe', recipe()],
      /bad-recipe\.yaml:17: .*duration: .*time is wanted/,
    ],
    [
      'an unsuitable plant',
      () => ['run', SUITE],
      /has nothing that can thaw: needed by step 3 Thaw/,
    ],
    ['an unknown option', () => ['run', SUITE, '--fast'], /unknown option '--fast'/],
    ['an unknown command', () => ['walk'], /unknown command 'walk'/],
    ['no scene', () => ['run'], /missing required argument 'scene'/],
    ['a bad pace', () => ['run', SUITE, '--time', 'fast'], /--time fast: use realtime/],
    ['a bad seed', () => ['run', SUITE, '--seed', '1.5'], /--seed 1\.5: use a whole number/],
    ['a bad end', () => ['run', SUITE, '--until', '14'], /--until 14: use a duration such as/],
    ['a bad transport', () => ['run', SUITE, '--via', 'fax'], /Allowed choices are direct, opcua/],
    ['nothing to do', () => ['run', SUITE, '--recipe', 'none'], /say when to end with --until/],
    ['no batches', () => ['run', SUITE, '--batches', '0'], /--batches 0: make at least one/],
    [
      'an endless demand',
      () => ['run', SUITE, '--demand', 'default'],
      /say when to end with --until/,
    ],
    [
      'a bad fault',
      () => ['run', SUITE, '--fault', 'pump'],
      /--fault pump: write device\.fault@from/,
    ],
    [
      'a fault that ends before it begins',
      () => ['run', SUITE, '--fault', 'pump-feed-1.breakdown@2d..1d'],
      /it ends before it begins/,
    ],
    [
      'a fault of nothing',
      () => ['run', SUITE, '--recipe', INCUBATE, '--fault', 'nobody.breakdown@1h'],
      /nobody/,
    ],
  ])('%s ends with 2, a message and an empty stdout', async (_, args, message) => {
    const { code, stdout, stderr } = await doppel(...args());
    expect(stderr).toMatch(message);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });
});
