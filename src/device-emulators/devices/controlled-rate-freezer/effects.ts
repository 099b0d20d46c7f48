import { freeze } from '../../../bio-models/cryopreservation.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { Micros } from '../../../kernel/time.ts';
import { effectiveConductance } from '../../../physics/heat/phase-change.ts';
import { resting, type Travel, travelTo } from '../../../physics/mechanism/travel.ts';
import type { EffectContext } from '../../definition/device.ts';
import { STEP } from './machine.ts';

/** How far one vessel has come. */
interface Probe {
  vessel: string;
  /** Temperature at the last look [K] and when that was. */
  temperature: number;
  since: Micros;
  /** When it passed -5 degC while cooling; -1 before. */
  passedWarm: Micros;
  /** Mean cooling rate from -5 to -40 degC [K/s]; 0 before. */
  rate: number;
}

/** What the freezer is doing. */
export interface FreezerState {
  /** Openness of the door, 0 to 1. */
  door: Travel;
  /** Chamber: temperature [K] when the ramp began, where it goes, how fast [K/s]. */
  from: number;
  to: number;
  rate: number;
  since: Micros;
  probes: Probe[];
}

/** Configuration, SI. */
export interface FreezerConfig {
  readonly places: number;
  readonly doorTime: number;
  readonly conductance: number;
  readonly fastestRate: number;
}

type Context = EffectContext<FreezerConfig, FreezerState>;

/** Range over which the cooling rate decides on survival, -5 to -40 degC [K]. */
const WARM = 268.15;
const COLD = 233.15;

/** How near to the target the contents have to come [K]; assumed. */
const NEAR = 2;

/** Cooling rates [K/s] that preserve lymphocytes in 10 % DMSO: 0.3 to 3 K/min; assumed. */
const GOOD_RATES = [0.3 / 60, 3 / 60] as const;

/** Chamber [K] below which an open door lets moist air in and frost grow; assumed. */
const FROST = 263.15;

export function placeName(number: number): string {
  return `place${number}`;
}

export function startAt(temperature: number): FreezerState {
  return {
    door: resting(0),
    from: temperature,
    to: temperature,
    rate: 1,
    since: 0,
    probes: [],
  };
}

/** Temperature of the chamber's gas [K]: a straight ramp, then constant. */
export function chamberTemperature(
  { from, to, rate, since }: Readonly<FreezerState>,
  now: Micros,
): number {
  const change = (rate * (now - since)) / 1e6;
  return to < from ? Math.max(to, from - change) : Math.min(to, from + change);
}

function ramp(ctx: Context, to: number, rate: number): void {
  const { state, now } = ctx;
  Object.assign(state, { from: chamberTemperature(state, now), to, rate, since: now });
}

function setPlacesOpen(ctx: Context, open: boolean): void {
  for (let i = 1; i <= ctx.config.places; i++) ctx.plant.setPlaceOpen(placeName(i), open);
}

/** Exposes every vessel to the chamber for the next step and notes how fast it cools. */
function expose(ctx: Context): boolean {
  const { state, config, plant, now } = ctx;
  // The chamber's temperature in the middle of the step stands for the whole of it.
  const ambient = chamberTemperature(state, now + (STEP / 2) * 1e6);
  let allNear = true;
  for (let i = 1; i <= config.places; i++) {
    const vessel = plant.vesselAt(placeName(i));
    if (vessel === undefined) continue;
    const temperature = plant.temperature(vessel.id);
    observe(ctx, vessel.id, temperature);
    const conductance = config.conductance;
    const heatTransfer =
      vessel.volume > 0
        ? effectiveConductance(temperature, ambient, conductance, vessel.volume, STEP)
        : conductance;
    plant.setEnvironment(vessel.id, { ambientTemperature: ambient, heatTransfer });
    if (vessel.volume > 0 && Math.abs(temperature - state.to) > NEAR) allNear = false;
  }
  return allNear && chamberTemperature(state, now) === state.to;
}

