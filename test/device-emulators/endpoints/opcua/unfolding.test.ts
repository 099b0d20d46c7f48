import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttributeIds,
  type ClientSession,
  constructEventFilter,
  DataType,
  makeBrowsePath,
  OPCUAClient,
  StatusCodes,
  TimestampsToReturn,
  type Variant,
} from 'node-opcua';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type OpcUaHost,
  startOpcUaHost,
} from '../../../../src/device-emulators/endpoints/opcua/host.ts';
import { createMemoryPlant, inventedDevices, type MemoryPlant } from './memory-port.ts';

/** Each test has a server at which nobody has looked yet: what a client asks for first must be there. */
describe('a device of the OPC UA server that nobody has looked at', () => {
  let folder: string;
  let plant: MemoryPlant;
  let host: OpcUaHost;
  let client: OPCUAClient;
  let session: ClientSession;
  let ns: number;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'doppel-opcua-'));
    plant = createMemoryPlant(inventedDevices(['Cel']));
    plant.set('centrifuge.rotorSpeed', 321);
    const log = (): void => undefined;
    host = await startOpcUaHost(plant, {
      ...{ host: '127.0.0.1', port: 0, certificateFolder: folder, log },
      pollMilliseconds: 10,
    });
    client = OPCUAClient.create({ connectionStrategy: { maxRetry: 0 } });
    await client.connect(host.url);
    session = await client.createSession();
    ns = (await session.readNamespaceArray()).indexOf('urn:doppel:plant');
  }, 60_000);
  afterEach(async () => {
    await session.close();
    await client.disconnect();
    await host.close();
    await rm(folder, { recursive: true });
  });

  const rotor = (): string => `ns=${ns};s=centrifuge-FunctionalUnitSet-Rotor`;
  const speed = (): string => `${rotor()}-FunctionSet-rotorSpeed-SensorValue`;

  it('has its values when they are read by a known name', async () => {
    const { value, statusCode } = await session.read({
      nodeId: speed(),
      attributeId: AttributeIds.Value,
    });
    expect([statusCode, value.value]).toEqual([StatusCodes.Good, 321]);
  });

  it('has its functional units when it, or their set, is browsed', async () => {
    const names = async (nodeId: string): Promise<(string | null)[]> => {
      const { references } = await session.browse({
        ...{ nodeId, referenceTypeId: 'HierarchicalReferences', includeSubtypes: true },
        ...{ browseDirection: 0, resultMask: 63 },
      });
      return (references ?? []).map(({ browseName }) => browseName.name);
    };
    expect(await names(`ns=${ns};s=centrifuge-FunctionalUnitSet`)).toEqual(
      expect.arrayContaining(['Rotor', 'Main']),
    );
    expect(await names(`ns=${ns};s=refuser`)).toContain('FunctionalUnitSet');
    expect(await names(`ns=${ns};s=refuser-FunctionalUnitSet-Main`)).toContain('refuse');
  });

  it('is found by a browse path from the set of all devices', async () => {
    const di = (await session.readNamespaceArray()).indexOf('http://opcfoundation.org/UA/DI/');
    const path = makeBrowsePath(
      `ns=${di};i=5001`,
      `/${ns}:centrifuge/${await lads()}:FunctionalUnitSet/${ns}:Rotor`,
    );
    const { statusCode, targets } = await session.translateBrowsePath(path);
    expect(statusCode).toEqual(StatusCodes.Good);
    expect(targets?.[0]?.targetId.toString()).toBe(rotor());
  });

  it('takes commands and writes, and has values to subscribe to', async () => {
    const called = await session.call({
      objectId: `ns=${ns};s=refuser-FunctionalUnitSet-Main`,
      methodId: `ns=${ns};s=refuser-FunctionalUnitSet-Main-refuse`,
      inputArguments: [{ dataType: DataType.String, value: 'BUSY' }],
    });
    expect(called.statusCode).toEqual(StatusCodes.BadResourceUnavailable);
    const target = 'centrifuge-FunctionalUnitSet-Main-FunctionSet-temperatureTarget-TargetValue';
    const written = await session.write({
      nodeId: `ns=${ns};s=${target}`,
      attributeId: AttributeIds.Value,
      value: { value: { dataType: DataType.Double, value: 20 } },
    });
    expect(written).toEqual(StatusCodes.Good);
    expect(plant.commands.map(({ kind }) => kind)).toEqual(['invoke', 'write']);
  });

  it('tells of its alarms those who listen to the server', async () => {
    const subscription = await session.createSubscription2({
      ...{ requestedPublishingInterval: 20, requestedMaxKeepAliveCount: 20 },
      ...{ requestedLifetimeCount: 1000, publishingEnabled: true },
    });
    const item = await subscription.monitor(
      { nodeId: 'i=2253', attributeId: AttributeIds.EventNotifier },
      { samplingInterval: 0, queueSize: 10, filter: constructEventFilter(['ConditionName']) },
      TimestampsToReturn.Both,
    );
    const told = new Promise<unknown>((resolve) => {
      item.on('changed', (variants: unknown) => {
        const [name] = variants as Variant[];
        if (name?.value !== null) resolve(name?.value);
      });
    });
    plant.raise('centrifuge', 'overheat', '');
    expect(await told).toBe('overheat');
    await subscription.terminate();
  });

  it('shows that a functional unit works when the work began before', async () => {
    plant.set('centrifuge.lid', 'closed');
    const parameters = { acceleration: 400, duration: 60 };
    void plant.submit({
      ...{ kind: 'invoke', client: 'another', sequence: 0, device: 'centrifuge' },
      ...{ command: 'spin', parameters },
    });
    const { value } = await session.read({
      nodeId: `${rotor()}-FunctionalUnitState-CurrentState`,
      attributeId: AttributeIds.Value,
    });
    expect(value.value).toMatchObject({ text: 'Running' });
  });

  const lads = async (): Promise<number> =>
    (await session.readNamespaceArray()).indexOf('http://opcfoundation.org/UA/LADS/');
});
