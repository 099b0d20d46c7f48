import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { CaseResult } from '../../../src/main/suite/case.ts';
import type { CoverageReport } from '../../../src/main/suite/coverage-report.ts';
import { loadSuites } from '../../../src/main/suite/load-suite.ts';
import { suiteJsonSchema } from '../../../src/main/suite/schema.ts';
import { readSnapshot } from '../../../src/main/snapshots/snapshot-file.ts';
import { doppel } from '../support/cli.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCENE = `${ROOT}scenes/expansion-suite.yaml`;
const folder = mkdtempSync(join(tmpdir(), 'doppel-suites-'));
const results = join(folder, 'results');

afterAll(() => rmSync(folder, { recursive: true }));

type Scenarios = Readonly<Record<string, object>>;

/** A suite of the expansion suite, where nobody controls for an hour unless it says so. */
function suite(name: string, scenarios: Scenarios, common: object = {}): string {
  const path = join(folder, `${name}.yaml`);
  const titled = Object.entries(scenarios).map(([key, own]) => [key, { title: key, ...own }]);
  const head = { doppel: 1, title: name, scene: SCENE, control: 'none', until: '1 h' };
  writeFileSync(path, stringify({ ...head, ...common, scenarios: Object.fromEntries(titled) }));
  return path;
}

interface Report {
  readonly passed: boolean;
  readonly results: readonly CaseResult[];
  readonly coverage: CoverageReport;
}

async function test(
  path: string,
  ...options: readonly string[]
): Promise<Report & { readonly code: number | null }> {
  const { code, stdout, stderr } = await doppel(
    'test',
    path,
    '--json',
    '--results',
    results,
    ...options,
  );
  if (stdout === '') throw new Error(stderr);
  return { code, ...(JSON.parse(stdout) as Report) };
}

const openLid = { person: 'centrifuge-1.openLid', at: '10 min' };

