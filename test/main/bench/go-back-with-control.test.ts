import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { settledTime } from '../../../src/main/control-process/cut-journal.ts';
import { Cli } from '../support/cli.ts';

const SCENE = fileURLToPath(new URL('../../../scenes/modular-lab.yaml', import.meta.url));
const closing: Cli[] = [];
afterEach(() => {
  for (const cli of closing.splice(0)) cli.process.kill('SIGKILL');
});

interface Bench {
  call(name: string, parameters?: object): Promise<Record<string, unknown>>;
}

/** The laboratory with its controller in lockstep; whoever else holds the clock is the test. */
async function serve(): Promise<Bench> {
  const cli = new Cli(
    ['serve', SCENE, '--control', 'car-t', '--time', 'lockstep', '--holders', '2', '--json'].concat(
      ...['--opcua-port', '0', '--ui-port', '0'],
    ),
  );
  closing.push(cli);
  await cli.says(/control process \d+ runs/);
  const { api, token } = JSON.parse(cli.stdout) as { api: string; token: string };
  return {
    call: async (name, parameters = {}) => {
      const response = await fetch(`${api}/${name}`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}` },
        body: JSON.stringify(parameters),
      });
      const body = (await response.json()) as Record<string, unknown>;
      if (!response.ok) throw new Error(`${name}: ${JSON.stringify(body)}`);
      return body;
    },
  };
}

async function hashAt(bench: Bench, until: string): Promise<unknown> {
  await bench.call('runUntil', { until });
  const { report } = await bench.call('report');
  return (report as { stateHash: string }).stateHash;
}

describe('a served plant with the built-in controller', () => {
  it('goes back with its plant, and both take the same way again', async () => {
    const bench = await serve();
    await hashAt(bench, '30 h');
    const day2 = await hashAt(bench, '2 d');
    const day3 = await hashAt(bench, '3 d');
    expect(await bench.call('restore', { time: '30 h' })).toEqual({ time: 30 * 3600e6 });
    expect(await hashAt(bench, '2 d')).toBe(day2);
    expect(await hashAt(bench, '3 d')).toBe(day3);
    await expect(bench.call('restore', { name: 'x' })).rejects.toThrow('serve the file');
    // What is refused leaves the one controller as it is.
    const before = await bench.call('holders');
    await expect(bench.call('restore', { time: '9 d' })).rejects.toThrow('lies ahead');
    expect(await bench.call('holders')).toEqual(before);
    // One who began anew would have come there as well.
    const other = await serve();
    expect(await hashAt(other, '3 d')).toBe(day3);
  });
});

describe('the time at which record and plant agree', () => {
  it('is the asked one when nothing was written shortly before', () => {
    expect(settledTime([1, 5, 9], 20, 10)).toBe(20);
    expect(settledTime([], 20, 10)).toBe(20);
  });

  it('lies before a cluster of entries whose effects may come later', () => {
    expect(settledTime([1, 40, 45, 50, 90], 55, 10)).toBe(39);
    expect(settledTime([1, 40, 45, 50, 90], 50, 0)).toBe(50);
    expect(settledTime([35, 40, 45, 50], 55, 10)).toBe(34);
  });
});
