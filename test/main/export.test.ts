import {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { McapIndexedReader } from '@mcap/core';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScene } from '../../src/main/scene-files.ts';
import { buildTwin } from '../../src/main/plant-assembly.ts';
import { Playback } from '../../src/main/recording/playback.ts';
import { Cli, doppel } from './support/cli.ts';

const SCENE = 'scenes/expansion-suite.yaml';
const folder = mkdtempSync(join(tmpdir(), 'doppel-export-'));
const recording = join(folder, 'run.recording');
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  const fault = ['--fault', 'pump-feed.breakdown@1h..2h'];
  const run = ['run', SCENE, '--recipe', 'none', '--until', '3h', '--record', recording, ...fault];
  expect((await doppel(...run)).code).toBe(0);
  const signals = ['--signals', 'bioreactor-1.*,centrifuge-1.lid'];
  const files = ['--mcap', file('a.mcap'), '--csv', file('a.csv'), '--parquet', file('a.parquet')];
  const { code, stdout } = await doppel(
    'export',
    recording,
    ...files,
    ...signals,
    '--every',
    '10min',
  );
  expect([code, stdout]).toEqual([0, expect.stringMatching(/samples, \d+ events up to day 0\.13/)]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** What the plant really showed. */
function shown(minutes: number, signal: string): unknown {
  const read = readScene(SCENE);
  if (!('scene' in read)) throw new Error('the scene is broken');
  const twin = buildTwin(read.scene, 1);
  twin.advanceTo(minutes * 60e6);
  return twin.read('bioreactor-1', signal)?.value;
}

describe('a recording that is exported', () => {
  it('as CSV has a line for each sample, units in the head', () => {
    const [head = '', ...lines] = readFileSync(file('a.csv'), 'utf8').trimEnd().split('\r\n');
    const names = head.split(',');
    expect(names.slice(0, 3)).toEqual(['time [s]', 'time', 'bioreactor-1.temperature [Cel]']);
    expect(names.at(-1)).toBe('centrifuge-1.lid');
    expect(lines).toHaveLength(19);
    const cells = lines[9]?.split(',') ?? [];
    expect(cells.slice(0, 2)).toEqual(['5400', expect.stringContaining('T07:30:00')]);
    expect(Number(cells[2])).toBe(shown(90, 'temperature'));
    expect(cells.at(-1)).toBe('closed');
  });

  it('as Parquet has typed columns', async () => {
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file('a.parquet')) });
    expect(rows).toHaveLength(19);
    expect(rows[9]).toMatchObject({
      seconds: 5400,
      'bioreactor-1.temperature': shown(90, 'temperature'),
      'bioreactor-1.state': expect.any(String),
    });
    expect((rows[9]?.time as Date).toISOString()).toContain('T07:30:00');
  });

  it('as MCAP has a topic with a schema for each device, events, alarms and the plant in 3D', async () => {
    const handle = openSync(file('a.mcap'), 'r');
    const reader = await McapIndexedReader.Initialize({
      readable: {
        size: async () => BigInt(statSync(file('a.mcap')).size),
        read: async (offset, length) => {
          const bytes = new Uint8Array(Number(length));
          readSync(handle, bytes, 0, bytes.length, Number(offset));
          return bytes;
        },
      },
      decompressHandlers: { zstd: (data) => new Uint8Array(zstdDecompressSync(data)) },
    });
    const messages: {
      topic: string;
      schema: string;
      time: number;
      data: Record<string, unknown>;
    }[] = [];
    for await (const { channelId, logTime, data } of reader.readMessages()) {
      const channel = reader.channelsById.get(channelId);
      const schema = reader.schemasById.get(channel?.schemaId ?? 0);
      expect(() => JSON.parse(new TextDecoder().decode(schema?.data)) as unknown).not.toThrow();
      messages.push({
        topic: channel?.topic ?? '',
        schema: schema?.name ?? '',
        time: Number(logTime / 1_000_000n),
        data: JSON.parse(new TextDecoder().decode(data)) as Record<string, unknown>,
      });
    }
    closeSync(handle);
    const on = (topic: string) => messages.filter((message) => message.topic === topic);
    expect(on('/bioreactor-1')).toHaveLength(19);
    expect(on('/bioreactor-1')[9]).toMatchObject({
      schema: 'doppel.bioreactor',
      time: Date.parse('2026-01-05T07:30:00Z'),
      data: { temperature: shown(90, 'temperature') },
    });
    expect(on('/alarms').map(({ data }) => [data.device, data.alarm, data.change])).toEqual([
      ['pump-feed', 'breakdown', 'raised'],
      ['pump-feed', 'breakdown', 'cleared'],
    ]);
    expect(on('/alarms')[0]?.time).toBe(Date.parse('2026-01-05T07:00:00Z'));
    expect(on('/events').map(({ data }) => data.type)).toContain('fault.began');
    expect(on('/scene')[0]?.schema).toBe('foxglove.SceneUpdate');
    const [frames] = on('/tf');
    expect(frames?.schema).toBe('foxglove.FrameTransforms');
    expect(JSON.stringify(frames?.data)).toContain('"child_frame_id":"vessel bottle-1"');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no format', [], /say what to write/],
    ['another ending', ['--csv', 'a.txt'], /end the file's name in \.csv/],
    ['no such signal', ['--csv', file('b.csv'), '--signals', 'oven.*'], /no signal is called oven/],
    ['no duration', ['--csv', file('b.csv'), '--every', 'often'], /use a duration/],
    ['no folder', ['--csv', file('none/b.csv')], /ENOENT/],
  ])('is refused: %s', async (_, options, message) => {
    const { code, stderr } = await doppel('export', recording, ...options);
    expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  });
});

it('a plant that is killed leaves a recording that lacks at most a second', async () => {
  const path = file('killed.recording');
  const ports = ['--ui-port', '0', '--opcua-port', '0'];
  const cli = new Cli(['serve', SCENE, '--time', '60', '--record', path, ...ports, '--json']);
  const [, api = '', token = ''] = await cli.says(/"api":"([^"]+)","token":"([^"]+)"/);
  let time = 0;
  // Until it has traced more than its beginning.
  while (time < 200e6) {
    const headers = { Authorization: `Bearer ${token}` };
    const answer = await fetch(`${api}/time`, { method: 'POST', headers, body: '{}' });
    time = ((await answer.json()) as { readonly time: number }).time;
  }
  cli.process.kill('SIGKILL');
  await cli.ended;
  // A second of wall clock at 60 times its speed, and as much again for a busy machine.
  expect(time - new Playback(path).end).toBeLessThan(120e6);
  expect((await doppel('export', path, '--csv', file('killed.csv'))).code).toBe(0);
}, 60_000);
