import { existsSync, mkdtempSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/control/journal.ts';
import type { BatchProgress } from '../../src/kernel/bridge-contract.ts';
import type { Violation } from '../../src/kernel/plant-contract.ts';
import { type Supervisor, superviseControl } from '../../src/main/control-process/supervisor.ts';
import { type Host, startHost } from '../../src/main/host.ts';
import { productionOf } from '../../src/main/production.ts';
import { readRecipe } from '../../src/main/control-files.ts';
import { readScene } from '../../src/main/scene-files.ts';
import { Cli, doppel } from './support/cli.ts';

const SUITE = 'scenes/expansion-suite.yaml';
const INCUBATE = 'test/main/fixtures/incubate.yaml';

let folder: string;
let records = 0;
const closing: (() => Promise<unknown> | void)[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-test-'));
});
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Waits until the batch record holds an entry. */
async function recorded(path: string, isIt: (entry: JournalEntry) => boolean): Promise<void> {
  const changes = watch(folder);
  try {
    for (;;) {
      const next = new Promise((resolve) => changes.once('change', resolve));
      const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];
      if (lines.map((line) => JSON.parse(line) as JournalEntry).some(isIt)) return;
      await next;
    }
  } finally {
    changes.close();
  }
}

interface Served {
  readonly host: Host;
  readonly control: Supervisor;
  readonly journalFile: string;
  readonly violations: Violation[];
  /** Resolves when the supervisor says so. */
  says(pattern: RegExp): Promise<void>;
  /** Resolves when the batches are so. */
  shows(isSo: (batch: BatchProgress) => boolean): Promise<void>;
}

/** The suite with the control software as its own process. */
async function serve(recipeFile: string): Promise<Served> {
  const scene = readScene(SUITE);
  const recipe = readRecipe(recipeFile);
  if (!('scene' in scene) || !('recipe' in recipe)) throw new Error('broken fixtures');
  const host = await startHost({
    sceneFile: SUITE,
    sceneText: scene.text ?? '',
    seed: 1,
    mode: { kind: 'scaled', factor: 1 },
    opcuaPort: 0,
    uiPort: 0,
    log: () => {},
  });
  closing.push(() => host.close());
  const violations: Violation[] = [];
  host.twin.onEvents((events) => {
    for (const event of events) {
      if (event.type === 'observer.violation') violations.push(event.violation);
    }
  });
  const said: string[] = [];
  let wake = (): void => {};
  const journalFile = join(folder, `record-${records++}.jsonl`);
  const control = superviseControl({
    order: {
      url: host.opcuaUrl,
      recipes: [recipe.recipe],
      configuration: productionOf(scene.scene, recipe.recipe).configuration,
      journalFile,
    },
    now: () => host.twin.table.time,
    report: (batches) => {
      host.batches.report(batches);
      wake();
    },
    log: (line) => {
      said.push(line);
      wake();
    },
    restart: 'by hand',
  });
  closing.push(() => control.stop());
  const until = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise<void>((resolve) => (wake = resolve));
  };
  return {
    host,
    control,
    journalFile,
    violations,
    says: (pattern) => until(() => said.some((line) => pattern.test(line))),
    shows: (isSo) => until(() => host.batches.batches.some(isSo)),
  };
}

/** Kills the controller in the middle of its phase and lets the plant run on alone. */
async function killInPhase({ host, control, journalFile, violations, says }: Served) {
  // The reactor was started, and its phase waits for hours to go by.
  await recorded(journalFile, (entry) => entry.type === 'phase.started' && entry.path === '7.0.1');
  await host.twin.setTime(undefined, false);
  process.kill(control.pid, 'SIGKILL');
  await says(/control process ended \(SIGKILL\); the plant runs on\. To go on: by hand/);
  const before = await host.twin.report();
  expect(before.worstRelativeError).toBeLessThan(1e-9);
  expect(violations).toEqual([]);
  await host.twin.setTime({ kind: 'scaled', factor: 20_000 }, true);
  await new Promise<void>((resolve) => {
    host.twin.onTime(({ time }) => {
      if (time > before.time + 600e6) resolve();
    });
  });
}

function resume({ host, journalFile }: Served, recipe: string) {
  return doppel(
    ...['control', SUITE, '--recipe', recipe, '--url', host.opcuaUrl, '--journal', journalFile],
  );
}

