import type { EffectContext, ReadContext } from '../../definition/device.ts';
import { type Relaxation, settled } from '../../../physics/mechanism/relaxation.ts';
import { resting, type Travel } from '../../../physics/mechanism/travel.ts';

export const SLOTS = 8;

/** Culture in one slot. */
export interface Slot {
  /** Whether gas is wanted. */
  incubating: boolean;
  /** Rocking [rad/s]. */
  agitation: number;
  /** Perfusion [1/s]: volumes of the contents per time. */
  rate: number;
  /** Number of the latest pulse that was scheduled, and whether it is still to come. */
  pulse: number;
  isPulseDue: boolean;
}

/** A cassette on its way between the transfer place and a slot. */
export interface Ride {
  readonly vessel: string;
  readonly slot: number;
  readonly to: string;
}

/** What the incubator is doing; plain data. */
export interface IncubationState {
  temperatureSetpoint: number;
  co2Setpoint: number;
  oxygenSetpoint: number;
  humiditySetpoint: number;
  /** Climate of the chamber. */
  temperature: Relaxation;
  co2: Relaxation;
  oxygen: Relaxation;
  humidity: Relaxation;
  readonly slots: Slot[];
  ride: Ride | undefined;
  /** Place of the lift: 0 at the transfer place to 1 at its slot. */
  lift: Travel;
  /** Slot whose cassette is taken out by hand. */
  released: number;
  /** Liquid being pumped. */
  pump:
    | { readonly kind: 'feed' | 'exchange'; readonly slot: number; readonly volume: number }
    | undefined;
  /** Fresh medium given so far [m3]. */
  given: number;
}

/** Configuration, SI. */
export interface IncubationConfig {
  readonly pulseInterval: number;
  readonly flow: number;
  readonly liftTime: number;
  readonly handTime: number;
  readonly kLa: number;
  readonly slotConductance: number;
}

export type Context = EffectContext<IncubationConfig, IncubationState>;
export type Reader = ReadContext<IncubationConfig, IncubationState>;

const IDLE_SLOT: Slot = { incubating: false, agitation: 0, rate: 0, pulse: 0, isPulseDue: false };

/** Warm and gassed, without cassettes. */
export function atSetpoints(): IncubationState {
  const setpoints = {
    temperatureSetpoint: 310.15,
    co2Setpoint: 0.05,
    oxygenSetpoint: 0.2,
    humiditySetpoint: 0.95,
  };
  return {
    ...setpoints,
    temperature: settled(setpoints.temperatureSetpoint),
    co2: settled(setpoints.co2Setpoint),
    oxygen: settled(setpoints.oxygenSetpoint),
    humidity: settled(setpoints.humiditySetpoint),
    slots: Array.from({ length: SLOTS }, () => ({ ...IDLE_SLOT })),
    ride: undefined,
    lift: resting(0),
    released: 1,
    pump: undefined,
    given: 0,
  };
}

export function slotName(slot: number): string {
  return `slot${slot}`;
}

export function slotOf(
  { state }: { readonly state: Readonly<IncubationState> },
  slot: number,
): Slot {
  const found = state.slots[slot - 1];
  if (found === undefined) throw new RangeError(`no slot ${slot}`);
  return found;
}

/** Culture and pulses of a slot end, as when its cassette leaves. */
export function clearSlot(slot: Slot): void {
  Object.assign(slot, { incubating: false, agitation: 0, rate: 0 });
}

/** Whether the incubator has power and works. */
export function isRunning({
  plant,
  machineState,
}: Pick<Reader, 'plant' | 'machineState'>): boolean {
  return machineState !== 'broken' && plant.isPowered();
}

/** Whether gas and liquid can reach the cassette in a slot. */
export function isOpen({ plant }: Pick<Reader, 'plant'>, slot: number): boolean {
  const coupling = plant.coupling(slotName(slot));
  return coupling?.open === true && coupling.ports === 'perfusion';
}
