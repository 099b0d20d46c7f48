import type { PlantEvent } from './plant-contract.ts';

/** Events after which control software may want to decide. */
export function isDecisive(event: PlantEvent): boolean {
  return (
    event.type === 'device.operation.completed' ||
    event.type === 'device.operation.failed' ||
    event.type === 'alarm.raised' ||
    event.type === 'alarm.cleared'
  );
}

/** Devices of which an operation ended or an alarm changed, between two looks of one client. */
export interface ChangeLog {
  note(event: PlantEvent): void;
  /** Whether a change came unasked: an operation that took no time was seen by whoever began it. */
  readonly urgent: boolean;
  /** The devices in the order of their first change; the log is empty afterwards. */
  take(): readonly string[];
}

export function createChangeLog(): ChangeLog {
  let changed = new Set<string>();
  let urgent = false;
  /** Latest operation of each device and its beginning. */
  const started = new Map<string, { readonly operation: number; readonly time: number }>();
  return {
    note(event) {
      const { device, time } = event;
      if (event.type === 'device.operation.started') {
        started.set(device, { operation: event.operation, time });
      }
      if (!isDecisive(event)) return;
      changed.add(device);
      const begun = started.get(device);
      const isInstant =
        event.type === 'device.operation.completed' &&
        begun?.operation === event.operation &&
        begun.time === time;
      urgent ||= !isInstant;
    },
    get urgent() {
      return urgent;
    },
    take() {
      const devices = [...changed];
      changed = new Set();
      urgent = false;
      return devices;
    },
  };
}
