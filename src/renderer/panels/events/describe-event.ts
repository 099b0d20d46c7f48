import type { DeviceDescription, PlantEvent } from '../../../kernel/plant-contract.ts';
import { formatSpan } from '../format.ts';

export const EVENT_KINDS = [
  'operations',
  'moves',
  'refusals',
  'alarms',
  'faults',
  'violations',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export function kindOf({ type }: PlantEvent): EventKind {
  switch (type) {
    case 'device.operation.started':
    case 'device.operation.completed':
      return 'operations';
    case 'vessel.placed':
    case 'vessel.taken':
      return 'moves';
    case 'device.operation.failed':
    case 'device.command.refused':
      return 'refusals';
    case 'observer.violation':
      return 'violations';
    case 'alarm.raised':
    case 'alarm.cleared':
    case 'alarm.acknowledged':
      return 'alarms';
    case 'fault.began':
    case 'fault.ended':
    case 'signal.forced':
    case 'signal.released':
    case 'time.jumped':
      return 'faults';
  }
}

/** Whether a person should look at it. */
export function isAbnormal(event: PlantEvent): boolean {
  return (
    kindOf(event) === 'violations' ||
    kindOf(event) === 'refusals' ||
    ['alarm.raised', 'fault.began'].includes(event.type)
  );
}

/** What happened, in a sentence without its time and device. */
export function describeEvent(event: PlantEvent, device: DeviceDescription | undefined): string {
  const titleOf = (command: string): string =>
    device?.commands.find(({ name }) => name === command)?.title ?? command;
  switch (event.type) {
    case 'device.operation.started':
      return `${titleOf(event.command)} started`;
    case 'device.operation.completed':
      return `${titleOf(event.command)} completed`;
    case 'device.operation.failed':
      return `${titleOf(event.command)} failed · ${event.code}: ${event.message}`;
    case 'device.command.refused':
      return `${titleOf(event.command)} refused · ${event.code}: ${event.message}`;
    case 'observer.violation': {
      const { observer, cause, batch } = event.violation;
      return `Rule ${observer} broken${batch === '' ? '' : ` for batch ${batch}`}: ${cause}`;
    }
    case 'vessel.placed':
    case 'vessel.taken': {
      const of = event.batch === '' ? '' : ` of ${event.batch}`;
      const way = event.type === 'vessel.placed' ? 'put into' : 'taken out of';
      return `${event.vessel}${of} ${way} ${event.place}`;
    }
    case 'signal.forced':
      return `Signal ${event.signal} forced`;
    case 'signal.released':
      return `Signal ${event.signal} released`;
    case 'time.jumped':
      return event.from > event.time
        ? `Time set back by ${formatSpan(event.from - event.time)}`
        : `Time set forward by ${formatSpan(event.time - event.from)}`;
    case 'fault.began':
      return `Fault “${event.fault}” put in`;
    case 'fault.ended':
      return `Fault “${event.fault}” taken away`;
    case 'alarm.raised':
    case 'alarm.cleared':
    case 'alarm.acknowledged': {
      const title = device?.alarms.find(({ name }) => name === event.alarm)?.title ?? event.alarm;
      const what = event.type.slice('alarm.'.length);
      return `Alarm “${title}” ${what}${event.details === '' ? '' : ` · ${event.details}`}`;
    }
  }
}

/** Who asked for it, where that is known. */
export function clientOf(event: PlantEvent): string {
  return 'client' in event ? event.client : '';
}