describe('a controller that is killed in a batch', () => {
  it('leaves a sound plant, and one started by hand finishes the batch', async () => {
    const served = await serve(INCUBATE);
    await served.shows(({ outcome }) => outcome === 'running');
    await killInPhase(served);
    const { code, stdout, stderr } = await resume(served, INCUBATE);
    expect(stderr).toBe('');
    expect(stdout).toBe('P-001: complete\n');
    expect(code).toBe(0);
    await served.shows(({ outcome, steps }) => {
      return outcome === 'complete' && steps[0]?.state === 'completed';
    });
    const entries = readFileSync(served.journalFile, 'utf8');
    expect(entries).toMatch(/"type":"phase\.restarted","path":"7\.0\.1","rule":"resume"/);
    const report = await served.host.twin.report();
    expect(report.commands).toBe(5);
    expect(report.worstRelativeError).toBeLessThan(1e-9);
    expect(served.violations).toEqual([]);
    // A batch that has ended stays ended.
    expect(await resume(served, INCUBATE)).toMatchObject({ code: 0, stdout: 'P-001: complete\n' });
    expect((await served.host.twin.report()).commands).toBe(5);
  });

  it('fails the batch when the recipe says so', async () => {
    const strict = join(folder, 'strict.yaml');
    writeFileSync(
      strict,
      readFileSync(INCUBATE, 'utf8').replace('name: incubate', 'name: strict') +
        '        onRestart: fail\n',
    );
    const served = await serve(strict);
    await killInPhase(served);
    const { code, stdout } = await resume(served, strict);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^P-001: failed: step 7 Incubation, .* must not stop\n$/);
    expect((await served.host.twin.report()).worstRelativeError).toBeLessThan(1e-9);
    const other = await resume(served, INCUBATE);
    expect(other.stderr).toMatch(/the batch record is of recipe strict, not incubate/);
    expect(other.code).toBe(2);
  });
});

describe('doppel control', () => {
  it('ends with 2 when nothing answers, or the record is of another run', async () => {
    const nobody = await doppel(
      ...['control', SUITE, '--recipe', INCUBATE, '--url', 'opc.tcp://127.0.0.1:9'],
    );
    expect(nobody.stderr).toBe('no OPC UA server answers at opc.tcp://127.0.0.1:9\n');
    expect(nobody.code).toBe(2);
    const { host, control } = await serve(INCUBATE);
    control.stop();
    const record = join(folder, 'later.jsonl');
    writeFileSync(record, '{"batch":"P-001","time":9e15,"type":"note","path":"","text":""}\n');
    const later = await doppel(
      ...['control', SUITE, '--recipe', INCUBATE, '--url', host.opcuaUrl, '--journal', record],
    );
    expect(later.stderr).toMatch(/the batch record is ahead of the plant/);
    expect(later.code).toBe(2);
  });
});

describe('doppel serve', () => {
  it('says first when it is ready, keeps the plant when control dies, and ends everything', async () => {
    const served = new Cli(
      ['serve', SUITE, '--control', INCUBATE, '--json'].concat(
        ...['--opcua-port', '0', '--ui-port', '0'],
      ),
    );
    closing.push(() => void served.process.kill('SIGKILL'));
    const [, pid] = await served.says(/control process (\d+) runs incubate/);
    const ready = JSON.parse(served.stdout) as Record<string, unknown>;
    expect(ready).toEqual({
      ready: true,
      ui: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      api: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/api$/),
      token: expect.stringMatching(/^[\w-]{40,}$/),
      opcua: expect.stringMatching(/^opc\.tcp:\/\/127\.0\.0\.1:\d+$/),
    });
    const port = String(ready.opcua).split(':')[2] as string;
    const second = await doppel(...['serve', SUITE, '--opcua-port', port, '--ui-port', '0']);
    expect(second.stderr).toContain(`port ${port} is in use; give another`);
    expect(second.code).toBe(2);

    process.kill(Number(pid), 'SIGKILL');
    const [, command] = await served.says(/ended \(SIGKILL\).*To go on: npx doppel (control .*)/);
    const again = new Cli((command as string).split(' '));
    served.process.kill('SIGTERM');
    expect(await served.ended).toBe(0);
    expect(await again.ended).not.toBe(0);
  });

  it('takes the control process with it', async () => {
    const served = new Cli(
      ['serve', SUITE, '--control', INCUBATE].concat(...['--opcua-port', '0', '--ui-port', '0']),
    );
    const [, pid] = await served.says(/control process (\d+) runs/);
    served.process.kill('SIGINT');
    expect(await served.ended).toBe(0);
    expect(() => process.kill(Number(pid), 0)).toThrow(/ESRCH/);
  });

  it('ends with 2 when the plant cannot run the recipe', async () => {
    const { code, stderr } = await doppel(
      ...['serve', SUITE, '--control', 'car-t', '--opcua-port', '0', '--ui-port', '0'],
    );
    expect(stderr).toMatch(/nothing that can thaw: needed by step 3 Thaw \(.*car-t\.yaml:\d+\)/);
    expect(code).toBe(2);
  });
});
