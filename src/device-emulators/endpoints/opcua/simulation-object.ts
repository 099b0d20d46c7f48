import type {
  AddressSpace,
  ISessionContext,
  UAVariable,
  Variant,
  VariantOptions,
} from 'node-opcua';
import { type ChangeLog, createChangeLog, isDecisive } from '../../../kernel/change-log.ts';
import type { PlantEvent } from '../../../kernel/plant-contract.ts';
import { ok } from '../../../kernel/result.ts';
import { addBenchMethods } from './bench-methods.ts';
import { dateOf } from './cells.ts';
import { NAMESPACES } from './names.ts';
import type { Opcua } from './opcua-module.ts';
import type { PlantPort } from './port.ts';
import { refusedCall } from './refused-call.ts';

/** Devices that `RecentChanges` names at most; whoever looks more rarely must look at all. */
export const RECENT_CHANGES = 200;

/** Of the event that tells of a jump of time, from 1 to 1000. */
const JUMP_SEVERITY = 500;

type Jump = Extract<PlantEvent, { type: 'time.jumped' }>;

/** The simulated clock as clients see it. */
export interface SimulationObject {
  /** A session is gone. */
  left(caller: string): void;
  /** Publishes the present simulated time. */
  publishTime(): void;
  onEvent(event: PlantEvent): void;
}

export interface SimulationOptions {
  mayAdvance(context: ISessionContext): boolean;
  /** Name under which a session holds the clock. */
  callerOf(context: ISessionContext): string;
  /** Runs before an advance is answered: its caller then reads the plant at the time reached. */
  afterAdvance(): void;
}

/**
 * Object `Simulation` under Objects: scene, epoch, simulated time, the method by which time passes in
 * lockstep, and those of the test bench. A jump of time is told by a system event of the server.
 */
