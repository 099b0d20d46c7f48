import type { AlarmDescription, AlarmState } from '../../kernel/plant-contract.ts';
import { plantStore } from '../state/plant-store.ts';

type Priority = AlarmDescription['priority'];

const ORDER: readonly Priority[] = ['critical', 'high', 'medium', 'low'];

/** Number shown in the mark, so that colour is never the only sign. */
export function priorityNumber(priority: Priority): number {
  return ORDER.indexOf(priority) + 1;
}

/** Declaration of an alarm. */
export function describeAlarm(device: string, alarm: string): AlarmDescription | undefined {
  return plantStore
    .getState()
    .devices.get(device)
    ?.alarms.find(({ name }) => name === alarm);
}

export function priorityOf({ device, alarm }: AlarmState): Priority {
  return describeAlarm(device, alarm)?.priority ?? 'medium';
}

/** Most urgent priority among the alarms of a device. */
export function worstPriority(alarms: readonly AlarmState[], device: string): Priority | undefined {
  const found = alarms.filter((a) => a.device === device).map(priorityOf);
  return ORDER.find((priority) => found.includes(priority));
}
