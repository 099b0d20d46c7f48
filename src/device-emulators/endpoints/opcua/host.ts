import { hostname, networkInterfaces } from 'node:os';
import type { AddressSpace, BaseNode, OPCUAServer, ServerSession, UAVariable } from 'node-opcua';
import { bindMirrors, buildAddressSpace } from './address-space.ts';
import { createAlarmBoard, isAlarmEvent } from './alarms.ts';
import { type CellBoard, createCellBoard, dateOf } from './cells.ts';
import { bindCommand, bindInput, callerOf, createCommandGate, mayCommand } from './command-gate.ts';
import { deriveAddressSpace } from './derive.ts';
import { createUnitStates } from './functional-unit-states.ts';
import { type Opcua, loadOpcua, nodesetFiles } from './opcua-module.ts';
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
import { wantedDevices } from './wanted-devices.ts';

export interface OpcUaHostOptions extends SecurityOptions {
  /** 0 takes any free port. */
  readonly port: number;
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
  const board = createCellBoard(opcua, port);
  board.add(built.cells);
  const gate = createCommandGate(opcua, port, board, options);
  const alarms = createAlarmBoard(opcua, built.namespace, port, gate.acknowledge);
  const unitStates = createUnitStates(opcua, port.description);
  const unseen = new Map(built.devices.map((device) => [device.plan.device.id, device] as const));
  // A plant has a hundred nodes and more to a device, and a client often looks at a few devices only.
  const unfold = (id: string): void => {
    const device = unseen.get(id);
    if (device === undefined || !unseen.delete(id)) return;
    const { units, cells, mirrors, methods, inputs } = built.addFunctionalUnits(device);
    board.add(cells);
    bindMirrors(mirrors, board.snapshot);
    for (const method of methods) bindCommand(opcua, method, gate);
    for (const input of inputs) bindInput(opcua, input, gate, board);
    alarms.add(device);
    unitStates.add(id, units);
  };
  const simulation = addSimulationObject(opcua, addressSpace, port, {
    callerOf: ({ session }) => (session === undefined ? '' : callerOf(session)),
    mayAdvance: (context) => mayCommand(context, options),
    afterAdvance: board.publishChanges,
  });
  let closed = false;
  port.onEvent((event) => {
    if (closed) return;
    if (isAlarmEvent(event)) {
      // Whoever listens to events gets them of devices that nobody looked at, too.
      unfold(event.device);
      alarms.onEvent(event);
    }
    if (event.type === 'time.jumped') alarms.reset(event.time);
    simulation.onEvent(event);
    unitStates.onEvent(event);
  });
  showSimulatedServerTime(addressSpace, port);
  const isDevice = (name: string): boolean => unseen.has(name);
  server.on('request', (request: unknown) => {
    for (const id of wantedDevices(opcua, request, built.namespace.index, isDevice)) unfold(id);
  });
  server.on('session_closed', (session) => simulation.left(callerOf(session)));
  // A session may outlive its connection, but who cannot be reached does not hold the clock.
  server.on('closeChannel', (channel) => {
    for (const session of Object.values(channel.sessionTokens)) {
      port.bench?.left(callerOf(session as ServerSession));
    }
  });
  serveFromTable(opcua, server, addressSpace, board, simulation.publishTime);
  board.publishChanges();
  await server.start();
  guardSockets(server, MAX_CONNECTIONS, options.log);
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
  const store = await openCertificateStore(opcua, options);
  const server = new opcua.OPCUAServer({
    ...profile,
    host: options.host,
    port: options.port,
    ...advertisedNames(options.host),
    nodeset_filename: nodesetFiles(opcua),
    serverCertificateManager: store,
    userCertificateManager: store,
    registerServerMethod: opcua.RegisterServerMethod.HIDDEN,
    maxConnectionsPerEndpoint: 2 * MAX_CONNECTIONS,
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
        if (node !== null && board.has(node)) board.refresh(node as UAVariable);
      }
    } else if (request instanceof opcua.CreateMonitoredItemsRequest) {
      for (const item of request.itemsToCreate ?? []) {
        const node = find(item.itemToMonitor);
        if (node !== null && board.has(node)) item.requestedParameters.samplingInterval = 0;
      }
    } else if (request instanceof opcua.ModifyMonitoredItemsRequest) {
      for (const item of request.itemsToModify ?? []) item.requestedParameters.samplingInterval = 0;
    }
  });
}
