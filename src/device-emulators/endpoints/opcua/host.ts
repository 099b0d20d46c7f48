import { hostname, networkInterfaces } from 'node:os';
import type {
  AddressSpace,
  BaseNode,
  DataValue,
  ISessionContext,
  OPCUAServer,
  StatusCode,
  StatusCodeCallback,
  UAVariable,
  Variant,
  WriteValueOptions,
} from 'node-opcua';
import { type Refusal, refusal } from '../../../kernel/error-catalogue.ts';
import type { CommandOutcome, PlantCommand, Value } from '../../../kernel/plant-contract.ts';
import {
  type BuiltInput,
  type BuiltMethod,
  type DeviceNodes,
  bindMirrors,
  buildAddressSpace,
} from './address-space.ts';
import { buildAlarms } from './alarms.ts';
import { type CellBoard, createCellBoard, dateOf } from './cells.ts';
import { deriveAddressSpace } from './derive.ts';
import { STATUS_BY_CODE } from './errors.ts';
import { followOperations } from './functional-unit-states.ts';
import { formatRefusal } from './names.ts';
import { type Opcua, loadOpcua } from './opcua-module.ts';
import type { PlantPort } from './port.ts';
import {
  type SecurityOptions,
  isLoopback,
  openCertificateStore,
  restrictToOwner,
  securityProfile,
  securityWarning,
} from './security.ts';
import { addSimulationObject } from './simulation-object.ts';
import { guardSockets } from './socket-guard.ts';

export interface OpcUaHostOptions extends SecurityOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** How time passes, as shown to clients. */
  readonly mode: string;
  /** Period at which changes of the signal table are published [ms]; 50 when absent. */
  readonly pollMilliseconds?: number;
}

export interface OpcUaHost {
  /** Address for clients, with the port really taken. */
  readonly url: string;
  close(): Promise<void>;
}

const MAX_SESSIONS = 50;
const MAX_CONNECTIONS = 50;

/**
 * Serves a plant as LADS devices over OPC UA.
 *
 * @throws InsecureBindError when bound beyond loopback without users
 */
export async function startOpcUaHost(
  port: PlantPort,
  options: OpcUaHostOptions,
): Promise<OpcUaHost> {
  const opcua = await loadOpcua();
  const plan = deriveAddressSpace(port.description);
  if (plan.signalCount !== port.signalCount) {
    throw new RangeError(
      `the signal table has ${port.signalCount} signals, the description ${plan.signalCount}`,
    );
  }
  const profile = securityProfile(opcua, options);
  const server = await createServer(opcua, options, profile);
  const addressSpace = server.engine.addressSpace as AddressSpace;
  const built = buildAddressSpace(opcua, addressSpace, plan);
  const board = createCellBoard(opcua, port, built.cells);
  bindMirrors(built.mirrors, board.snapshot);
  const gate = createCommandGate(opcua, port, board, options);
  for (const method of built.methods) bindCommand(opcua, method, gate);
  for (const input of built.inputs) bindInput(opcua, input, gate, board);
  const onAlarm = buildAlarms(opcua, built, port, gate.acknowledge);
  const simulation = addSimulationObject(
    opcua,
    addressSpace,
    port,
    options.mode,
    board.publishChanges,
  );
  const followUnits = followOperations(opcua, built.devices);
  let closed = false;
  port.onEvent((event) => {
    if (closed) return;
    onAlarm(event);
    simulation.onEvent(event);
    followUnits(event);
  });
  showSimulatedServerTime(addressSpace, port);
  const live = new Set<BaseNode>(built.cells.map((cell) => cell.node));
  serveFromTable(opcua, server, addressSpace, board, live, simulation.publishTime);
  board.publishChanges();
  await server.start();
  guardSockets(server, options.log);
  if (!isLoopback(options.host)) await restrictToOwner(options.certificateFolder);

  const timer = setInterval(() => {
    simulation.publishTime();
    board.publishChanges();
  }, options.pollMilliseconds ?? 50);
  timer.unref();
  const url = `opc.tcp://${urlHost(options.host)}:${boundPort(server)}`;
  const warning = securityWarning(options.host, url);
  if (warning !== undefined) options.log(warning);
  return {
    url,
    async close() {
      closed = true;
      clearInterval(timer);
      await server.shutdown(0);
    },
  };
}

