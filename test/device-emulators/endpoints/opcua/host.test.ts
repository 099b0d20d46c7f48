import { connect } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttributeIds,
  type ClientSession,
  type ClientSubscription,
  type DataValue,
  OPCUAClient,
  StatusCodes,
  TimestampsToReturn,
  type Variant,
  constructEventFilter,
  resolveNodeId,
} from 'node-opcua';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectOpcUa } from '../../../../src/device-emulators/endpoints/opcua/client/connect.ts';
import {
  type OpcUaHost,
  startOpcUaHost,
} from '../../../../src/device-emulators/endpoints/opcua/host.ts';
import { STATUS_BY_CODE } from '../../../../src/device-emulators/endpoints/opcua/errors.ts';
import { loadOpcua } from '../../../../src/device-emulators/endpoints/opcua/opcua-module.ts';
import { type MemoryPlant, createMemoryPlant, inventedDevices } from './memory-port.ts';

let folder: string;
let plant: MemoryPlant;
let host: OpcUaHost;
let client: OPCUAClient;
let session: ClientSession;
let subscription: ClientSubscription;
let ns: number;

const start = async (more: { host?: string } = {}): Promise<OpcUaHost> =>
  startOpcUaHost(plant, {
    host: '127.0.0.1',
    port: 0,
    certificateFolder: folder,
    log: () => {},
    pollMilliseconds: 10,
    ...more,
  });

