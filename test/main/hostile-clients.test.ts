import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type ClientSession, OPCUAClient } from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectOpcUa } from '../../src/device-emulators/endpoints/opcua/client/connect.ts';
import type { PlantClient, PlantEvent } from '../../src/kernel/plant-contract.ts';
import { type Host, startHost } from '../../src/main/host.ts';

const PATH = fileURLToPath(new URL('../../scenes/expansion-suite.yaml', import.meta.url));
/** More than the server takes. */
const FLOOD = 400;

let host: Host;
let control: PlantClient;
const events: PlantEvent[] = [];

const opcuaPort = (): number => Number(new URL(host.opcuaUrl.replace('opc.tcp', 'http')).port);

beforeAll(async () => {
  host = await startHost({
    sceneFile: PATH,
    sceneText: readFileSync(PATH, 'utf8'),
    seed: 1,
    mode: { kind: 'scaled', factor: 100 },
    opcuaPort: 0,
    uiPort: 0,
    log: () => undefined,
  });
  host.twin.onEvents((batch) => events.push(...batch));
  control = await connectOpcUa(host.opcuaUrl);
}, 60_000);

afterAll(async () => {
  await control.close();
  await host.close();
});

/** The twin has gone on, and a client that behaves is still served. */
async function expectAlive(): Promise<void> {
  const before = await control.now();
  expect((await control.waitUntil(before + 1_000_000)).time).toBeGreaterThanOrEqual(
    before + 1_000_000,
  );
  expect((await control.read(['centrifuge-1.lid']))[0]?.quality).toBe(0);
}

async function open(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  return socket;
}

describe('the served plant goes on', () => {
  it('while hundreds of connections are held open, and takes new clients when they are gone', async () => {
    const flood = await Promise.all(Array.from({ length: FLOOD }, () => open(opcuaPort())));
    await expectAlive();
    await Promise.all(
      flood.map(async (socket) => {
        if (socket.destroyed) return;
        socket.destroy();
        await once(socket, 'close');
      }),
    );
    const newcomer = await connectOpcUa(host.opcuaUrl);
    expect((await newcomer.describe()).devices.length).toBeGreaterThan(0);
    await newcomer.close();
  }, 30_000);

  it('and finishes a command whose client vanished before the answer', async () => {
    // A way to the server that is cut as soon as it has carried the call.
    let cutNext = false;
    const proxy = createServer((near) => {
      const far = connect(opcuaPort(), '127.0.0.1');
      for (const socket of [near, far]) socket.on('error', () => undefined);
      far.on('data', (bytes) => near.write(bytes));
      far.on('close', () => near.destroy());
      near.on('close', () => far.destroy());
      near.on('data', (bytes) => {
        far.write(bytes, () => {
          if (!cutNext) return;
          far.destroy();
          near.destroy();
        });
      });
    }).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    const client = OPCUAClient.create({
      endpointMustExist: false,
      connectionStrategy: { maxRetry: 0 },
      keepSessionAlive: false,
    });
    await client.connect(`opc.tcp://127.0.0.1:${port}`);
    const session = await client.createSession();
    const ns = (await session.readNamespaceArray()).indexOf('urn:doppel:plant');
    const unit = `ns=${ns};s=centrifuge-1-FunctionalUnitSet`;
    const lid = await findMethod(session, unit, 'openLid');
    cutNext = true;
    await expect(session.call({ ...lid, inputArguments: [] })).rejects.toThrow();
    await client.disconnect();
    proxy.close();
    const end = (await control.now()) + 60_000_000;
    for (let now = 0; now < end && !ended(); ) now = (await control.waitUntil(end)).time;
    expect(ended()).toBe(true);
    await expectAlive();
  }, 30_000);
});

const ended = (): boolean =>
  events.some((e) => e.type === 'device.operation.completed' && e.device === 'centrifuge-1');

/** Node ids of a command and the functional unit it belongs to. */
async function findMethod(
  session: ClientSession,
  set: string,
  name: string,
): Promise<{ objectId: string; methodId: string }> {
  const { references } = await session.browse(set);
  for (const { nodeId } of references ?? []) {
    const objectId = nodeId.toString();
    const { references: inside } = await session.browse(objectId);
    const method = (inside ?? []).find((r) => r.browseName.name === name);
    if (method !== undefined) return { objectId, methodId: method.nodeId.toString() };
  }
  throw new Error(`no method ${name} in ${set}`);
}