async function createServer(
  opcua: Opcua,
  options: OpcUaHostOptions,
  profile: ReturnType<typeof securityProfile>,
): Promise<OPCUAServer> {
  const { nodesets } = opcua;
  const store = await openCertificateStore(opcua, options);
  const server = new opcua.OPCUAServer({
    ...profile,
    host: options.host,
    port: options.port,
    ...advertisedNames(options.host),
    nodeset_filename: [
      nodesets.standard,
      nodesets.di,
      nodesets.amb,
      nodesets.ia,
      nodesets.machinery,
      nodesets.isa95JobControl,
      nodesets.machineryJobs,
      nodesets.machineryResult,
      nodesets.lads,
    ],
    serverCertificateManager: store,
    userCertificateManager: store,
    registerServerMethod: opcua.RegisterServerMethod.HIDDEN,
    maxConnectionsPerEndpoint: MAX_CONNECTIONS,
    serverCapabilities: {
      maxSessions: MAX_SESSIONS,
      minSupportedSampleRate: 0,
    },
    serverInfo: {
      applicationUri: 'urn:doppel:opcua',
      productUri: 'urn:doppel',
      applicationName: { text: 'Doppel (SIMULATED plant)', locale: 'en' },
    },
    buildInfo: {
      productName: 'Doppel',
      manufacturerName: 'Doppel (SIMULATED)',
    },
  });
  await server.initialize();
  await restrictToOwner(options.certificateFolder);
  return server;
}

