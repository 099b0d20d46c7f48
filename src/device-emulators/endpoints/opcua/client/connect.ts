import type { ClientSession, DataValue, NodeId, OPCUAClient, VariantOptions } from 'node-opcua';
import {
  ERROR_CATALOGUE,
  type ErrorCode,
  type Refusal,
  refusal,
} from '../../../../kernel/error-catalogue.ts';
import type {
  CommandOutcome,
  Passed,
  PlantClient,
  Quality,
  SignalReading,
  Value,
} from '../../../../kernel/plant-contract.ts';
import { err, ok } from '../../../../kernel/result.ts';
import { STATUS_BY_CODE } from '../errors.ts';
import { type Opcua, loadOpcua } from '../opcua-module.ts';
import {
  type CommandAddress,
  type PlantMap,
  type SignalAddress,
  mapPlant,
} from './describe-plant.ts';
import { createWaiter, LOCKSTEP, type Waiter } from './wait.ts';

export interface ConnectOptions {
  /** Name under which commands are recorded; `control` when absent. */
  readonly name?: string;
}

/** Longest time that a call may take [ms]; a lockstep advance may simulate days. */
const CALL_TIMEOUT = 600_000;

/** Bytes per chunk; one is allocated per message, and most calls fit into a few hundred. */
const CHUNK_SIZE = 8192;

/** Nothing answers at the address. */
export class NoServerError extends Error {
  override readonly name = 'NoServerError';
}

/**
 * Connects to a served plant. What can be read and commanded is found by browsing.
 *
 * @throws NoServerError when nothing answers at `url`
 * @throws Error when the server serves no plant
 */
export async function connectOpcUa(
  url: string,
  options: ConnectOptions = {},
): Promise<PlantClient> {
  const opcua = await loadOpcua();
  const client = opcua.OPCUAClient.create({
    applicationName: options.name ?? 'control',
    endpointMustExist: false,
    transportTimeout: CALL_TIMEOUT,
    defaultTransactionTimeout: CALL_TIMEOUT,
    requestedSessionTimeout: CALL_TIMEOUT,
    keepSessionAlive: true,
    transportSettings: { sendBufferSize: CHUNK_SIZE, receiveBufferSize: CHUNK_SIZE },
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 1000 },
  });
  try {
    await client.connect(url);
  } catch (cause) {
    await client.disconnect();
    throw new NoServerError(`no OPC UA server answers at ${url}`, { cause });
  }
  try {
    const session = await client.createSession();
    return await createPlantClient(opcua, client, session);
  } catch (cause) {
    await client.disconnect();
    throw new Error(`the OPC UA server at ${url} could not be used: ${String(cause)}`, { cause });
  }
}

async function createPlantClient(
  opcua: Opcua,
  client: OPCUAClient,
  session: ClientSession,
): Promise<PlantClient> {
  const map = await mapPlant(opcua, session);
  const simulationNode = (name: string) => {
    const found = map.simulation.get(name);
    if (found === undefined) throw new Error(`the Simulation object lacks ${name}`);
    return found;
  };
  const now = async (): Promise<number> => {
    const value = await session.read({
      nodeId: simulationNode('SimulatedTime'),
      attributeId: opcua.AttributeIds.Value,
    });
    return value.value.value as number;
  };
  const clock = await followClock(opcua, session, map, simulationNode);
  const connection = watchConnection(client);
  const queued = createQueue();
  const inOrder = <T>(task: () => Promise<T>): Promise<T> =>
    queued(() => Promise.race([task(), connection.lost]));

  return {
    describe: async () => map.description,
    now: () => inOrder(now),
    read: (paths) =>
      inOrder(async () => {
        const addresses = paths.map((path) => {
          const address = map.signals.get(path);
          if (address === undefined) throw new RangeError(`the plant has no signal ${path}`);
          return address;
        });
        if (addresses.length === 0) return [];
        const values = await session.read(
          addresses.map(({ nodeId }) => ({ nodeId, attributeId: opcua.AttributeIds.Value })),
        );
        return values.map((value, i) =>
          toReading(opcua, map, addresses[i] as SignalAddress, value),
        );
      }),
    invoke: (device, command, parameters) =>
      inOrder(() => invoke(opcua, session, map, device, command, parameters)),
    write: (device, signal, value) =>
      inOrder(() => write(opcua, session, map, device, signal, value)),
    waitUntil: (until) => inOrder(() => clock.waitUntil(until)),
    close: async () => {
      const alive = connection.leave();
      if (!alive) return;
      await clock.close();
      await session.close();
      await client.disconnect();
    },
  };
}

/**
 * Lets time pass by the way that the server's mode asks for, which may change at any moment: grants in lockstep,
 * waiting otherwise.
 */
