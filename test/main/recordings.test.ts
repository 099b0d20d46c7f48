import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replay } from '../../src/main/recording/replay.ts';
import { Cli, doppel } from './support/cli.ts';

const LAB = 'scenes/modular-lab.yaml';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-recordings-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const recorded = async (name: string, ...more: readonly string[]): Promise<string> => {
  const path = join(folder, `${name}.recording`);
  const { stderr } = await doppel('run', LAB, '--record', path, '--until', '2d', '--json', ...more);
  expect(stderr).toBe('');
  return path;
};

describe.each(['direct', 'opcua'])('a run that was recorded over %s', (via) => {
  let path: string;
  beforeAll(async () => {
    path = await recorded(via, '--via', via, '--seed', '7', '--fault', 'magnet.breakdown@2h..3h');
  }, 60_000);

  it('is the same when it is replayed', async () => {
    const { code, stdout } = await doppel('replay', path, '--json');
    const said = JSON.parse(stdout) as Record<string, unknown>;
    expect(code).toBe(0);
    expect(said).toMatchObject({ seed: 7, sceneFile: LAB, isCut: false, divergence: null });
    expect(said.commands).toBeGreaterThan(50);
    // Every six hours, and at the end.
    expect(said.checks).toBeGreaterThanOrEqual(8);
    const words = await doppel('replay', path);
    expect(words.stdout).toMatch(/the same: \d+ commands, \d+ states compared/);
  });
});

describe('a recording', () => {
  let path: string;
  let lines: readonly string[];
  beforeAll(async () => {
    path = await recorded('whole');
    lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  }, 60_000);
  const altered = (name: string, change: (lines: string[]) => string[]): string => {
    const other = join(folder, `${name}.recording`);
    writeFileSync(other, `${change([...lines]).join('\n')}\n`);
    return other;
  };
  const isCheck = (line: string): boolean => line.startsWith('{"check"');

  it('tells when and where a run with another command differs', async () => {
    const at = lines.findIndex((line) => line.includes('"command":"concentrate"'));
    expect(at).toBeGreaterThan(0);
    const other = altered('other', (all) => {
      all[at] = (all[at] ?? '').replace(/"duration":[\d.]+/, '"duration":3');
      return all;
    });
    const { code, stdout } = await doppel('replay', other);
    expect(code).toBe(1);
    expect(stdout).toMatch(/differs at [\d.]+ h \(the same until [\d.]+ h\): device \S+, /);
    const { divergence } = replay(other);
    expect(divergence?.entity).toMatch(/^(device|vessel) /);
    expect(divergence?.field).not.toBe('');
  });

  it('tells a changed state by entity and field', () => {
    const at = lines.findIndex(isCheck);
    const other = altered('state', (all) => {
      const check = JSON.parse(all[at] ?? '') as {
        hash: string;
        fingerprint: Record<string, Record<string, string>>;
      };
      check.hash = '0000000000000000';
      (check.fingerprint['device centrifuge'] ?? {}).operation = '00000000';
      all[at] = JSON.stringify(check);
      return all;
    });
    expect(replay(other).divergence).toMatchObject({
      after: 0,
      entity: 'device centrifuge',
      field: 'operation',
    });
  });

  it('that was cut off by a kill is replayed as far as it goes', async () => {
    const killed = join(folder, 'killed.recording');
    const cli = new Cli(['run', LAB, '--record', killed, '--time', '20000', '--json']);
    const size = (): number => {
      try {
        return readFileSync(killed, 'utf8').split('\n').length;
      } catch {
        return 0;
      }
    };
    while (size() < 20) await new Promise((resolve) => setTimeout(resolve, 20));
    cli.process.kill('SIGKILL');
    await cli.ended;
    const { divergence, commands } = replay(killed);
    expect(divergence).toBeUndefined();
    expect(commands).toBeGreaterThan(10);
    const text = readFileSync(path, 'utf8');
    const cut = join(folder, 'cut.recording');
    writeFileSync(cut, text.slice(0, Math.floor(text.length * 0.7)));
    expect(replay(cut)).toMatchObject({ isCut: true, divergence: undefined });
  }, 60_000);

  it.each([
    ['a text', 'hello', /is no recording in format 3/],
    ['nothing', '', /is no recording in format 3/],
  ])('is not %s', async (_, text, message) => {
    const other = join(folder, 'wrong.recording');
    writeFileSync(other, text);
    const { code, stderr } = await doppel('replay', other);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });

  it('with a damaged line is told with the line', async () => {
    const other = altered('damaged', (all) => {
      all[3] = '{"what": 1}';
      return all;
    });
    const { code, stderr } = await doppel('replay', other);
    expect([code, stderr]).toEqual([2, expect.stringMatching(/damaged\.recording:4: this line/)]);
    const missing = await doppel('replay', join(folder, 'missing.recording'));
    expect([missing.code, missing.stderr]).toEqual([2, expect.stringMatching(/cannot be read/)]);
  });
});