/** Host names in the endpoint addresses: those under which clients reach a bind address. */
function advertisedNames(host: string): { hostname: string; alternateHostname: string[] } {
  if (isLoopback(host)) return { hostname: host, alternateHostname: ['127.0.0.1', 'localhost'] };
  if (host !== '0.0.0.0' && host !== '::') return { hostname: host, alternateHostname: [] };
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const reachable = addresses.filter(({ family }) => family === 'IPv4' || host === '::');
  return { hostname: hostname(), alternateHostname: reachable.map(({ address }) => address) };
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function boundPort(server: OPCUAServer): number {
  return server.endpoints[0]?.port ?? 0;
}

/** Passes commands on in the order of their arrival, and remembers refusals where clients look. */
interface CommandGate {
  invoke(
    method: BuiltMethod,
    parameters: Record<string, Value>,
    context: ISessionContext,
  ): Promise<CommandOutcome>;
  write(
    input: BuiltInput,
    value: Value,
    context: ISessionContext | undefined,
  ): Promise<CommandOutcome>;
  acknowledge(device: DeviceNodes, alarm: string, comment: string): void;
}

function createCommandGate(
  opcua: Opcua,
  port: PlantPort,
  board: CellBoard,
  options: OpcUaHostOptions,
): CommandGate {
  let sequence = 0;
  const submit = async (
    device: DeviceNodes,
    context: ISessionContext | undefined,
    command: (client: string, sequence: number) => PlantCommand,
  ): Promise<CommandOutcome> => {
    const outcome: CommandOutcome = mayCommand(context, options)
      ? await port.submit(command(clientOf(context), sequence++))
      : { ok: false, error: refusal('NOT_PERMITTED') };
    board.publishChanges();
    if (!outcome.ok) {
      device.lastRefusal.setValueFromSource(
        { dataType: opcua.DataType.String, value: formatRefusal(outcome.error) },
        opcua.StatusCodes.Good,
        dateOf(port, port.now()),
      );
    }
    return outcome;
  };
  return {
    invoke: (method, parameters, context) =>
      submit(method.device, context, (client, number) => ({
        kind: 'invoke',
        client,
        sequence: number,
        device: method.device.plan.device.id,
        command: method.plan.command.name,
        parameters,
      })),
    write: (input, value, context) =>
      submit(input.device, context, (client, number) => ({
        kind: 'write',
        client,
        sequence: number,
        device: input.device.plan.device.id,
        signal: input.plan.signal.name,
        value,
      })),
    acknowledge(device, alarm, comment) {
      void submit(device, undefined, (client, number) => ({
        kind: 'acknowledge',
        client,
        sequence: number,
        device: device.plan.device.id,
        alarm,
        comment,
      }));
    },
  };
}

interface NamedSession {
  readonly sessionName?: string;
  readonly clientDescription?: { readonly applicationName?: { readonly text?: string | null } };
  readonly userIdentityToken?: { readonly userName?: string | null; readonly password?: Buffer };
}

/** Name under which commands are logged: the client application's, which is the same every run. */
function clientOf(context: ISessionContext | undefined): string {
  const session = context?.session as NamedSession | undefined;
  return session?.clientDescription?.applicationName?.text || session?.sessionName || 'opcua';
}

function mayCommand(context: ISessionContext | undefined, options: OpcUaHostOptions): boolean {
  if (context === undefined || options.roleOf === undefined) return true;
  const user = (context.session as NamedSession | undefined)?.userIdentityToken?.userName;
  return user !== undefined && user !== null && options.roleOf(user) === 'operator';
}

function statusOf(opcua: Opcua, problem: Refusal): StatusCode {
  return opcua.StatusCodes[STATUS_BY_CODE[problem.code]];
}

function bindCommand(opcua: Opcua, method: BuiltMethod, gate: CommandGate): void {
  method.node.bindMethod(async (inputs: Variant[], context: ISessionContext) => {
    const parameters: Record<string, Value> = {};
    method.plan.arguments.forEach((argument, i) => {
      const raw: unknown = inputs[i]?.value;
      parameters[argument.parameter.name] =
        argument.wireType === 'Int64'
          ? Number(opcua.Int64ToBigInt(raw as [number, number]))
          : (raw as Value);
    });
    const outcome = await gate.invoke(method, parameters, context);
    if (!outcome.ok) {
      const words = formatRefusal(outcome.error);
      return {
        statusCode: statusOf(opcua, outcome.error),
        statusText: words,
        diagnosticInfo: { additionalInfo: words },
      };
    }
    return {
      statusCode: opcua.StatusCodes.Good,
      outputArguments: [{ dataType: opcua.DataType.UInt32, value: outcome.value.operation }],
    };
  });
}

/** Writing a set-point becomes a command of the writing session. */
function bindInput(opcua: Opcua, input: BuiltInput, gate: CommandGate, board: CellBoard): void {
  const { node } = input.cell;
  const values = input.plan.signal.values ?? [];
  const write = (
    context: ISessionContext | null,
    options: WriteValueOptions,
    callback: StatusCodeCallback,
  ): void => {
    const dataValue = options.value as DataValue | undefined;
    if (options.attributeId !== opcua.AttributeIds.Value || dataValue?.value === undefined) {
      callback(null, opcua.StatusCodes.BadNotWritable);
      return;
    }
    const { value: variant } = dataValue;
    if (variant.dataType !== opcua.DataType[input.plan.wireType] || Array.isArray(variant.value)) {
      callback(null, opcua.StatusCodes.BadTypeMismatch);
      return;
    }
    const value: Value =
      input.plan.signal.kind === 'enum' ? (values[variant.value] ?? '') : variant.value;
    gate.write(input, value, context ?? undefined).then(
      (outcome) => {
        board.refresh(node);
        callback(null, outcome.ok ? opcua.StatusCodes.Good : statusOf(opcua, outcome.error));
      },
      () => callback(null, opcua.StatusCodes.BadInternalError),
    );
  };
  Object.assign(node, { writeAttribute: write });
}

/** `ServerStatus.CurrentTime` is simulated time. */
function showSimulatedServerTime(addressSpace: AddressSpace, port: PlantPort): void {
  const status = addressSpace.rootFolder.objects.server.serverStatus as unknown as {
    $extensionObject: object;
    currentTime: UAVariable;
  };
  status.$extensionObject = new Proxy(status.$extensionObject, {
    get(target, name): unknown {
      const value: unknown = Reflect.get(target, name);
      return name === 'currentTime' ? dateOf(port, port.now()) : value;
    },
  });
}

/**
 * Reads see the signal table as it is now, and subscriptions are served by exception: whatever
 * sampling interval a client asks for, values arrive when they change.
 */
function serveFromTable(
  opcua: Opcua,
  server: OPCUAServer,
  addressSpace: AddressSpace,
  board: CellBoard,
  live: ReadonlySet<BaseNode>,
  publishTime: () => void,
): void {
  const find = (id: {
    readonly nodeId: Parameters<AddressSpace['findNode']>[0];
  }): BaseNode | null => addressSpace.findNode(id.nodeId);
  server.on('request', (request: unknown) => {
    if (request instanceof opcua.ReadRequest) {
      publishTime();
      for (const item of request.nodesToRead ?? []) {
        const node = find(item);
        if (node !== null && live.has(node)) board.refresh(node as UAVariable);
      }
    } else if (request instanceof opcua.CreateMonitoredItemsRequest) {
      for (const item of request.itemsToCreate ?? []) {
        const node = find(item.itemToMonitor);
        if (node !== null && live.has(node)) item.requestedParameters.samplingInterval = 0;
      }
    } else if (request instanceof opcua.ModifyMonitoredItemsRequest) {
      for (const item of request.itemsToModify ?? []) item.requestedParameters.samplingInterval = 0;
    }
  });
}
