import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { AttributeIds, OPCUAClient } from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectOpcUa } from '../../src/device-emulators/endpoints/opcua/client/connect.ts';
import { MICROS_PER_HOUR } from '../../src/kernel/time.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { parseScene } from '../../src/main/scene-files.ts';
import { readPlain, writePlain } from '../../src/main/snapshots/plain-text.ts';
import {
  readSnapshot,
  SnapshotError,
  writeSnapshot,
} from '../../src/main/snapshots/snapshot-file.ts';
import { Cli, doppel } from './support/cli.ts';

const LAB = 'scenes/modular-lab.yaml';
const SEED = 5;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'doppel-snapshots-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, bytes: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};

/** DeviceHealth of a device (NAMUR NE 107) as any OPC UA client sees it. */
async function healthOf(url: string, device: string): Promise<unknown> {
  const client = OPCUAClient.create({ connectionStrategy: { maxRetry: 0 } });
  await client.connect(url);
  const session = await client.createSession();
  const ns = (await session.readNamespaceArray()).indexOf('urn:doppel:plant');
  const nodeId = `ns=${ns};s=${device}-DeviceHealth`;
  const { value } = await session.read({ nodeId, attributeId: AttributeIds.Value });
  await session.close();
  await client.disconnect();
  return value.value;
}

describe('plain state as text', () => {
  it('comes back as it was, to the last bit', () => {
    const plain = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 3 },
        fc.double(),
        fc.string(),
        fc.boolean(),
        fc.constant(undefined),
        fc.constant(null),
        fc.float64Array(),
        fc.uint8Array(),
        fc.array(tie('value')),
        fc.dictionary(fc.oneof(fc.string(), fc.constant('$')), tie('value'), {
          noNullPrototype: true,
        }),
        fc.array(fc.tuple(fc.string(), tie('value'))).map((entries) => new Map(entries)),
        fc.array(fc.string()).map((members) => new Set(members)),
      ),
    })).value;
    fc.assert(
      fc.property(plain, (value) => {
        expect(readPlain(writePlain(value))).toEqual(value);
      }),
      { seed: SEED },
    );
  });

  it('holds no functions and no instances', () => {
    for (const value of [() => 1, Symbol('s'), 1n, new Date(0), new DataView(new ArrayBuffer(1))]) {
      expect(() => writePlain({ value })).toThrow(TypeError);
    }
  });
});

