/**
 * The test bench by the wall clock: how soon a plant is ready, how long a round trip in lockstep takes, and how
 * punctual a plant is at realtime. Peers: a call of the same transport that does not touch the plant.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AttributeIds, type ClientSession, DataType, OPCUAClient } from 'node-opcua';
import { io, type Socket } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '../src/kernel/bridge-contract.ts';
import { serveHost } from '../scripts/serve-host.ts';

const SCENE = fileURLToPath(new URL('../scenes/enclosed-plant.yaml', import.meta.url));
const START = fileURLToPath(new URL('./start.ts', import.meta.url));
const ROUNDS = 1000;
/** Ten minutes tell more; one is enough to see a change. */
const PUNCTUAL_SECONDS = Number(process.env.DOPPEL_BENCH_SECONDS ?? 60);

/** Start of a new process to a plant that is ready, and the next one in the same process [s]. */
function starts(opcua: boolean): { first: number; next: number } {
  const said = execFileSync(process.execPath, [START, ...(opcua ? ['--opcua'] : [])], {
    stdio: ['ignore', 'pipe', 'ignore'],
    encoding: 'utf8',
  });
  const { first, next } = JSON.parse(said) as { first: number; next: number };
  return { first: first / 1000, next: next / 1000 };
}

interface Percentiles {
  readonly p50: number;
  readonly p99: number;
}

/** Time of a call, one after the other [ms]. */
async function measure(call: (round: number) => Promise<unknown>): Promise<Percentiles> {
  const taken: number[] = [];
  for (let round = -50; round < ROUNDS; round++) {
    const from = performance.now();
    await call(round);
    if (round >= 0) taken.push(performance.now() - from);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number): number => taken[Math.floor(share * ROUNDS)] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99) };
}

async function roundTrips(): Promise<Record<string, Percentiles>> {
  const host = await serveHost(SCENE, ['--time', 'lockstep']);
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io(host.ui, {
    transports: ['websocket'],
    auth: { token: host.token },
  });
  const client = OPCUAClient.create({ endpointMustExist: false });
  await client.connect(host.opcua);
  const session: ClientSession = await client.createSession();
  try {
    const index = (await session.readNamespaceArray()).indexOf('urn:doppel:simulation');
    const web = await measure(() => socket.emitWithAck('bench', 'advance', { by: '100 ms' }));
    const webPeer = await measure(() => socket.emitWithAck('bench', 'holders', {}));
    await socket.emitWithAck('bench', 'release', {});
    const { value } = await socket.emitWithAck('bench', 'time', {}).then((answer) => {
      if (!answer.ok) throw new Error(answer.error.message);
      return answer;
    });
    const from = Number(value.time);
    const opcua = await measure((round) =>
      session.call({
        objectId: `ns=${index};s=Simulation`,
        methodId: `ns=${index};s=Simulation.AdvanceUntil`,
        inputArguments: [{ dataType: DataType.Double, value: from + (round + 51) * 100_000 }],
      }),
    );
    const opcuaPeer = await measure(() =>
      session.read({ nodeId: 'i=2258', attributeId: AttributeIds.Value }),
    );
    return {
      'advance over socket.io': web,
      'peer: call without the plant': webPeer,
      'AdvanceUntil over OPC UA': opcua,
      'peer: read of the server time': opcuaPeer,
    };
  } finally {
    socket.disconnect();
    await session.close();
    await client.disconnect();
    await host.stop();
  }
}

/** How late events are at realtime [ms], and how far the clock drifts from the wall's [ms]. */
async function punctuality(): Promise<Record<string, number>> {
  const host = await serveHost(SCENE, ['--time', 'realtime']);
  const call = async (name: string): Promise<Record<string, unknown>> => {
    const headers = { Authorization: `Bearer ${host.token}` };
    const response = await fetch(`${host.ui}/api/${name}`, { method: 'POST', headers });
    return (await response.json()) as Record<string, unknown>;
  };
  try {
    const [wall, time] = [performance.now(), Number((await call('time')).time)];
    await new Promise((resolve) => setTimeout(resolve, PUNCTUAL_SECONDS * 1000));
    const status = await call('time');
    const passed = (Number(status.time) - time) / 1000;
    const { lateness, eventsPerSecond } = status.effort as {
      lateness: { p50: number; p99: number; max: number };
      eventsPerSecond: number;
    };
    return { ...lateness, eventsPerSecond, 'drift [ms]': passed - (performance.now() - wall) };
  } finally {
    await host.stop();
  }
}

const withoutOpcua = starts(false);
const withOpcua = starts(true);
console.log('start to ready, enclosed plant [s]');
console.table({
  'without OPC UA (asked 1.0, next 0.3)': withoutOpcua,
  'with OPC UA (asked 2.5)': withOpcua,
});
console.log(
  `round trips in lockstep, ${ROUNDS} of 100 ms each [ms]; asked 1 over socket.io, 3 over OPC UA`,
);
console.table(await roundTrips());
console.log(`lateness of events at realtime during ${PUNCTUAL_SECONDS} s [ms]; asked p99 2`);
console.table({ 'enclosed plant': await punctuality() });
