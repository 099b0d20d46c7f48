import type { LocalizedText, Namespace, UAAlarmConditionEx, UAVariable } from 'node-opcua';
import type { PlantEvent } from '../../../kernel/plant-contract.ts';
import type { DeviceNodes } from './address-space.ts';
import { dateOf } from './cells.ts';
import type { AlarmPlan } from './derive.ts';
import type { Opcua } from './opcua-module.ts';
import type { PlantPort } from './port.ts';

interface AlarmNode {
  readonly node: UAAlarmConditionEx;
  readonly plan: AlarmPlan;
  readonly device: DeviceNodes;
  active: boolean;
  acknowledged: boolean;
}

/** States of a condition that take the instant of their change; the library's types leave it out. */
interface TimedStates {
  setActiveState(active: boolean, when: Transition): void;
  setAckedState(acknowledged: boolean, when: Transition): void;
}

interface Transition {
  readonly transitionTime: Date;
  readonly effectiveTransitionTime: Date;
}

/** DeviceHealth of OPC 10000-100 (NAMUR NE 107). */
const HEALTH = { normal: 0, failure: 1, offSpec: 3 } as const;

/** Conditions of devices, kept equal to the plant's alarms. */
export interface AlarmBoard {
  /** Gives every declared alarm of a device a condition; none of them may have been raised yet. */
  add(device: DeviceNodes): void;
  /** Takes in an event of a device that was added. */
  onEvent(event: AlarmEvent): void;
  /** The plant stands at another moment: no alarm is there but those that are told of next. */
  reset(time: number): void;
}

export type AlarmEvent = Extract<
  PlantEvent,
  { type: 'alarm.raised' | 'alarm.cleared' | 'alarm.acknowledged' }
>;

export function isAlarmEvent(event: PlantEvent): event is AlarmEvent {
  return event.type.startsWith('alarm.');
}

/** Acknowledging a condition calls `acknowledge`. */
export function createAlarmBoard(
  opcua: Opcua,
  namespace: Namespace,
  port: PlantPort,
  acknowledge: (device: DeviceNodes, alarm: string, comment: string) => void,
): AlarmBoard {
  const { DataType } = opcua;
  const alarms = new Map<string, AlarmNode>();
  const keyOf = (device: string, alarm: string): string => `${device}!${alarm}`;

  function addAlarm(device: DeviceNodes, plan: AlarmPlan): AlarmNode {
    const { alarm } = plan;
    const node = namespace.instantiateOffNormalAlarm({
      browseName: { name: alarm.name, namespaceIndex: namespace.index },
      nodeId: `s=${keyOf(device.plan.device.id, alarm.name)}`,
      displayName: alarm.title,
      description: alarm.cause,
      conditionName: alarm.name,
      conditionSource: device.object,
      componentOf: device.object,
      inputNode: opcua.NodeId.nullNodeId,
      normalState: opcua.NodeId.nullNodeId,
    });
    const property = (name: string, dataType: number, value: unknown): UAVariable =>
      namespace.addVariable({
        browseName: name,
        propertyOf: node,
        dataType,
        value: { dataType, value },
        accessLevel: 'CurrentRead',
        userAccessLevel: 'CurrentRead',
      });
    node.sourceName.setValueFromSource({
      dataType: DataType.String,
      value: device.plan.device.id,
    });
    property('Priority', DataType.String, alarm.priority);
    property('Latching', DataType.Boolean, alarm.latching);
    property('Cause', DataType.String, alarm.cause);
    property('OperatorAction', DataType.String, alarm.action);
    const condition = node as unknown as UAAlarmConditionEx;
    const start = transitionAt(dateOf(port, port.now()));
    statesOf(condition).setActiveState(false, start);
    statesOf(condition).setAckedState(true, start);
    const entry: AlarmNode = {
      node: condition,
      plan,
      device,
      active: false,
      acknowledged: true,
    };
    node.on('acknowledged', (_eventId: Buffer | null, comment: LocalizedText) => {
      if (entry.acknowledged) return;
      entry.acknowledged = true;
      acknowledge(device, alarm.name, comment.text ?? '');
      // A condition that is neither active nor unacknowledged is of no more interest.
      if (!entry.active) publish(entry, port.now(), `${alarm.title}: acknowledged`);
    });
    return entry;
  }

  function publish(entry: AlarmNode, time: number, message: string): void {
    const instant = dateOf(port, time);
    const states = statesOf(entry.node);
    states.setActiveState(entry.active, transitionAt(instant));
    states.setAckedState(entry.acknowledged, transitionAt(instant));
    entry.node.raiseNewCondition({
      message: { text: message },
      severity: entry.plan.severity,
      quality: opcua.StatusCodes.Good,
      retain: entry.active || !entry.acknowledged,
      time: instant,
      receiveTime: instant,
    });
  }

  function publishHealth(device: DeviceNodes, time: number): void {
    const active = device.plan.alarms.filter(
      ({ alarm }) => alarms.get(keyOf(device.plan.device.id, alarm.name))?.active === true,
    );
    const worst = Math.max(0, ...active.map(({ severity }) => severity));
    const value = worst >= 900 ? HEALTH.failure : worst > 0 ? HEALTH.offSpec : HEALTH.normal;
    device.health?.setValueFromSource(
      { dataType: DataType.Int32, value },
      opcua.StatusCodes.Good,
      dateOf(port, time),
    );
  }

  function onEvent(event: AlarmEvent): void {
    const entry = alarms.get(keyOf(event.device, event.alarm));
    if (entry === undefined) return;
    const { title } = entry.plan.alarm;
    if (event.type === 'alarm.raised') {
      entry.active = true;
      entry.acknowledged = false;
      publish(entry, event.time, event.details === '' ? title : `${title}: ${event.details}`);
    } else if (event.type === 'alarm.cleared') {
      entry.active = false;
      publish(entry, event.time, `${title}: cleared`);
    } else if (!entry.acknowledged) {
      entry.acknowledged = true;
      publish(entry, event.time, `${title}: acknowledged`);
    }
    publishHealth(entry.device, event.time);
  }

  return {
    add(device) {
      for (const plan of device.plan.alarms) {
        alarms.set(keyOf(device.plan.device.id, plan.alarm.name), addAlarm(device, plan));
      }
    },
    onEvent,
    reset(time) {
      for (const entry of alarms.values()) {
        if (!entry.active && entry.acknowledged) continue;
        entry.active = false;
        entry.acknowledged = true;
        publish(entry, time, `${entry.plan.alarm.title}: undone by a jump of time`);
        publishHealth(entry.device, time);
      }
    },
  };
}

function statesOf(node: UAAlarmConditionEx): TimedStates {
  return node.currentBranch() as unknown as TimedStates;
}

function transitionAt(instant: Date): Transition {
  return { transitionTime: instant, effectiveTransitionTime: instant };
}
