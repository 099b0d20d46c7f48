import { relaxTo } from '../../../physics/mechanism/relaxation.ts';
import type { VesselEnvironment } from '../../definition/plant-port.ts';
import { type Context, isOpen, isRunning, type Slot, SLOTS, slotName, slotOf } from './state.ts';

const PRESSURE = 101_325;
/** Oxygen and carbon dioxide of air. */
const AIR_OXYGEN = 0.2095;
const AIR_CO2 = 4e-4;

/** Time constants of the chamber [s]; all assumed: heated, insulated and cooling, filled with gas, leaking. */
const HEATING = 600;
const COOLING = 3 * 3600;
const GASSING = 300;
const LEAKING = 1800;

/** Conductance from a cassette through the walls of a chamber without power [W/K]; assumed. */
const INSULATED = 0.3;

/** Rocking at which the transfer coefficient is given [rad/s]: 20 /min. */
const REFERENCE = (20 * 2 * Math.PI) / 60;
/** Share of it that diffusion through the membrane and the lying liquid leaves; assumed. */
const STILL = 0.2;

/**
 * Oxygen transfer into a flat cassette with a gas-permeable floor [1/s]. The membrane itself would pass
 * more (0.2 mm of silicone, 600 Barrer, 0.046 m2 to 300 mL: 50 /h); the liquid limits, and rocking mixes
 * it: proportional to its rate, as in rocked bags (kLa 2 to 12 /h). Assumed.
 */
export function cassetteTransfer(atReference: number, agitation: number): number {
  return atReference * Math.max(STILL, agitation / REFERENCE);
}

function environmentOf(
  ctx: Context,
  slot: number,
  { incubating, agitation }: Slot,
): VesselEnvironment {
  const { state, config, plant } = ctx;
  if (!isRunning(ctx)) {
    return { ambientTemperature: plant.zoneAir().temperature, heatTransfer: INSULATED };
  }
  const warm = {
    ambientTemperature: state.temperatureSetpoint,
    heatTransfer: config.slotConductance,
  };
  const isGassed = incubating && plant.supply('gas')?.open === true && isOpen(ctx, slot);
  if (!isGassed) return warm;
  return {
    ...warm,
    gas: {
      kLa: cassetteTransfer(config.kLa, agitation),
      oxygenFraction: state.oxygenSetpoint,
      co2Fraction: state.co2Setpoint,
      pressure: PRESSURE,
    },
  };
}

/** Gives the cassette in a slot, if one is there, what the chamber gives it. */
export function controlSlot(ctx: Context, slot: number): void {
  const vessel = ctx.plant.vesselAt(slotName(slot));
  if (vessel === undefined) return;
  ctx.plant.setEnvironment(vessel.id, environmentOf(ctx, slot, slotOf(ctx, slot)));
}

/** Sets the climate's course anew and gives it to all slots; raises and clears what depends on it. */
export function control(ctx: Context): void {
  const { state, plant, now } = ctx;
  const isOn = isRunning(ctx);
  const hasGas = plant.supply('gas')?.open === true;
  const air = plant.zoneAir();
  const [heat, gas] = [isOn ? HEATING : COOLING, isOn && hasGas ? GASSING : LEAKING];
  const setpoint = (wanted: number, without: number, isHeld: boolean): number =>
    isHeld ? wanted : without;
  state.temperature = relaxTo(
    state.temperature,
    setpoint(state.temperatureSetpoint, air.temperature, isOn),
    now,
    heat,
  );
  state.humidity = relaxTo(
    state.humidity,
    setpoint(state.humiditySetpoint, air.humidity, isOn),
    now,
    heat,
  );
  state.co2 = relaxTo(state.co2, setpoint(state.co2Setpoint, AIR_CO2, isOn && hasGas), now, gas);
  state.oxygen = relaxTo(
    state.oxygen,
    setpoint(state.oxygenSetpoint, AIR_OXYGEN, isOn && hasGas),
    now,
    gas,
  );
  for (let slot = 1; slot <= SLOTS; slot++) controlSlot(ctx, slot);
  inspect(ctx);
}

/** Alarms about gas and connections. */
export function inspect(ctx: Context): void {
  const { state, plant } = ctx;
  const wanting = state.slots.flatMap(({ incubating }, i) => (incubating ? [i + 1] : []));
  const isOn = isRunning(ctx);
  const hasGas = plant.supply('gas')?.open === true;
  ctx.setAlarm('gasMissing', isOn && !hasGas && wanting.length > 0, 'the gas supply is shut');
  const cut = state.slots.flatMap(({ incubating, rate }, i) =>
    (incubating || rate > 0) && !isOpen(ctx, i + 1) ? [i + 1] : [],
  );
  ctx.setAlarm('notCoupled', isOn && cut.length > 0, `slot ${cut.join(', ')} is cut off`);
}