async function followClock(
  opcua: Opcua,
  session: ClientSession,
  map: PlantMap,
  nodeOf: (name: string) => NodeId,
): Promise<{ waitUntil(until: number): Promise<Passed>; close(): Promise<void> }> {
  const mode = await session.read({
    nodeId: nodeOf('Mode'),
    attributeId: opcua.AttributeIds.Value,
  });
  const createOne = (): Promise<Waiter> => createWaiter(opcua, session, nodeOf, map.description);
  let waiter = mode.value.value === LOCKSTEP ? undefined : await createOne();
  /** Undefined when the server is not in lockstep. */
  const grant = async (until: number): Promise<Passed | undefined> => {
    const { statusCode, outputArguments } = await session.call({
      objectId: map.simulationObject,
      methodId: nodeOf('AdvanceUntil'),
      inputArguments: [{ dataType: opcua.DataType.Double, value: until }],
    });
    if (statusCode.name === STATUS_BY_CODE.WRONG_STATE) return undefined;
    if (statusCode.isNotGood()) throw new Error(`AdvanceUntil ended with ${statusCode.name}`);
    const [reached, changed] = outputArguments ?? [];
    return { time: reached?.value as number, changed: (changed?.value ?? []) as string[] };
  };
  return {
    async waitUntil(until) {
      for (;;) {
        const passed = await (waiter === undefined ? grant(until) : waiter.waitUntil(until));
        if (passed !== undefined) return passed;
        if (waiter === undefined) waiter = await createOne();
        else {
          await waiter.close();
          waiter = undefined;
        }
      }
    },
    close: async () => waiter?.close(),
  };
}

/**
 * `lost` rejects when the server is gone. There is no coming back: whoever commands a plant must
 * look at it anew before going on.
 */
function watchConnection(client: OPCUAClient): {
  readonly lost: Promise<never>;
  leave(): boolean;
} {
  let state: 'connected' | 'lost' | 'left' = 'connected';
  const lost = new Promise<never>((_resolve, reject) => {
    const onLost = (): void => {
      if (state !== 'connected') return;
      state = 'lost';
      reject(new Error('the connection to the OPC UA server was lost'));
      client.disconnect().catch(() => {});
    };
    client.on('connection_lost', onLost);
    client.on('close', onLost);
  });
  lost.catch(() => {});
  return {
    lost,
    leave() {
      const alive = state === 'connected';
      if (alive) state = 'left';
      return alive;
    },
  };
}

/** Runs tasks one after the other, whatever becomes of each. */
function createQueue(): <T>(task: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task, task);
    last = result.catch(() => {});
    return result;
  };
}

function toReading(
  opcua: Opcua,
  map: PlantMap,
  { signal }: SignalAddress,
  data: DataValue,
): SignalReading {
  const raw = data.value.value as Value;
  const value = signal.kind === 'enum' ? (signal.values?.[Number(raw)] ?? '') : raw;
  const milliseconds = data.sourceTimestamp?.getTime() ?? 0;
  const fraction = Math.round((data.sourcePicoseconds ?? 0) / 1e6);
  const { StatusCodes } = opcua;
  const { statusCode } = data;
  let quality: Quality = 0;
  if (statusCode.equals(StatusCodes.GoodLocalOverride)) quality = 3;
  else if (statusCode.isBad()) quality = 2;
  else if (statusCode.isNotGood()) quality = 1;
  return { value, time: milliseconds * 1000 + fraction - map.description.epochUnixMicros, quality };
}

async function invoke(
  opcua: Opcua,
  session: ClientSession,
  map: PlantMap,
  device: string,
  command: string,
  parameters: Readonly<Record<string, Value>>,
): Promise<CommandOutcome> {
  const address = map.commands.get(`${device}.${command}`);
  if (address === undefined) {
    return err(refusal(hasDevice(map, device) ? 'UNKNOWN_COMMAND' : 'UNKNOWN_DEVICE'));
  }
  const inputs = encodeArguments(opcua, address, parameters);
  if (!inputs.ok) return inputs;
  const { results, diagnosticInfos } = await session.callWithDiagnostics(
    [{ objectId: address.objectId, methodId: address.methodId, inputArguments: inputs.value }],
    OPERATION_ADDITIONAL_INFO,
  );
  const result = results[0];
  if (result?.statusCode.isGood()) {
    return ok({ operation: Number(result.outputArguments?.[0]?.value ?? 0) });
  }
  const words = diagnosticInfos?.[0]?.additionalInfo ?? '';
  return err(parseRefusal(words) ?? refusalOfStatus(result?.statusCode.name ?? ''));
}

/** Bit of RequestHeader.returnDiagnostics that asks for the server's words on a refused call. */
const OPERATION_ADDITIONAL_INFO = 0x80;

