import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ERROR_CATALOGUE } from '../../src/kernel/error-catalogue.ts';
import type { PlantClient, Value } from '../../src/kernel/plant-contract.ts';
import { allUnits } from '../../src/kernel/units.ts';
import { connectOpcUa } from '../../src/device-emulators/endpoints/opcua/client/connect.ts';
import { type OpcUaHost, startOpcUaHost } from '../../src/device-emulators/endpoints/opcua/host.ts';
import { STANDING_SIGNALS } from '../../src/device-emulators/endpoints/opcua/port.ts';
import {
  type MemoryPlant,
  createMemoryPlant,
  inventedDevices,
} from '../device-emulators/endpoints/opcua/memory-port.ts';

const devices = inventedDevices(allUnits().map(({ code }) => code));
const byName = (a: { name: string }, b: { name: string }): number => (a.name < b.name ? -1 : 1);
const lines: string[] = [];
let folder: string;
let plant: MemoryPlant;
let host: OpcUaHost;
let client: PlantClient;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doppel-opcua-'));
  plant = createMemoryPlant(devices, { lockstep: true });
  host = await startOpcUaHost(plant, {
    host: '127.0.0.1',
    port: 0,
    certificateFolder: folder,
    log: (line) => lines.push(line),
  });
  client = await connectOpcUa(host.url, { name: 'contract' });
}, 60_000);

afterAll(async () => {
  await client.close();
  await host.close();
  await rm(folder, { recursive: true });
});

describe('OPC UA endpoint', () => {
  it('says that it is open to everyone on this machine, and keeps its keys to its owner', async () => {
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('not encrypted');
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const { mode } = await stat(join(entry.parentPath, entry.name));
      expect(mode & 0o077, entry.name).toBe(0);
    }
  });

  it('is described by its address space exactly as by its declarations', async () => {
    const found = await client.describe();
    expect({ ...found, devices: [] }).toEqual({ ...plant.description, devices: [] });
    expect(found.devices.map(({ id }) => id)).toEqual(devices.map(({ id }) => id));
    for (const [i, device] of devices.entries()) {
      const sorted = (d: typeof device | undefined) =>
        d && { ...d, signals: [...d.signals].sort(byName), commands: [...d.commands].sort(byName) };
      expect(sorted(found.devices[i])).toEqual(sorted(device));
    }
  });

  it('carries every signal with value, simulated time and quality', async () => {
    plant.pass(plant.now() + 1_234_567);
    const expected: { path: string; value: Value; quality: 0 | 1 | 2 | 3 }[] = [];
    for (const device of devices) {
      for (const [i, signal] of device.signals.entries()) {
        const value = {
          number: 0.1 + i,
          integer: 1 + i,
          boolean: true,
          enum: signal.values?.at(-1) ?? '',
          text: `text ${i} µ`,
        }[signal.kind];
        expected.push({
          path: `${device.id}.${signal.name}`,
          value,
          quality: (i % 4) as 0 | 1 | 2 | 3,
        });
      }
    }
    for (const { path, value, quality } of expected) plant.set(path, value, quality);
    const readings = await client.read(expected.map(({ path }) => path));
    const got = readings.map((reading, i) => ({ path: expected[i]?.path, ...reading }));
    expect(got).toEqual(expected.map((e) => ({ ...e, time: plant.now() })));
    const standing = STANDING_SIGNALS.map((name) => `meter.${name}`);
    expect((await client.read(standing)).map(({ value }) => value)).toEqual([
      'idle',
      0,
      '',
      'none',
      '',
      '',
      '',
    ]);
  });

  it('writes every input and refuses values beyond its range and measured signals', async () => {
    const inputs: Record<string, Value> = {
      temperatureTarget: 21.5,
      lamp: true,
      mode: 'soft',
      label: 'batch 7',
    };
    for (const [name, value] of Object.entries(inputs)) {
      expect(await client.write('centrifuge', name, value)).toEqual({
        ok: true,
        value: { operation: 0 },
      });
      expect(plant.readValue(plant.indexOf(`centrifuge.${name}`))).toBe(value);
      expect((await client.read([`centrifuge.${name}`]))[0]?.value).toBe(value);
    }
    expect(await client.write('centrifuge', 'temperatureTarget', 99)).toMatchObject({
      ok: false,
      error: { code: 'OUT_OF_RANGE', message: 'temperatureTarget is 99, allowed 4 to 40' },
    });
    expect(await client.write('centrifuge', 'rotorSpeed', 1)).toMatchObject({
      error: { code: 'NOT_WRITABLE' },
    });
    expect(await client.write('centrifuge', 'mode', 'no')).toMatchObject({
      error: { code: 'INVALID_PARAMETER' },
    });
    expect(await client.write('centrifuge', 'nothing', 1)).toMatchObject({
      error: { code: 'UNKNOWN_SIGNAL' },
    });
    expect(await client.write('nobody', 'nothing', 1)).toMatchObject({
      error: { code: 'UNKNOWN_DEVICE' },
    });
  });

  it.each(Object.keys(ERROR_CATALOGUE))(
    'brings refusal %s to the client with its message',
    async (code) => {
      expect(await client.invoke('refuser', 'refuse', { code })).toEqual({
        ok: false,
        error: { code, message: ERROR_CATALOGUE[code as keyof typeof ERROR_CATALOGUE] },
      });
    },
  );

  it('runs an operation in lockstep and gives every argument its type', async () => {
    plant.set('centrifuge.lid', 'closed');
    const start = plant.now();
    const given = {
      acceleration: 300,
      brake: 'hard',
      count: 3,
      samples: 5e9,
      gentle: true,
      note: 'µ',
    };
    expect(await client.invoke('centrifuge', 'spin', given)).toEqual({
      ok: true,
      value: { operation: 1 },
    });
    expect(plant.commands.at(-1)).toMatchObject({
      client: 'contract',
      kind: 'invoke',
      parameters: { ...given, duration: 300 },
    });
    expect((await client.read(['centrifuge.operationState']))[0]?.value).toBe('running');
    expect(await client.waitUntil(start + 3_600_000_000)).toEqual({
      time: start + 300_000_000,
      changed: ['centrifuge'],
    });
    expect(await client.now()).toBe(start + 300_000_000);
    expect(
      (await client.read(['centrifuge.operationState', 'centrifuge.operationResult'])).map(
        (r) => r.value,
      ),
    ).toEqual(['completed', '{"seconds":300}']);
    expect(await client.waitUntil(start + 400_000_000)).toEqual({
      time: start + 400_000_000,
      changed: [],
    });
  });

  it('refuses missing, unknown and wrongly typed parameters', async () => {
    for (const parameters of [
      {},
      { acceleration: 'fast' },
      { acceleration: 1, what: 2 },
      { acceleration: 1, count: 1.5 },
    ]) {
      expect(
        await client.invoke('centrifuge', 'spin', parameters as Record<string, Value>),
      ).toMatchObject({
        ok: false,
        error: { code: 'INVALID_PARAMETER' },
      });
    }
    expect(await client.invoke('centrifuge', 'dance', {})).toMatchObject({
      error: { code: 'UNKNOWN_COMMAND' },
    });
  });
});