export function addSimulationObject(
  opcua: Opcua,
  addressSpace: AddressSpace,
  port: PlantPort,
  options: SimulationOptions,
): SimulationObject {
  const { DataType, StatusCodes } = opcua;
  const namespace = addressSpace.registerNamespace(NAMESPACES.simulation);
  const object = namespace.addObject({
    browseName: 'Simulation',
    nodeId: 's=Simulation',
    organizedBy: addressSpace.rootFolder.objects,
    description: 'SIMULATED plant: what stands behind this server, and its clock',
  });
  const addVariable = (
    name: string,
    description: string,
    value: VariantOptions & { dataType: number },
  ): UAVariable =>
    namespace.addVariable({
      browseName: name,
      nodeId: `s=Simulation.${name}`,
      componentOf: object,
      description,
      dataType: value.dataType,
      value,
      accessLevel: 'CurrentRead',
      userAccessLevel: 'CurrentRead',
      minimumSamplingInterval: 0,
    });
  const double = (value: number) => ({ dataType: DataType.Double, value });
  const count = (value: number) => ({ dataType: DataType.UInt32, value });
  const instant = (value: Date) => ({ dataType: DataType.DateTime, value });

  const { description } = port;
  addVariable('Scene', 'Name of the scene', {
    dataType: DataType.String,
    value: description.scene,
  });
  addVariable('Title', 'Title of the scene', {
    dataType: DataType.String,
    value: description.title,
  });
  const text = (value: string) => ({ dataType: DataType.String, value });
  const mode = addVariable(
    'Mode',
    'How time passes: realtime, a factor, max or lockstep',
    text(port.mode()),
  );
  addVariable('Epoch', 'UTC instant of simulated time zero', instant(dateOf(port, 0)));
  addVariable(
    'EpochMicros',
    'Simulated time zero in microseconds since 1970-01-01T00:00:00Z',
    double(description.epochUnixMicros),
  );
  const time = addVariable('SimulatedTime', 'Microseconds since the epoch', double(port.now()));
  const dateTime = addVariable(
    'SimulatedDateTime',
    'Simulated time as a UTC instant',
    instant(dateOf(port, port.now())),
  );
  const ended = addVariable('OperationsEnded', 'Operations completed or failed so far', count(0));
  const raised = addVariable('AlarmsRaised', 'Alarms raised so far', count(0));
  const texts = (value: string[]) => ({
    dataType: DataType.String,
    arrayType: opcua.VariantArrayType.Array,
    value,
  });
  const changes = addVariable(
    'RecentChanges',
    `How often an operation ended or an alarm changed so far, then the devices of the latest ${RECENT_CHANGES} times, newest last`,
    texts(['0']),
  );
  /** What has changed since each caller of AdvanceUntil was answered. */
  const changeLogs = new Map<string, ChangeLog>();
  const recent: string[] = [];
  let changeCount = 0;
  let operationsEnded = 0;
  let alarmsRaised = 0;
  let published = Number.NaN;
  let shownMode = port.mode();

  const raiseJump = ({ from, time: to }: Jump, date: Date): void => {
    const { server } = addressSpace.rootFolder.objects;
    server.raiseEvent('SystemEventType', {
      message: {
        dataType: DataType.LocalizedText,
        value: { text: `Simulated time was set from ${from} us to ${to} us; read anew` },
      },
      severity: { dataType: DataType.UInt16, value: JUMP_SEVERITY },
      sourceName: { dataType: DataType.String, value: 'Simulation' },
      sourceNode: { dataType: DataType.NodeId, value: object.nodeId },
      time: { dataType: DataType.DateTime, value: date },
      receiveTime: { dataType: DataType.DateTime, value: date },
    });
  };
  const simulation: SimulationObject = {
    left(caller) {
      changeLogs.delete(caller);
      port.bench?.left(caller);
    },
    publishTime() {
      const now = port.now();
      if (port.mode() !== shownMode) {
        shownMode = port.mode();
        mode.setValueFromSource(text(shownMode), StatusCodes.Good, dateOf(port, now));
      }
      if (now === published) return;
      published = now;
      const date = dateOf(port, now);
      time.setValueFromSource(double(now), StatusCodes.Good, date);
      dateTime.setValueFromSource(instant(date), StatusCodes.Good, date);
    },
    onEvent(event) {
      const date = dateOf(port, event.time);
      for (const log of changeLogs.values()) log.note(event);
      if (event.type === 'time.jumped') raiseJump(event, date);
      if (isDecisive(event)) {
        changeCount++;
        recent.push(event.device);
        if (recent.length > RECENT_CHANGES) recent.shift();
        changes.setValueFromSource(texts([String(changeCount), ...recent]), StatusCodes.Good, date);
      }
      if (event.type === 'device.operation.completed' || event.type === 'device.operation.failed') {
        operationsEnded++;
        ended.setValueFromSource(count(operationsEnded), StatusCodes.Good, date);
      } else if (event.type === 'alarm.raised') {
        alarmsRaised++;
        raised.setValueFromSource(count(alarmsRaised), StatusCodes.Good, date);
      }
    },
  };

  const method = namespace.addMethod(object, {
    browseName: 'AdvanceUntil',
    nodeId: 's=Simulation.AdvanceUntil',
    description:
      'Lets simulated time pass until the given time, an operation ends or an alarm changes; what did so since the last call ends this one at once',
    inputArguments: [
      {
        name: 'Until',
        dataType: DataType.Double,
        valueRank: -1,
        description: { text: 'Simulated time in microseconds since the epoch' },
      },
    ],
    outputArguments: [
      {
        name: 'Reached',
        dataType: DataType.Double,
        valueRank: -1,
        description: { text: 'Simulated time reached, in microseconds since the epoch' },
      },
      {
        name: 'Changed',
        dataType: DataType.String,
        valueRank: 1,
        description: {
          text: 'Devices of which an operation ended or an alarm changed since the last call',
        },
      },
    ],
  });
  method.bindMethod(async (inputs: Variant[], context: ISessionContext) => {
    if (!options.mayAdvance(context)) return { statusCode: StatusCodes.BadUserAccessDenied };
    const until = Number(inputs[0]?.value);
    if (!Number.isSafeInteger(until) || until < 0) {
      return { statusCode: StatusCodes.BadOutOfRange };
    }
    const caller = options.callerOf(context);
    const log = changeLogs.get(caller) ?? createChangeLog();
    changeLogs.set(caller, log);
    const outcome = log.urgent ? ok(port.now()) : await port.advance(until, caller);
    simulation.publishTime();
    options.afterAdvance();
    if (!outcome.ok) return refusedCall(opcua, outcome.error);
    const changed = texts([...log.take()]);
    return { statusCode: StatusCodes.Good, outputArguments: [double(outcome.value), changed] };
  });
  if (port.bench !== undefined) {
    addBenchMethods(opcua, {
      ...{ namespace, object, bench: port.bench },
      mayCall: options.mayAdvance,
      callerOf: options.callerOf,
      afterCall: () => {
        simulation.publishTime();
        options.afterAdvance();
      },
    });
  }
  return simulation;
}
