import { create } from 'zustand';
import type { BatchProgress, TimeMessage } from '../../kernel/bridge-contract.ts';
import type { AlarmState, DeviceDescription, PlantEvent } from '../../kernel/plant-contract.ts';
import { applySceneChange } from '../../kernel/scene-change.ts';
import type { SceneChange, ViewScene } from '../../kernel/view-contract.ts';

export type Connection = 'connecting' | 'connected' | 'lost' | 'refused';

/** What the host told about the plant, besides frames and signals. */
interface PlantState {
  readonly connection: Connection;
  readonly scene: ViewScene | undefined;
  readonly devices: ReadonlyMap<string, DeviceDescription>;
  readonly time: TimeMessage | undefined;
  readonly alarms: readonly AlarmState[];
  /** Newest first. */
  readonly events: readonly PlantEvent[];
  readonly batches: readonly BatchProgress[];
  /** Faults that the events told of and that are not over: `device.fault`. */
  readonly faults: ReadonlySet<string>;
  setConnection(connection: Connection): void;
  setScene(scene: ViewScene, devices: readonly DeviceDescription[]): void;
  changeScene(change: SceneChange): void;
  setTime(time: TimeMessage): void;
  setAlarms(alarms: readonly AlarmState[]): void;
  addEvents(events: readonly PlantEvent[]): void;
  setBatches(batches: readonly BatchProgress[]): void;
}

const KEPT_EVENTS = 500;

export const plantStore = create<PlantState>((set) => ({
  connection: 'connecting',
  scene: undefined,
  devices: new Map(),
  time: undefined,
  alarms: [],
  events: [],
  batches: [],
  faults: new Set(),
  setConnection: (connection) => set({ connection }),
  setScene: (scene, devices) => set({ scene, devices: new Map(devices.map((d) => [d.id, d])) }),
  changeScene: (change) =>
    set(({ scene }) => (scene === undefined ? {} : { scene: applySceneChange(scene, change) })),
  setTime: (time) => set({ time }),
  setAlarms: (alarms) => set({ alarms }),
  addEvents: (added) =>
    set(({ events, faults }) => {
      const newest = events[0]?.sequence ?? -1;
      // A sequence that starts again belongs to a new run of the host.
      const restarted = added.some(({ sequence }) => sequence === 0) && newest > 0;
      const jump = added.findLast(
        (event) => event.type === 'time.jumped' && !isKnown(event, events),
      );
      const undone = jump?.sequence ?? Number.POSITIVE_INFINITY;
      const kept = restarted ? [] : events.filter(({ sequence }) => sequence < undone);
      const fresh = restarted
        ? added
        : added.filter(({ sequence }) => sequence > (jump === undefined ? newest : undone - 1));
      if (fresh.length === 0) return {};
      return {
        events: [...[...fresh].reverse(), ...kept].slice(0, KEPT_EVENTS),
        faults: followFaults(restarted || jump !== undefined ? new Set() : faults, fresh),
      };
    }),
  setBatches: (batches) => set({ batches }),
}));

/** Whether an event is among those that came before. */
function isKnown(event: PlantEvent, events: readonly PlantEvent[]): boolean {
  return events.some(
    ({ type, time, sequence }) =>
      type === event.type && time === event.time && sequence === event.sequence,
  );
}

/** The same set when no fault began or ended, so that nobody looks in vain. */
function followFaults(
  faults: ReadonlySet<string>,
  events: readonly PlantEvent[],
): ReadonlySet<string> {
  const told = events.filter(({ type }) => type === 'fault.began' || type === 'fault.ended');
  if (told.length === 0) return faults;
  const active = new Set(faults);
  for (const event of told) {
    if (event.type === 'fault.began') active.add(`${event.device}.${event.fault}`);
    else if (event.type === 'fault.ended') active.delete(`${event.device}.${event.fault}`);
  }
  return active;
}
