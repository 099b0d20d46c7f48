import type { ScheduledEvent } from '../kernel/event-queue.ts';
import type { PlantCommand } from '../kernel/plant-contract.ts';
import type { Micros } from '../kernel/time.ts';
import type { MachineEvent } from '../device-emulators/definition/device.ts';
import type { StoredDevice } from './device-runtime.ts';
import type { StoredFall } from './falls.ts';
import type { MassBalanceState } from './mass-balance.ts';
import type { StoredWatch } from './observers/observer-board.ts';
import type { PlantState } from './plant-state.ts';
import type { Force } from './forces.ts';
import type { FailedSensor } from './sensor-faults.ts';
import type { StoredReadings } from './readings.ts';
import type { UsageState } from './usage.ts';

/** What is to happen at a time. */
export type Payload =
  | {
      readonly kind: 'machine';
      readonly device: string;
      readonly event: MachineEvent;
    }
  | { readonly kind: 'flow'; readonly line: string }
  | { readonly kind: 'fall'; readonly zone: string }
  | { readonly kind: 'rail'; readonly track: string; readonly shuttle: string }
  | { readonly kind: 'watch' };

/** One entry of the command log: with scene and seed, all that a run depends on. */
export interface LoggedCommand {
  readonly time: Micros;
  readonly command: PlantCommand;
  readonly refused: string;
}

/** Everything about a twin that changes; with scene and seed, all that its future depends on. */
export interface TwinState {
  readonly time: Micros;
  readonly eventSequence: number;
  readonly watchAt: Micros;
  readonly queue: readonly ScheduledEvent<Payload>[];
  /** Handle of the next event. */
  readonly upcoming: number;
  readonly log: readonly LoggedCommand[];
  readonly plant: PlantState;
  readonly usage: UsageState;
  readonly massBalance: MassBalanceState;
  readonly falls: readonly StoredFall[];
  readonly observers: readonly StoredWatch[];
  readonly sensors: readonly StoredReadings[];
  readonly forces: readonly (readonly [path: string, force: Force])[];
  readonly sensorFaults: readonly (readonly [path: string, faults: readonly FailedSensor[]])[];
  readonly devices: readonly (readonly [id: string, state: StoredDevice])[];
}
