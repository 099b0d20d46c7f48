import type { AlarmDescription, AlarmState } from '../../../kernel/plant-contract.ts';
import { plantStore } from '../../state/plant-store.ts';

export type Priority = AlarmDescription['priority'];

/** Most urgent first. */
export const PRIORITIES: readonly Priority[] = ['critical', 'high', 'medium', 'low'];

/** Number shown in the mark, so that colour is never the only sign. */
export function priorityNumber(priority: Priority): number {
  return PRIORITIES.indexOf(priority) + 1;
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

/** The most urgent alarm of a device, an unacknowledged one before an acknowledged one. */
export function worstAlarm(alarms: readonly AlarmState[], device: string): AlarmState | undefined {
  return byUrgency(alarms.filter((alarm) => alarm.device === device))[0];
}

/** By priority; of one priority the unacknowledged first, then the newest. */
export function byUrgency(alarms: readonly AlarmState[]): AlarmState[] {
  return [...alarms].sort(
    (a, b) =>
      priorityNumber(priorityOf(a)) - priorityNumber(priorityOf(b)) ||
      Number(a.acknowledged) - Number(b.acknowledged) ||
      b.since - a.since,
  );
}