/** Waits for something that another process of the same machine brings about within seconds. */
async function until(condition: () => boolean, what: string): Promise<void> {
  const end = performance.now() + 5000;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`waited 5 s for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const value = async (nodeId: string): Promise<DataValue> =>
  session.read({ nodeId, attributeId: AttributeIds.Value });

beforeAll(async () => {
  await loadOpcua();
  folder = await mkdtemp(join(tmpdir(), 'doppel-opcua-'));
  plant = createMemoryPlant(inventedDevices(['Cel']));
  host = await start();
  client = OPCUAClient.create({ endpointMustExist: true, connectionStrategy: { maxRetry: 0 } });
  await client.connect(host.url);
  session = await client.createSession();
  subscription = await session.createSubscription2({
    requestedPublishingInterval: 20,
    requestedMaxKeepAliveCount: 20,
    requestedLifetimeCount: 1000,
    publishingEnabled: true,
  });
  ns = (await session.readNamespaceArray()).indexOf('urn:doppel:plant');
}, 60_000);

afterAll(async () => {
  await subscription.terminate();
  await session.close();
  await client.disconnect();
  await host.close();
  await rm(folder, { recursive: true });
});

const speedNode = (): string =>
  `ns=${ns};s=centrifuge-FunctionalUnitSet-Rotor-FunctionSet-rotorSpeed-SensorValue`;
const refuseNode = (): { objectId: string; methodId: string } => ({
  objectId: `ns=${ns};s=refuser-FunctionalUnitSet-Main`,
  methodId: `ns=${ns};s=refuser-FunctionalUnitSet-Main-refuse`,
});

describe('OPC UA host', () => {
  it('shows simulated time as its own time', async () => {
    plant.pass(plant.now() + 86_400_000_000);
    const { value: variant } = await value('i=2258');
    const epoch = plant.description.epochUnixMicros;
    expect((variant.value as Date).getTime()).toBe((epoch + plant.now()) / 1000);
    const status = (await value('i=2256')).value.value as { currentTime: Date };
    expect(status.currentTime.getTime()).toBe((epoch + plant.now()) / 1000);
  });

  it('serves subscriptions by exception whatever interval is asked for', async () => {
    const item = await subscription.monitor(
      { nodeId: speedNode(), attributeId: AttributeIds.Value },
      { samplingInterval: 1000, queueSize: 100, discardOldest: true },
      TimestampsToReturn.Both,
    );
    expect(item.result?.revisedSamplingInterval).toBe(0);
    const got: number[] = [];
    item.on('changed', (data: DataValue) => got.push(data.value.value as number));
    for (const speed of [100, 200, 300]) {
      plant.set('centrifuge.rotorSpeed', speed);
      await until(() => got.at(-1) === speed, `speed ${speed}`);
    }
    await item.terminate();
  });

  it.each(Object.entries(STATUS_BY_CODE))(
    'answers %s with %s and says why',
    async (code, status) => {
      const { results, diagnosticInfos } = await session.callWithDiagnostics(
        [{ ...refuseNode(), inputArguments: [{ dataType: 'String', value: code }] }],
        0x80,
      );
      expect(results[0]?.statusCode.name).toBe(status);
      expect(diagnosticInfos?.[0]?.additionalInfo).toMatch(new RegExp(`^${code}: .+`));
      expect((await value(`ns=${ns};s=refuser-LastRefusal`)).value.value).toMatch(
        new RegExp(`^${code}: `),
      );
    },
  );

  it('refuses calls whose arguments have the wrong type or number', async () => {
    const call = async (inputArguments: { dataType: string; value: unknown }[]) =>
      (await session.call({ ...refuseNode(), inputArguments })).statusCode;
    expect(await call([])).toEqual(StatusCodes.BadArgumentsMissing);
    expect(await call([{ dataType: 'Double', value: 1 }])).toEqual(StatusCodes.BadInvalidArgument);
  });

  it('raises alarms as conditions whose acknowledgement reaches the plant', async () => {
    const fields = [
      'EventId',
      'ConditionName',
      'Severity',
      'Time',
      'ActiveState.Id',
      'AckedState.Id',
      'Retain',
      'Message',
    ];
    const item = await subscription.monitor(
      { nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier },
      {
        samplingInterval: 0,
        queueSize: 100,
        discardOldest: true,
        filter: constructEventFilter(fields),
      },
      TimestampsToReturn.Both,
    );
    const events: Record<string, unknown>[] = [];
    item.on('changed', (variants: unknown) => {
      const row = (variants as Variant[]).map((variant) => variant.value as unknown);
      if (row[1] !== null) events.push(Object.fromEntries(fields.map((f, i) => [f, row[i]])));
    });
    plant.raise('centrifuge', 'overheat', 'at 60 Cel');
    await until(() => events.length === 1, 'the alarm');
    const epoch = plant.description.epochUnixMicros;
    expect(events[0]).toMatchObject({
      ConditionName: 'overheat',
      Severity: 900,
      Time: new Date((epoch + plant.now()) / 1000),
      'ActiveState.Id': true,
      'AckedState.Id': false,
      Retain: true,
    });
    expect(String((events[0]?.['Message'] as { text: string }).text)).toBe(
      'Chamber too warm: at 60 Cel',
    );
    expect((await value(`ns=${ns};s=centrifuge-DeviceHealth`)).value.value).toBe(1);

    const eventId = events[0]?.['EventId'] as Buffer;
    const node = resolveNodeId(`ns=${ns};s=centrifuge!overheat`);
    expect(await session.acknowledgeCondition(node, eventId, 'seen')).toEqual(StatusCodes.Good);
    await until(
      () => plant.commands.some(({ kind }) => kind === 'acknowledge'),
      'the acknowledgement',
    );
    expect(plant.commands.at(-1)).toMatchObject({
      device: 'centrifuge',
      alarm: 'overheat',
      comment: 'seen',
    });
    plant.clear('centrifuge', 'overheat');
    await until(() => events.at(-1)?.['ActiveState.Id'] === false, 'the end of the alarm');
    expect(events.at(-1)).toMatchObject({ 'AckedState.Id': true, Retain: false });
    expect((await value(`ns=${ns};s=centrifuge-DeviceHealth`)).value.value).toBe(0);
    await item.terminate();
  });

  it('keeps an alarm that went away unseen until it is acknowledged', async () => {
    plant.raise('centrifuge', 'imbalance', '');
    plant.clear('centrifuge', 'imbalance');
    expect((await value(`ns=${ns};s=centrifuge!imbalance-Retain`)).value.value).toBe(true);
    plant.emit({
      type: 'alarm.acknowledged',
      time: plant.now(),
      sequence: 0,
      device: 'centrifuge',
      alarm: 'imbalance',
      details: '',
    });
    expect((await value(`ns=${ns};s=centrifuge!imbalance-Retain`)).value.value).toBe(false);
  });

  it('shows which functional unit is at work', async () => {
    const state = async (): Promise<string> => {
      const { value: variant } = await value(
        `ns=${ns};s=centrifuge-FunctionalUnitSet-Main-FunctionalUnitState-CurrentState`,
      );
      return (variant.value as { text: string }).text;
    };
    expect(await state()).toBe('Stopped');
    await session.call({
      objectId: `ns=${ns};s=centrifuge-FunctionalUnitSet-Main`,
      methodId: `ns=${ns};s=centrifuge-FunctionalUnitSet-Main-closeLid`,
      inputArguments: [],
    });
    expect(await state()).toBe('Running');
    plant.pass(plant.now() + 10_000_000);
    expect(await state()).toBe('Stopped');
  });

  it('lets a client wait for time, and for the end of an operation, on a free-running clock', async () => {
    const control = await connectOpcUa(host.url);
    const from = plant.now();
    const reached = control.waitUntil(from + 1_000_000);
    plant.pass(from + 1_000_000);
    expect(await reached).toEqual({ time: from + 1_000_000, changed: [] });
    expect(await control.invoke('centrifuge', 'openLid', {})).toMatchObject({ ok: true });
    const ended = control.waitUntil(from + 3_600_000_000);
    plant.pass(from + 10_000_000);
    expect(await ended).toEqual({ time: from + 3_000_000, changed: ['centrifuge'] });
    await control.close();
  });

  it('outlives garbage, half frames, oversized frames and clients that vanish', async () => {
    const { port } = new URL(host.url.replace('opc.tcp', 'http'));
    const frame = (type: string, length: number, body: Buffer): Buffer => {
      const header = Buffer.alloc(8);
      header.write(type, 0, 'ascii');
      header.writeUInt32LE(length, 4);
      return Buffer.concat([header, body]);
    };
    // Deterministic noise: multiples of a prime modulo 256.
    const noise = Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * 197 + (i >> 8)) % 256));
    const hello = Buffer.alloc(24 + 4);
    hello.writeUInt32LE(65_536, 4);
    hello.writeUInt32LE(65_536, 8);
    hello.writeInt32LE(-1, 20);
    const attacks: Record<string, Buffer> = {
      nothing: Buffer.alloc(0),
      noise,
      text: Buffer.from('GET / HTTP/1.1\r\nHost: plant\r\n\r\n'),
      'half a hello': frame('HELF', 32, Buffer.alloc(4)),
      'huge hello': frame('HELF', 0xffff_ffff, noise),
      'hello with a huge string': frame(
        'HELF',
        32,
        Buffer.from('00'.repeat(20) + 'ffffff7f', 'hex'),
      ),
      'hello, then noise': Buffer.concat([frame('HELF', 8 + 28, hello), noise]),
      'hello, then a wild secure channel': Buffer.concat([
        frame('HELF', 8 + 28, hello),
        frame('OPNF', 64, noise.subarray(0, 56)),
        frame('MSGF', 64, noise.subarray(0, 56)),
      ]),
      'zero length': frame('MSGF', 0, Buffer.alloc(0)),
    };
    for (const [name, bytes] of Object.entries(attacks)) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(bytes, () => setTimeout(() => socket.destroy(), 30));
        });
        socket.on('error', () => {});
        socket.on('close', () => resolve());
        socket.resume();
      });
      expect((await value('i=2259')).value.value, `server state after ${name}`).toBe(0);
    }
    const vanishing = await connectOpcUa(host.url);
    expect(await vanishing.read(['centrifuge.state'])).toHaveLength(1);
    await vanishing.close();
  });

  it('tells its clients at once when it ends, and ends within 2 s', async () => {
    const other = await start();
    const control = await connectOpcUa(other.url);
    const waiting = expect(control.waitUntil(Number.MAX_SAFE_INTEGER)).rejects.toThrow(/was lost/);
    const began = performance.now();
    await other.close();
    expect(performance.now() - began).toBeLessThan(2000);
    await waiting;
    await expect(control.read(['centrifuge.state'])).rejects.toThrow(/was lost/);
    await control.close();
  });

  it('is not found where nothing listens', async () => {
    await expect(connectOpcUa('opc.tcp://127.0.0.1:1')).rejects.toThrow(/no OPC UA server answers/);
  });

  it('refuses to be bound beyond loopback without users', async () => {
    await expect(start({ host: '0.0.0.0' })).rejects.toThrow(
      /refuses to listen on 0\.0\.0\.0.*users/,
    );
  });
});
