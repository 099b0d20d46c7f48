import { DataType, makeBrowsePath, OPCUAClient, type VariantOptions } from 'node-opcua';
import { expect } from 'vitest';
import { plantTest } from '@doppel/bench/vitest';

/** A control engineer's first test: their own client at the real endpoint, the plant in lockstep. */
const it = plantTest({ scene: 'expansion-suite', seed: 1 });

it('the lid opens on command, and a spin with an open lid is refused', async ({ plant }) => {
  const client = OPCUAClient.create({ endpointMustExist: false });
  await client.withSessionAsync(plant.endpoints.opcua, async (session) => {
    const namespaces = await session.readNamespaceArray();
    const ns = namespaces.indexOf('urn:doppel:plant');
    const lads = namespaces.indexOf('http://opcfoundation.org/UA/LADS/');
    const find = async (from: string, path: string) =>
      (await session.translateBrowsePath(makeBrowsePath(from, path))).targets?.[0]?.targetId;
    const unit = await find(`ns=${ns};s=centrifuge-1`, `/${lads}:FunctionalUnitSet/${ns}:Main`);
    const call = async (method: string, ...inputArguments: VariantOptions[]) => {
      const objectId = String(unit);
      const methodId = String(await find(objectId, `/${ns}:${method}`));
      return (await session.call({ objectId, methodId, inputArguments })).statusCode.name;
    };
    expect(await call('openLid')).toBe('Good');
    await plant.expectWithin('1 min', 'centrifuge-1.lid == open');
    const double = (value: number) => ({ dataType: DataType.Double, value });
    const text = (value: string) => ({ dataType: DataType.String, value });
    expect(await call('spin', double(300), double(10), text('full'))).toBe('BadInvalidState');
  });
});

it('a centrifuge that breaks down says so', async ({ plant }) => {
  await plant.fault('centrifuge-1', 'breakdown');
  await plant.expectWithin('1 min', 'alarm centrifuge-1');
  await plant.fault('centrifuge-1', 'breakdown', false);
  await plant.expectNever('10 min', 'event device.operation.failed centrifuge-1');
});