describe('a snapshot of a run', () => {
  let path: string;
  beforeAll(async () => {
    path = join(folder, 'day2.snapshot');
    const run = await doppel(
      ...['run', LAB, '--seed', `${SEED}`, '--save', `${path}@2d`, '--until', '49h'],
      ...['--fault', 'freezer.breakdown@1d', '--json'],
    );
    expect(run.stderr).toBe('');
  }, 60_000);

  it('is one small file that tells scene, seed and time', () => {
    const { seed, state, sceneFile } = readSnapshot(path);
    expect([seed, state.time, sceneFile]).toEqual([SEED, 48 * MICROS_PER_HOUR, LAB]);
    expect(statSync(path).size).toBeLessThan(5e6);
  });

  it('goes on as a twin that was never written down', () => {
    const { sceneText, sceneFile, state, seed } = readSnapshot(path);
    const read = parseScene(sceneText, sceneFile);
    if ('problems' in read) throw new Error(JSON.stringify(read.problems));
    const [stored, live] = [buildTwin(read.scene, seed), buildTwin(read.scene, seed)];
    stored.restore(state);
    for (const { time, command } of state.log) {
      live.advanceTo(time);
      live.execute(command);
    }
    live.advanceTo(state.time);
    expect(stored.stateHash()).toBe(live.stateHash());
    for (const twin of [stored, live]) twin.advanceTo(state.time + 30 * MICROS_PER_HOUR);
    expect(stored.stateHash()).toBe(live.stateHash());
  });

  it('is opened by serve: time, places and alarms are those of the moment', async () => {
    const cli = new Cli(['serve', path, '--opcua-port', '0', '--ui-port', '0', '--json']);
    try {
      const [, opcua = ''] = await cli.says(/"opcua":"([^"]+)"/);
      const client = await connectOpcUa(opcua);
      expect(await client.now()).toBeGreaterThanOrEqual(48 * MICROS_PER_HOUR);
      expect(await client.now()).toBeLessThan(49 * MICROS_PER_HOUR);
      const [place, batch, state] = await client.read([
        'cassette-1.location',
        'cassette-1.batch',
        'freezer.state',
      ]);
      expect([place?.value, batch?.value, state?.value]).toEqual([
        'incubator.slot1',
        'P-001',
        'broken',
      ]);
      // Alarms that were raised before are known to who connects now.
      expect(await healthOf(opcua, 'freezer')).toBe(1);
      expect(await healthOf(opcua, 'measuring')).toBe(0);
      // It goes on: the arm takes commands.
      const outcome = await client.invoke('incubator', 'retrieve', { slot: 2 });
      expect(outcome.ok).toBe(false);
      expect((await client.invoke('robot', 'moveHome', {})).ok).toBe(true);
      await client.close();
    } finally {
      cli.process.kill('SIGINT');
      await cli.ended;
    }
  }, 60_000);

  it.each([
    ['--seed', ['--seed', '2'], /has parameters and seed of its own/],
    ['--set', ['--set', 'a=1'], /has parameters and seed of its own/],
    ['--control', ['--control', 'car-t'], /cannot go on from a snapshot/],
  ])('refuses %s beside it', async (_, more, message) => {
    const { code, stderr } = await doppel('serve', path, ...more);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('what is no snapshot', () => {
  it.each([
    ['a text', 'text.snapshot', 'hello', /is no snapshot, or a damaged one/],
    ['packed rubbish', 'rubbish.snapshot', gzipSync('rubbish'), /is no snapshot, or a damaged one/],
    ['nothing', 'empty.snapshot', '', /is no snapshot, or a damaged one/],
    ['a head without a state', 'head.snapshot', gzipSync('{"format":3}\n{}'), /is no snapshot/],
    [
      'another format',
      'later.snapshot',
      gzipSync('{"format":99,"doppel":"9.0.0"}\n{}'),
      /made by Doppel 9\.0\.0 in format 99/,
    ],
  ])('is told: %s', async (_, name, bytes, message) => {
    const { code, stderr, stdout } = await doppel('serve', file(name, bytes));
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  it('is a snapshot that was cut off, or whose scene was changed', () => {
    const { scene, text } = (() => {
      const read = parseScene(readFileSync(LAB, 'utf8'), LAB);
      if ('problems' in read) throw new Error(JSON.stringify(read.problems));
      return { scene: read.scene, text: readFileSync(LAB, 'utf8') };
    })();
    const whole = join(folder, 'whole.snapshot');
    const state = buildTwin(scene, SEED).save();
    writeSnapshot(whole, { sceneText: text, sceneFile: LAB, seed: SEED, state });
    const bytes = readFileSync(whole);
    const cut = file('cut.snapshot', bytes.subarray(0, bytes.length - 100));
    expect(() => readSnapshot(cut)).toThrow(SnapshotError);
    const changed = gunzipSync(bytes).toString('utf8').replace('Modular laboratory', 'Another');
    expect(() => readSnapshot(file('changed.snapshot', gzipSync(changed)))).toThrow(SnapshotError);
    expect(() => readSnapshot(join(folder, 'missing.snapshot'))).toThrow(/cannot be read/);
  });

  it.each([
    ['x@7d', /end the file's name/],
    ['a.snapshot@soon', /end it with a time/],
    ['a.snapshot', /end the file's name/],
  ])('cannot be asked for as %s', async (given, message) => {
    const { code, stderr } = await doppel('run', LAB, '--save', given);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});
