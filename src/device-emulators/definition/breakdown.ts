import type { AlarmDeclaration } from './command.ts';
import type { AnyDeviceDefinition, FaultDeclaration } from './device.ts';

/** Fault and alarm that every device has: it stops, and takes no commands until it is repaired. */
export const BREAKDOWN = 'breakdown';

const BREAKDOWN_ALARM: AlarmDeclaration = {
  title: 'Broken down',
  priority: 'critical',
  latching: false,
  cause: 'The device has failed and does nothing any more.',
  action: 'Rescue what it holds, then repair the device or put another one in its place.',
};

const BREAKDOWN_FAULT: FaultDeclaration = {
  title: 'Break down',
  description: 'It stops at once and takes no commands until it is repaired.',
};

/** Alarms of a device, the built-in one last. */
export function alarmsOf({
  alarms,
}: AnyDeviceDefinition): Readonly<Record<string, AlarmDeclaration>> {
  return { ...alarms, [BREAKDOWN]: BREAKDOWN_ALARM };
}

/** Names of the faults that a device can have, the built-in one first. */
export function faultsOf({ faults = {} }: AnyDeviceDefinition): readonly string[] {
  return [BREAKDOWN, ...Object.keys(faults)];
}

/** The same with what a person reads about them. */
export function describeFaults({
  faults = {},
}: AnyDeviceDefinition): readonly (FaultDeclaration & { readonly name: string })[] {
  return Object.entries({ [BREAKDOWN]: BREAKDOWN_FAULT, ...faults }).map(
    ([name, { title, description }]) => ({ name, title, description }),
  );
}