/** Follows one vessel; cells meet their fate when it passes -40 degC. */
function observe(ctx: Context, vessel: string, temperature: number): void {
  const { state, now, plant } = ctx;
  let probe = state.probes.find((p) => p.vessel === vessel);
  if (probe === undefined) {
    probe = { vessel, temperature, since: now, passedWarm: -1, rate: 0 };
    state.probes.push(probe);
  }
  const { temperature: before, since } = probe;
  const passed = (edge: number): Micros | undefined => {
    if (!(before > edge && temperature <= edge)) return undefined;
    return Math.round(now - ((now - since) * (edge - temperature)) / (before - temperature));
  };
  const warm = passed(WARM);
  if (warm !== undefined) probe.passedWarm = warm;
  const cold = passed(COLD);
  if (cold !== undefined && probe.passedWarm >= 0) {
    const rate = (WARM - COLD) / Math.max(1, (cold - probe.passedWarm) / 1e6);
    probe.rate = rate;
    plant.react(vessel, (amounts) => freeze(amounts, rate));
    const bad = rate < GOOD_RATES[0] || rate > GOOD_RATES[1];
    if (bad) {
      const text = `${vessel} froze at ${fromSi(rate, 'K/min').toFixed(2)} K/min`;
      ctx.setAlarm('coolingRateOff', true, text);
    }
  }
  probe.temperature = temperature;
  probe.since = now;
}

/** Leaves the chamber where it is. */
function rest(ctx: Context): void {
  const here = chamberTemperature(ctx.state, ctx.now);
  ramp(ctx, here, ctx.config.fastestRate);
  expose(ctx);
}

/** Effects of the freezer by the names of its machine's actions. */
export const freezerEffects = {
  doorOpening: (ctx: Context) => {
    ctx.state.door = travelTo(ctx.state.door, 1, ctx.now, ctx.config.doorTime);
  },
  doorOpened: (ctx: Context) => {
    setPlacesOpen(ctx, true);
  },
  doorOpenLong: (ctx: Context) => {
    ctx.setAlarm('doorOpenCold', chamberTemperature(ctx.state, ctx.now) < FROST);
  },
  doorClosing: (ctx: Context) => {
    setPlacesOpen(ctx, false);
    ctx.state.door = travelTo(ctx.state.door, 0, ctx.now, ctx.config.doorTime);
  },
  doorClosed: (ctx: Context) => {
    ctx.setAlarm('doorOpenCold', false);
    ctx.state.probes = ctx.state.probes.filter(({ vessel }) => isHere(ctx, vessel));
    expose(ctx);
  },
  freezeStarted: (ctx: Context, event: { rate: number; target: number }) => {
    ctx.setAlarm('coolingRateOff', false);
    ramp(ctx, event.target, event.rate);
  },
  holdStarted: (ctx: Context, event: { temperature: number }) =>
    ramp(ctx, event.temperature, ctx.config.fastestRate),
  follow: (ctx: Context) => {
    const near = expose(ctx);
    const chamberThere = chamberTemperature(ctx.state, ctx.now) === ctx.state.to;
    const done = ctx.machineState === 'freezing' ? near : chamberThere;
    if (done) ctx.raise({ type: 'chamber.reached' });
  },
  frozen: (ctx: Context) => {
    const rates = ctx.state.probes.map(({ rate }) => rate).filter((rate) => rate > 0);
    rest(ctx);
    const mean = rates.length === 0 ? 0 : rates.reduce((a, b) => a + b) / rates.length;
    ctx.complete({
      temperature: rounded(fromSi(ctx.state.to, 'Cel')),
      coolingRate: rounded(fromSi(mean, 'K/min')),
    });
  },
  stopRamp: rest,
} as const;

function isHere(ctx: Context, vessel: string): boolean {
  for (let i = 1; i <= ctx.config.places; i++) {
    if (ctx.plant.vesselAt(placeName(i))?.id === vessel) return true;
  }
  return false;
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
