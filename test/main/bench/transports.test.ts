import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import {
  AttributeIds,
  type ClientSession,
  constructEventFilter,
  DataType,
  MessageSecurityMode,
  OPCUAClient,
  SecurityPolicy,
  TimestampsToReturn,
  type Variant,
  type VariantOptions,
} from 'node-opcua';
import { io, type Socket } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectOpcUa } from '../../../src/device-emulators/endpoints/opcua/client/connect.ts';
import { BENCH_CALLS, type BenchCall } from '../../../src/kernel/bench-contract.ts';
import type {
  ClientToServerEvents,
  ServerToClientEvents,
} from '../../../src/kernel/bridge-contract.ts';
import { type Host, startHost } from '../../../src/main/host.ts';

/** The same bench over HTTP, socket.io and OPC UA. */
const SCENE = fileURLToPath(new URL('../../../scenes/expansion-suite.yaml', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'doppel-transports-'));
const logged: string[] = [];
let host: Host;
let session: ClientSession;
let client: OPCUAClient;

beforeAll(async () => {
  host = await startHost({
    sceneFile: SCENE,
    sceneText: readFileSync(SCENE, 'utf8'),
    seed: 3,
    mode: { kind: 'lockstep' },
    opcuaPort: 0,
    uiPort: 0,
    snapshotFolder: folder,
    log: (line) => logged.push(line),
  });
  client = OPCUAClient.create({
    endpointMustExist: false,
    securityMode: MessageSecurityMode.None,
    securityPolicy: SecurityPolicy.None,
    connectionStrategy: { maxRetry: 0 },
  });
  await client.connect(host.opcuaUrl);
  session = await client.createSession();
});

afterAll(async () => {
  await session.close();
  await client.disconnect();
  await host.close();
  rmSync(folder, { recursive: true });
});