describe('doppel test', () => {
  it('passes what is as it should be and leaves nothing behind', async () => {
    const path = suite('good', {
      lid: {
        disturbances: [openLid],
        checks: { opens: { eventually: 'centrifuge-1.lid == open', by: '11 min' } },
        seeds: [1, 2],
      },
    });
    const { code, passed, results: found } = await test(path);
    expect([code, passed]).toEqual([0, true]);
    expect(found.map(({ scenario, seed, outcome }) => [scenario, seed, outcome])).toEqual([
      ['lid', 1, 'passed'],
      ['lid', 2, 'passed'],
    ]);
    expect(found[0]?.verdicts).toMatchObject([{ name: 'opens', state: 'held' }]);
    expect(existsSync(join(results, 'good', 'lid-1'))).toBe(false);
  });

  it('says what failed when, and leaves the moment and a recording that can be replayed', async () => {
    const path = suite('bad', {
      lid: { disturbances: [openLid], checks: { shut: { never: 'centrifuge-1.lid == open' } } },
    });
    const junit = join(folder, 'out.xml');
    const report = join(folder, 'out.html');
    const args = ['--results', results, '--junit', junit, '--report', report];
    const { code, stdout } = await doppel('test', path, ...args);
    expect(code).toBe(1);
    expect(stdout).toMatch(/✗ bad\/lid/);
    expect(stdout).toMatch(/shut: it held \(never centrifuge-1.lid == open\)/);
    const reopen = /look at that moment: npx doppel serve (\S+)/.exec(stdout)?.[1] ?? '';
    const { state } = readSnapshot(join(ROOT, reopen));
    expect(state.time / 60e6).toBeGreaterThan(10);
    expect(state.time / 60e6).toBeLessThan(11);
    const recording = join(results, 'bad', 'lid-1', 'run.recording');
    expect((await doppel('replay', recording)).code).toBe(0);
    const xml = readFileSync(junit, 'utf8');
    expect(xml).toMatch(/<testsuite name="bad" tests="1" failures="1" errors="0"/);
    expect(xml).toMatch(/<failure type="shut" message="bad\/lid: it held/);
    expect(readFileSync(report, 'utf8')).toContain('Some scenarios failed');
  }, 30_000);

  it('takes a broken rule, a refused or a missing disturbance for a failure', async () => {
    const path = suite('disturbances', {
      refused: { disturbances: [{ person: 'centrifuge-1.spin', with: { acceleration: 1e9 } }] },
      missing: { disturbances: [{ ...openLid, at: undefined, when: 'alarm pump-feed.dry' }] },
      rule: {
        until: '6 h',
        disturbances: [
          { fault: 'transduction-1.breakdown', at: '1 h' },
          { person: 'transduction-1.start' },
        ],
      },
      allowed: {
        until: '6 h',
        disturbances: [
          { fault: 'transduction-1.breakdown', at: '1 h' },
          { person: 'transduction-1.start' },
        ],
        expect: { rules: ['shelf-life-exceeded'] },
      },
    });
    const { results: found } = await test(path);
    const causes = Object.fromEntries(
      found.map(({ scenario, problems }) => [
        scenario,
        problems.map(({ name, cause }) => `${name}: ${cause}`),
      ]),
    );
    expect(causes.refused).toEqual([expect.stringMatching(/^disturbance: .*OUT_OF_RANGE/)]);
    expect(causes.missing).toEqual([expect.stringMatching(/never happened/)]);
    expect(causes.rule).toEqual([expect.stringMatching(/^rule shelf-life-exceeded: /)]);
    expect(causes.allowed).toEqual([]);
  });

  it('comes to the same in one worker and in two', async () => {
    const path = suite('jobs', {
      a: { disturbances: [{ fault: 'pump-feed.slow', at: '1 min' }] },
      b: { disturbances: [{ force: 'bioreactor-1.ph', value: 7, at: '5 min', lasts: '1 min' }] },
      c: { disturbances: [{ zone: 'zone-d', fault: 'powerLoss', at: '5 min', lasts: '1 min' }] },
    });
    const one = await test(path, '--jobs', '1');
    const two = await test(path, '--jobs', '2');
    const hashes = ({ results: all }: Report) => all.map(({ stateHash }) => stateHash);
    expect(hashes(one)).toEqual(hashes(two));
    expect(new Set(hashes(one)).size).toBe(3);
  });

  it('counts what was met, and writes scenarios for the faults that were not', async () => {
    const path = suite('coverage', {
      fault: {
        disturbances: [
          { ...openLid, at: '1 min' },
          {
            fault: 'centrifuge-1.jam',
            when: 'event device.operation.completed centrifuge-1 openLid',
          },
          { person: 'centrifuge-1.closeLid', at: '20 min' },
        ],
      },
    });
    const explored = join(folder, 'explored.yaml');
    const { coverage } = await test(path, '--explore', explored);
    const centrifuge = coverage.types.find(({ type }) => type === 'centrifuge');
    expect(centrifuge?.kinds.faults.met).toBe(1);
    expect(centrifuge?.missing.faults).not.toContain('jam');
    expect(centrifuge?.missing.transitions).not.toContain('closed openLid');
    expect(centrifuge?.missing.transitions).toContain('open closeLid');
    expect(centrifuge?.missing.states).not.toContain('open');
    const loaded = loadSuites([explored]);
    if (!('cases' in loaded)) throw new Error(JSON.stringify(loaded.problems));
    const titles = loaded.cases.map(({ scenario }) => scenario);
    expect(titles).toContain('centrifuge-1-imbalance');
    expect(titles).not.toContain('centrifuge-1-jam');
  });

  it('runs software of one’s own beside the plant, in lockstep', async () => {
    const control = join(folder, 'control.mjs');
    writeFileSync(
      control,
      `const call = async (name, body) => {
         const response = await fetch(process.env.DOPPEL_API + '/' + name, {
           method: 'POST',
           headers: { Authorization: 'Bearer ' + process.env.DOPPEL_TOKEN, 'X-Doppel-Client': 'mine' },
           body: JSON.stringify(body),
         });
         if (!response.ok) throw new Error(await response.text());
         return response.json();
       };
       const { met } = await call('runUntil', { condition: 'alarm pump-feed', until: '50 min' });
       await call('advance', { by: process.argv[2] });
       if (met) await call('acknowledge', { device: 'pump-feed', alarm: 'breakdown' });
       await call('advance', { by: '1 min' });`,
    );
    const scenario = (delay: string) => ({
      until: '30 min',
      control: { command: `"${process.execPath}" "${control}" "${delay}"`, holders: 1 },
      disturbances: [{ fault: 'pump-feed.breakdown', at: '10 min', lasts: '5 min' }],
      checks: {
        // biome-ignore lint/suspicious/noThenProperty: the word that people write.
        seen: { when: 'alarm pump-feed', then: 'alarm pump-feed acknowledged', within: '60 s' },
      },
    });
    const path = suite('own', {
      prompt: scenario('40 s'),
      late: scenario('90 s'),
      broken: { ...scenario('long'), checks: {} },
    });
    const { code, results: found } = await test(path);
    expect(code).toBe(1);
    const [prompt, late, broken] = found;
    expect(prompt).toMatchObject({ outcome: 'passed', simulatedSeconds: 1800 });
    expect(late?.problems).toMatchObject([{ name: 'seen', time: 660e6 }]);
    expect(broken?.problems).toMatchObject([{ name: 'control' }]);
    expect(readFileSync(broken?.files.log ?? '', 'utf8')).toContain('no duration');
  }, 60_000);

  it('goes on to its end when the software never came to hold the clock', async () => {
    const control = {
      command: `"${process.execPath}" -e "process.exit(3)"`,
      holders: 1,
      exitCode: 3,
    };
    const { results: found } = await test(suite('gone', { leaves: { control } }));
    expect(found).toMatchObject([{ outcome: 'passed', simulatedSeconds: 3600 }]);
  });

  it('ends what takes too long, with what it has started', async () => {
    const marker = join(folder, 'still-there');
    const script = `setTimeout(() => require('fs').writeFileSync('${marker}', ''), 6000)`;
    const path = suite('stuck', {
      sleeps: {
        timeout: 2,
        control: { command: `"${process.execPath}" -e "${script}"`, holders: 1 },
      },
    });
    const { results: found } = await test(path);
    expect(found).toMatchObject([{ outcome: 'error', problems: [{ name: 'timeout' }] }]);
    await new Promise((resolve) => setTimeout(resolve, 5000));
    expect(existsSync(marker)).toBe(false);
  }, 60_000);
});

describe('a suite that is wrong', () => {
  const scenario = (own: object, common: object = {}): string =>
    suite('wrong', { it: own }, common);

  it.each<[string, () => string, RegExp]>([
    ['no file', () => join(folder, 'none.yaml'), /none\.yaml: there is no such file or folder/],
    [
      'unknown key',
      () => scenario({ fualts: [] }),
      /wrong\.yaml:\d+: scenarios.it.fualts: unknown key/,
    ],
    ['no scene', () => scenario({ scene: 'nowhere.yaml' }), /cannot be read/],
    ['no end', () => scenario({}, { until: undefined }), /Say "until"/],
    ['unknown device', () => scenario({ disturbances: [{ fault: 'pump-9.jam' }] }), /pump-9/],
    [
      'unknown fault',
      () => scenario({ disturbances: [{ fault: 'pump-feed.rust' }] }),
      /no fault "rust"; it has breakdown/,
    ],
    [
      'unknown zone',
      () => scenario({ disturbances: [{ zone: 'zone-x', fault: 'jam' }] }),
      /zones zone-d/,
    ],
    [
      'two times',
      () => scenario({ disturbances: [{ ...openLid, when: 'alarm' }] }),
      /both "at" and "when"/,
    ],
    [
      'no duration',
      () => scenario({ disturbances: [{ ...openLid, at: 'soon' }] }),
      /"soon" is no duration/,
    ],
    [
      'a wrong check',
      () => scenario({ checks: { a: { always: 'x.y > 1' } } }),
      /there is no device x/,
    ],
    [
      'no batches there',
      () => scenario({ control: { command: 'true' }, expect: { complete: 1 } }),
      /only the reference control software/,
    ],
    [
      'no mode',
      () => scenario({ control: { command: 'true', time: 'fast' } }),
      /"fast" is no mode of time/,
    ],
    [
      'unknown recipe',
      () => scenario({ control: { recipe: 'bread' } }),
      /the recipe cannot be read/,
    ],
    ['nothing of that name', () => scenario({}), /--only nothing: no scenario/],
  ])('is told: %s', async (name, write, message) => {
    const only = name === 'nothing of that name' ? ['--only', 'nothing'] : [];
    const { code, stdout, stderr } = await doppel('test', write(), ...only);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });
});

describe('the JSON Schema of suites', () => {
  it('is written down as it is, and each shipped suite refers to it', () => {
    const written = readFileSync(`${ROOT}scenarios/suite.schema.json`, 'utf8');
    expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(suiteJsonSchema())));
  });
});