function encodeArguments(
  opcua: Opcua,
  { command, argumentTypes }: CommandAddress,
  parameters: Readonly<Record<string, Value>>,
): { ok: true; value: VariantOptions[] } | { ok: false; error: Refusal } {
  const known = command.parameters.map(({ name }) => name);
  const unknown = Object.keys(parameters).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    const list = known.join(', ') || 'none';
    return err(refusal('INVALID_PARAMETER', `unknown parameter "${unknown}"; known: ${list}`));
  }
  const inputs: VariantOptions[] = [];
  for (const [i, parameter] of command.parameters.entries()) {
    const value = parameters[parameter.name] ?? parameter.default;
    if (value === undefined) {
      return err(refusal('INVALID_PARAMETER', `"${parameter.name}" is missing`));
    }
    const expected = { number: 'number', integer: 'number', boolean: 'boolean' } as const;
    const type = expected[parameter.kind as keyof typeof expected] ?? 'string';
    const whole = parameter.kind !== 'integer' || Number.isSafeInteger(value);
    if (typeof value !== type || !whole) {
      const words = `"${parameter.name}" must be a ${parameter.kind}, not ${JSON.stringify(value)}`;
      return err(refusal('INVALID_PARAMETER', words));
    }
    inputs.push(encodeArgument(opcua, argumentTypes[i] ?? 0, value));
  }
  return ok(inputs);
}

function encodeArgument(opcua: Opcua, dataType: number, value: Value): VariantOptions {
  const { DataType, VariantArrayType } = opcua;
  const { Scalar: arrayType } = VariantArrayType;
  if (dataType === DataType.Int64) {
    return { dataType, arrayType, value: opcua.coerceInt64(Number(value)) };
  }
  // A whole number beyond 32 bits still reaches the server, which refuses it by its range.
  if (dataType === DataType.Int32 && Math.abs(Number(value)) >= 2 ** 31) {
    return { dataType, arrayType, value: Number(value) > 0 ? 2 ** 31 - 1 : -(2 ** 31) };
  }
  return { dataType, arrayType, value };
}

async function write(
  opcua: Opcua,
  session: ClientSession,
  map: PlantMap,
  device: string,
  name: string,
  value: Value,
): Promise<CommandOutcome> {
  const address = map.signals.get(`${device}.${name}`);
  if (address === undefined) {
    return err(refusal(hasDevice(map, device) ? 'UNKNOWN_SIGNAL' : 'UNKNOWN_DEVICE'));
  }
  const { signal } = address;
  if (signal.direction === 'output') return err(refusal('NOT_WRITABLE'));
  const place = signal.kind === 'enum' ? (signal.values ?? []).indexOf(String(value)) : 0;
  if (place < 0) {
    const list = (signal.values ?? []).join(', ');
    return err(refusal('INVALID_PARAMETER', `"${name}" must be one of ${list}`));
  }
  const { DataType } = opcua;
  const encoded: Readonly<Record<string, VariantOptions>> = {
    number: { dataType: DataType.Double, value },
    integer: { dataType: DataType.Double, value },
    boolean: { dataType: DataType.Boolean, value },
    enum: { dataType: DataType.UInt32, value: place },
    text: { dataType: DataType.String, value },
  };
  const expected = { number: 'number', integer: 'number', boolean: 'boolean' } as const;
  if (typeof value !== (expected[signal.kind as keyof typeof expected] ?? 'string')) {
    return err(refusal('INVALID_PARAMETER', `"${name}" must be a ${signal.kind}`));
  }
  const status = await session.write({
    nodeId: address.nodeId,
    attributeId: opcua.AttributeIds.Value,
    value: { value: encoded[signal.kind] as VariantOptions },
  });
  if (status.isGood()) return ok({ operation: 0 });
  const refusalNode = map.refusals.get(device);
  if (refusalNode === undefined) return err(refusalOfStatus(status.name));
  const said = await session.read({ nodeId: refusalNode, attributeId: opcua.AttributeIds.Value });
  const parsed = parseRefusal(String(said.value.value));
  // Another client's refusal may stand there by now; it is ours only if the status agrees.
  const ours = parsed !== undefined && STATUS_BY_CODE[parsed.code] === status.name;
  return err(ours ? parsed : refusalOfStatus(status.name));
}

function hasDevice(map: PlantMap, device: string): boolean {
  return map.description.devices.some(({ id }) => id === device);
}

function parseRefusal(words: string): Refusal | undefined {
  const match = /^([A-Z_]+): ([\s\S]*)$/.exec(words);
  const code = match?.[1];
  if (code === undefined || !(code in ERROR_CATALOGUE)) return undefined;
  return refusal(code as ErrorCode, match?.[2] ?? '');
}

/** Nearest catalogue code of a status that came without words. */
function refusalOfStatus(status: string): Refusal {
  const found = Object.entries(STATUS_BY_CODE).find(([, name]) => name === status);
  return refusal((found?.[0] ?? 'INVALID_PARAMETER') as ErrorCode, `the server answered ${status}`);
}