async function post(
  name: string,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${host.view.url}/api/${name}`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${host.view.token}`, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const now = (): number => host.twin.table.time;

/** Index of the namespace of the Simulation object. */
async function nodeId(name: string): Promise<string> {
  const namespaces = await session.readNamespaceArray();
  const index = namespaces.findIndex((uri) => uri.includes('simulation'));
  return `ns=${index};s=Simulation${name === '' ? '' : `.${name}`}`;
}

async function method(name: string, ...given: readonly (string | boolean | number)[]) {
  const inputArguments: VariantOptions[] = given.map((value) => {
    if (typeof value === 'boolean') return { dataType: DataType.Boolean, value };
    if (typeof value === 'number') return { dataType: DataType.Double, value };
    return { dataType: DataType.String, value };
  });
  return session.call({
    objectId: await nodeId(''),
    methodId: await nodeId(name),
    inputArguments,
  });
}

describe('over HTTP', () => {
  it('describes itself as OpenAPI 3.1, every call with its parameters and results', async () => {
    const response = await fetch(`${host.view.url}/api/openapi.json`);
    const document = (await response.json()) as {
      openapi: string;
      servers: readonly { url: string }[];
      paths: Record<string, { post: { operationId: string; requestBody: object } }>;
    };
    expect(document.openapi).toBe('3.1.0');
    expect(document.servers).toEqual([{ url: `${host.view.url}/api` }]);
    expect(Object.keys(document.paths)).toEqual(Object.keys(BENCH_CALLS).map((call) => `/${call}`));
    expect(document.paths['/runUntil']).toMatchObject({
      post: {
        operationId: 'runUntil',
        requestBody: {
          content: {
            'application/json': {
              schema: {
                properties: { condition: { type: 'string' } },
                additionalProperties: false,
              },
            },
          },
        },
      },
    });
  });

  it('lets time pass and reads signals', async () => {
    const from = now();
    expect(await post('advance', { by: '3 s' })).toEqual({
      status: 200,
      body: { time: from + 3e6 },
    });
    const { status, body } = await post('read', { signals: ['bioreactor-1.ph'] });
    expect(status).toBe(200);
    expect(body).toMatchObject({ readings: { 'bioreactor-1.ph': { quality: 0 } } });
    expect((await post('plant', '')).body).toMatchObject({ plant: { scene: 'expansion-suite' } });
  });

  it('refuses who has no token, a foreign page, and what it cannot read', async () => {
    const url = `${host.view.url}/api/advance`;
    const bare = await fetch(url, { method: 'POST', body: '{"by":"1 s"}' });
    expect(bare.status).toBe(401);
    expect(await post('time', {}, { Authorization: 'Bearer guess' })).toMatchObject({
      status: 401,
      body: { code: 'NOT_PERMITTED' },
    });
    expect(await post('time', {}, { Origin: 'http://evil.example' })).toMatchObject({
      status: 403,
    });
    const get = await fetch(url, { headers: { Authorization: `Bearer ${host.view.token}` } });
    expect(get.status).toBe(405);
    for (const body of ['{', '[1]', '3', `{"by":"${'x'.repeat(2 << 20)}"}`]) {
      expect(await post('advance', body)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_PARAMETER' },
      });
    }
    expect(await post('nonsense', {})).toMatchObject({ status: 400 });
    expect(await post('command', { device: 'nobody', command: 'go' })).toMatchObject({
      status: 409,
      body: { code: 'UNKNOWN_DEVICE' },
    });
  });

  it('several clients hold the clock; one that vanishes no longer does', async () => {
    const a = { 'X-Doppel-Client': 'a' };
    expect((await post('hold', {}, a)).status).toBe(200);
    const body = JSON.stringify({ by: '1 h' });
    const socket = connect(Number(new URL(host.view.url).port), '127.0.0.1');
    await once(socket, 'connect');
    socket.write(
      `POST /api/advance HTTP/1.1\r\nHost: ${new URL(host.view.url).host}\r\nX-Doppel-Client: b\r\nAuthorization: Bearer ${host.view.token}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    const held = async (): Promise<unknown> => (await post('holders', {})).body.holders;
    await expect.poll(held).toContainEqual(expect.objectContaining({ name: 'b' }));
    socket.destroy();
    await expect.poll(held).toEqual([expect.objectContaining({ name: 'http' }), { name: 'a' }]);
    await post('release', {}, a);
    await post('release', {});
    expect(await held()).toEqual([]);
  });
});

describe('a fork', () => {
  it('is another plant with endpoints of its own, which begins where this one is', async () => {
    await post('advance', { by: '7 s' });
    const { body } = await post('fork', {});
    const { api, token, opcua } = body as Record<string, string>;
    expect(opcua).toMatch(/^opc\.tcp:/);
    expect(opcua).not.toBe(host.opcuaUrl);
    const call = async (name: string, given: object): Promise<unknown> => {
      const headers = { Authorization: `Bearer ${token}` };
      const body = JSON.stringify(given);
      return (await fetch(`${api}/${name}`, { method: 'POST', headers, body })).json();
    };
    const hash = (answer: unknown): unknown =>
      (answer as { report: { stateHash: string } }).report.stateHash;
    expect(hash(await call('report', {}))).toBe(hash((await post('report', {})).body));
    const from = now();
    expect(await call('advance', { by: '1 h' })).toEqual({ time: from + 3600e6 });
    expect(now()).toBe(from);
    await post('advance', { by: '1 h' });
    expect(hash(await call('report', {}))).toBe(hash((await post('report', {})).body));
    await call('fault', { device: 'pump-feed', fault: 'breakdown', active: true });
    expect(hash(await call('report', {}))).not.toBe(hash((await post('report', {})).body));
    await post('release', {});
  });
});

describe('over socket.io', () => {
  it('calls the bench, and leaves the clock with its socket', async () => {
    const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(host.view.url, {
      transports: ['websocket'],
      auth: { token: host.view.token },
      reconnection: false,
    });
    await once(socket as never, 'connect');
    const from = now();
    const passed = await socket.emitWithAck('bench', 'advance', { by: '2 s' });
    expect(passed).toEqual({ ok: true, value: { time: from + 2e6 } });
    const wrong = await socket.emitWithAck('bench', 'advance', { by: 2 });
    expect(wrong).toMatchObject({ ok: false, error: { code: 'INVALID_PARAMETER' } });
    const nothing = await socket.emitWithAck('bench', 'time', null as never);
    expect(nothing).toMatchObject({ ok: true, value: { mode: 'lockstep' } });
    expect((await post('holders', {})).body.holders).toHaveLength(1);
    socket.disconnect();
    await expect.poll(async () => (await post('holders', {})).body.holders).toEqual([]);
  });
});

describe('over OPC UA', () => {
  it('has a method of Simulation for each call without a way of its own', async () => {
    const browsed = await session.browse(await nodeId(''));
    const names = browsed.references?.map(({ browseName }) => browseName.name) ?? [];
    for (const [name, call] of Object.entries<BenchCall>(BENCH_CALLS)) {
      const method = name.slice(0, 1).toUpperCase() + name.slice(1);
      // What is really so is not for control software.
      const isThere = call.native !== true && call.isTruth !== true;
      expect(names.includes(method), method).toBe(isThere);
    }
  });

  it('lets time pass until a condition, and refuses with words', async () => {
    const from = now();
    const advanced = await method('Advance', '4 s');
    expect(advanced.statusCode.name).toBe('Good');
    expect(advanced.outputArguments?.[0]?.value).toBe(from + 4e6);
    const until = await method('RunUntil', '', 'bioreactor-1.ph > 0');
    expect(until.outputArguments?.map(({ value }: Variant) => value as unknown)).toEqual([
      from + 4e6,
      true,
    ]);
    const wrong = await method('RunUntil', 'later', '');
    expect(wrong.statusCode.isNotGood()).toBe(true);
    const status = await method('Time');
    const [, mode, running] = status.outputArguments?.map(({ value }) => value as unknown) ?? [];
    expect([mode, running]).toEqual(['lockstep', true]);
    await method('Release');
  });

  it('lets a device fail', async () => {
    expect(
      (await method('Fault', 'pump-feed', 'breakdown', true, '', '', '')).statusCode.name,
    ).toBe('Good');
    expect((await post('alarms', {})).body.alarms).toContainEqual(
      expect.objectContaining({ device: 'pump-feed', active: true }),
    );
    expect(
      (await method('Fault', 'pump-feed', 'breakdown', false, '', '', '')).statusCode.name,
    ).toBe('Good');
    expect(
      (await method('Fault', 'pump-feed', 'bad mood', true, '', '', '')).statusCode.isNotGood(),
    ).toBe(true);
  });

  it('shows a forced signal as overridden, until it is released', async () => {
    const forced = await method('Force', 'bioreactor-1', 'temperature', '12.5', '', '', '', '');
    expect(forced.statusCode.name).toBe('Good');
    const { body } = await post('read', { signals: ['bioreactor-1.temperature'] });
    expect(body).toMatchObject({
      readings: { 'bioreactor-1.temperature': { value: 12.5, quality: 3 } },
    });
    const truth = await post('truth', { signals: ['bioreactor-1.temperature'] });
    expect(truth.body).toMatchObject({ forced: ['bioreactor-1.temperature'], faults: [] });
    const values = truth.body.values as Readonly<Record<string, number>>;
    expect(values['bioreactor-1.temperature']).toBeGreaterThan(15);
    expect((await post('truth', { signals: ['bioreactor-1.warmth'] })).body).toMatchObject({
      code: 'UNKNOWN_SIGNAL',
    });
    const plant = await connectOpcUa(host.opcuaUrl);
    expect(await plant.read(['bioreactor-1.temperature'])).toMatchObject([
      { value: 12.5, quality: 3 },
    ]);
    const { status } = await post('unforce', { device: 'bioreactor-1', signal: 'temperature' });
    expect(status).toBe(200);
    expect((await plant.read(['bioreactor-1.temperature']))[0]?.quality).toBe(0);
    // Without a value it holds what it shows.
    const held = await plant.read(['bioreactor-1.ph']);
    await method('Force', 'bioreactor-1', 'ph', '', '', '', '', '');
    await method('Advance', '1 h');
    expect(await plant.read(['bioreactor-1.ph'])).toMatchObject([
      { value: held[0]?.value, quality: 3 },
    ]);
    await method('Unforce', 'bioreactor-1', 'ph');
    await plant.close();
    await method('Release');
  });

  it('tells of a jump of time by a system event, and shows the time there', async () => {
    const subscription = await session.createSubscription2({
      requestedPublishingInterval: 20,
      publishingEnabled: true,
      requestedMaxKeepAliveCount: 10,
      requestedLifetimeCount: 1000,
      maxNotificationsPerPublish: 0,
      priority: 1,
    });
    const item = await subscription.monitor(
      { nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier },
      {
        queueSize: 100,
        filter: constructEventFilter(['EventType', 'SourceName', 'Message', 'Time']),
      },
      TimestampsToReturn.Both,
    );
    const told: unknown[][] = [];
    item.on('changed', (fields: unknown) =>
      told.push((fields as Variant[]).map(({ value }) => value as unknown)),
    );
    await method('Advance', '1 h');
    const away = now();
    const restored = await method('Restore', '20 min', '');
    expect(restored.statusCode.name).toBe('Good');
    expect(restored.outputArguments?.[0]?.value).toBe(20 * 60e6);
    const jump = (): unknown[] | undefined => told.find(([, source]) => source === 'Simulation');
    await expect.poll(jump).toBeDefined();
    expect(String((jump()?.[2] as { text: string }).text)).toContain(`from ${away} us`);
    const shown = await session.read({
      nodeId: await nodeId('SimulatedTime'),
      attributeId: AttributeIds.Value,
    });
    expect(shown.value.value).toBe(20 * 60e6);
    await method('Release');
    await subscription.terminate();
  });

  it('a client follows when the mode changes while it waits', async () => {
    const plant = await connectOpcUa(host.opcuaUrl);
    const from = now();
    expect(await plant.waitUntil(from + 1e6)).toMatchObject({ time: from + 1e6 });
    await post('hold', {});
    const waiting = plant.waitUntil(from + 5e6);
    const asked = async (): Promise<unknown> => (await post('holders', {})).body.holders;
    await expect.poll(asked).toContainEqual(expect.objectContaining({ granted: from + 5e6 }));
    await post('setTime', { mode: '20' });
    expect((await waiting).time).toBeGreaterThanOrEqual(from + 5e6);
    const far = plant.waitUntil(now() + 3600e6);
    await post('release', {});
    await post('setTime', { mode: 'lockstep' });
    expect((await far).time).toBeGreaterThanOrEqual(now() - 1);
    await plant.close();
    await expect.poll(asked).toEqual([]);
  });
});
