/**
 * OPC UA at `realtime`: 900 signals, 300 of them changing every 100 ms, subscribed to by 5 clients
 * at 100 ms. Prints start time, values delivered, CPU of the server process, and read latency.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { AttributeIds, OPCUAClient, TimestampsToReturn, coerceNodeId } from 'node-opcua';
import { loadOpcua } from '../src/device-emulators/endpoints/opcua/opcua-module.ts';
import { connectOpcUa } from '../src/device-emulators/endpoints/opcua/client/connect.ts';

const CLIENTS = 5;
const SECONDS = 10;
const READS = 1000;

await loadOpcua();
const server = fork(new URL('./opcua-server.ts', import.meta.url));
const [{ url, startMilliseconds }] = (await once(server, 'message')) as [
  { url: string; startMilliseconds: number },
];
interface Spent {
  readonly cpuSeconds: number;
  /** Changes of signals so far. */
  readonly changes: number;
}
const spent = async (): Promise<Spent> => {
  server.send('spent');
  const [answer] = (await once(server, 'message')) as [Spent];
  return answer;
};

let delivered = 0;
const clients = await Promise.all(
  Array.from({ length: CLIENTS }, async () => {
    const client = OPCUAClient.create({ endpointMustExist: false });
    await client.connect(url);
    const session = await client.createSession();
    const subscription = await session.createSubscription2({
      requestedPublishingInterval: 100,
      requestedMaxKeepAliveCount: 20,
      requestedLifetimeCount: 1000,
      maxNotificationsPerPublish: 0,
      publishingEnabled: true,
    });
    const ns = (await session.readNamespaceArray()).indexOf('urn:doppel:plant');
    const group = await subscription.monitorItems(
      Array.from({ length: 900 }, (_, i) => ({
        nodeId: coerceNodeId(
          `ns=${ns};s=meter${Math.floor(i / 30)}-FunctionalUnitSet-Main-FunctionSet-quantity${i % 30}-SensorValue`,
        ),
        attributeId: AttributeIds.Value,
      })),
      { samplingInterval: 100, queueSize: 10, discardOldest: true },
      TimestampsToReturn.Both,
    );
    group.on('changed', () => {
      delivered++;
    });
    return client;
  }),
);
await new Promise((resolve) => setTimeout(resolve, 2000));
const before = await spent();
delivered = 0;
const from = performance.now();
await new Promise((resolve) => setTimeout(resolve, SECONDS * 1000));
const seconds = (performance.now() - from) / 1000;
const values = delivered / seconds;
const after = await spent();
const made = (CLIENTS * (after.changes - before.changes)) / seconds;
const load = (after.cpuSeconds - before.cpuSeconds) / seconds;
await Promise.all(clients.map((client) => client.disconnect()));

const control = await connectOpcUa(url);
const latencies: number[] = [];
for (let i = 0; i < READS; i++) {
  const began = performance.now();
  await control.read(['meter0.quantity0', 'meter0.operationState']);
  latencies.push(performance.now() - began);
}
latencies.sort((a, b) => a - b);
await control.close();
server.disconnect();

const percentile = (p: number): string =>
  `${latencies[Math.floor((p / 100) * READS)]?.toFixed(2)} ms`;
console.table({
  'server start, 30 devices': `${startMilliseconds.toFixed(0)} ms`,
  'values delivered': `${values.toFixed(0)}/s of ${made.toFixed(0)}/s made`,
  'server CPU': `${(load * 100).toFixed(1)} % of one core`,
  'read p50': percentile(50),
  'read p99': percentile(99),
});
process.exit(0);
