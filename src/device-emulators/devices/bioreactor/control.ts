import type { EffectContext } from '../../definition/device.ts';
import { dissolvedOxygen, ph } from '../../../bio-models/readouts.ts';

/** Set-points, SI. */
export interface BioreactorState {
  temperatureSetpoint: number;
  oxygenSetpoint: number;
  phSetpoint: number;
  /** [rad/s] */
  agitationSetpoint: number;
  /** Whether the temperature set-point has been reached since control began or it was changed. */
  settled: boolean;
  /** Looks in a row at which nothing was near a limit. */
  steadyLooks: number;
}

export interface BioreactorConfig {
  readonly heatTransfer: number;
  readonly jacketConductance: number;
  readonly kLaAtReference: number;
}

/** Speed at which the gas transfer coefficient is given [rad/s], 100 rpm. */
const REFERENCE_SPEED = (100 * 2 * Math.PI) / 60;

/** Exponent of the speed: P/V goes with N^3 and kLa with (P/V)^0.34 (ambr15 correlation). */
const SPEED_EXPONENT = 3 * 0.34;

/** Temperature of the surroundings [K] and their pressure [Pa]. */
const AMBIENT = 294.15;
const PRESSURE = 101_325;

/** Distance from the temperature set-point [K] within which it counts as reached; assumed. */
const SETTLED = 0.5;

/** Volumetric oxygen transfer coefficient [1/s]; surface aeration alone leaves a tenth. */
export function oxygenTransfer(reference: number, speed: number): number {
  return reference * Math.max(0.1, (speed / REFERENCE_SPEED) ** SPEED_EXPONENT);
}

/**
 * Proportional gain of the temperature controller: kelvins of the jacket per kelvin of deviation;
 * assumed. The heat that leaks to the room is made up for by feed-forward.
 */
const TEMPERATURE_GAIN = 2;

/**
 * What jacket and controller together are to the culture. The jacket at `T_set + leak + gain (T_set - T)`
 * gives `U (T_jacket - T)`: as a jacket of conductance `U (1 + gain)` at a fixed temperature would.
 */
function jacketUnderControl(
  { heatTransfer, jacketConductance }: BioreactorConfig,
  setpoint: number,
): { readonly temperature: number; readonly conductance: number } {
  const conductance = jacketConductance * (1 + TEMPERATURE_GAIN);
  const leak = (heatTransfer / conductance) * (setpoint - AMBIENT);
  return { temperature: setpoint + leak, conductance };
}

/** Puts the set-points into effect. */
export function applyControl(ctx: EffectContext<BioreactorConfig, BioreactorState>): void {
  const { state, config } = ctx;
  ctx.plant.setEnvironment('culture', {
    ambientTemperature: AMBIENT,
    heatTransfer: config.heatTransfer,
    ...(ctx.hasFault('heaterFailure')
      ? {}
      : { jacket: jacketUnderControl(config, state.temperatureSetpoint) }),
    ...(ctx.hasFault('gasFailure')
      ? {}
      : {
          gas: {
            kLa: oxygenTransfer(config.kLaAtReference, state.agitationSetpoint),
            oxygenSetpoint: state.oxygenSetpoint,
            phSetpoint: state.phSetpoint,
            pressure: PRESSURE,
          },
        }),
  });
}

/**
 * A culture is steady when it is so far from every limit that growth takes longer than a quarter of an
 * hour to get there: it need not be looked at every minute until something disturbs it. Assumed.
 */
const STEADY = { oxygen: 0.2, ph: 7, level: 0.85, looks: 5 };

/** Raises and clears the alarms by what is in the vessel. */
export function checkAlarms(ctx: EffectContext<BioreactorConfig, BioreactorState>): void {
  const amounts = ctx.plant.amounts('culture');
  const volume = ctx.plant.volume('culture');
  const filled = volume > 1e-6;
  const temperature = ctx.plant.temperature('culture');
  const off = Math.abs(temperature - ctx.state.temperatureSetpoint);
  if (filled && off < SETTLED) ctx.state.settled = true;
  if (!filled) ctx.state.settled = false;
  ctx.setAlarm('oxygenLow', filled && dissolvedOxygen(amounts) < 0.1);
  ctx.setAlarm('phLow', filled && ph(amounts) < 6.8);
  ctx.setAlarm('temperatureDeviation', ctx.state.settled && off > 3);
  const capacity = ctx.plant.vessel('culture')?.capacity ?? Number.POSITIVE_INFINITY;
  ctx.setAlarm('levelHigh', volume > 0.9 * capacity);
  const isSteady =
    !filled ||
    (off < SETTLED &&
      dissolvedOxygen(amounts) > STEADY.oxygen &&
      ph(amounts) > STEADY.ph &&
      volume < STEADY.level * capacity);
  ctx.state.steadyLooks = isSteady ? ctx.state.steadyLooks + 1 : 0;
  if (ctx.state.steadyLooks === STEADY.looks) ctx.raise({ type: 'steady' });
  else if (!isSteady && ctx.machineState === 'controlling.steady') ctx.raise({ type: 'unsteady' });
}
