import {
  beginPassage,
  coolingRate,
  isGoodCoolingRate,
  lookAtFreezing,
  type Passage,
} from '../../../bio-models/passage.ts';
import { fromSi } from '../../../kernel/units.ts';
import { exposure } from '../../../physics/heat/phase-change.ts';
import { type Ramp, rampAt, rampTo, steady } from '../../../physics/heat/ramp.ts';
import { resting, type Travel, travelTo } from '../../../physics/mechanism/travel.ts';
import type { EffectContext } from '../../definition/device.ts';
import { STEP } from './machine.ts';

/** How far one vessel has come. */
interface Probe {
  readonly vessel: string;
  passage: Passage;
}

/** What the freezer is doing. */
export interface FreezerState {
  /** Openness of the door, 0 to 1. */
  door: Travel;
  /** Temperature of the chamber's gas. */
  chamber: Ramp;
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

/** How near to the target the contents have to come [K]; assumed. */
const NEAR = 2;

/** Chamber [K] below which an open door lets moist air in and frost grow; assumed. */
const FROST = 263.15;

export function placeName(number: number): string {
  return `place${number}`;
}

export function startAt(temperature: number): FreezerState {
  return {
    door: resting(0),
    chamber: steady(temperature),
    probes: [],
  };
}

function ramp(ctx: Context, to: number, rate: number): void {
  ctx.state.chamber = rampTo(ctx.state.chamber, to, rate, ctx.now);
}

function setPlacesOpen(ctx: Context, open: boolean): void {
  for (let i = 1; i <= ctx.config.places; i++) ctx.plant.setPlaceOpen(placeName(i), open);
}

/** Exposes every vessel to the chamber for the next step and notes how fast it cools. */
function expose(ctx: Context): boolean {
  const { state, config, plant, now } = ctx;
  // The chamber's temperature in the middle of the step stands for the whole of it.
  const ambient = rampAt(state.chamber, now + (STEP / 2) * 1e6);
  let allNear = true;
  for (let i = 1; i <= config.places; i++) {
    const vessel = plant.vesselAt(placeName(i));
    if (vessel === undefined) continue;
    const temperature = plant.temperature(vessel.id);
    observe(ctx, vessel.id, temperature);
    const { conductance } = config;
    const around = exposure(temperature, ambient, conductance, vessel.volume, STEP);
    plant.setEnvironment(vessel.id, around);
    if (vessel.volume > 0 && Math.abs(temperature - state.chamber.to) > NEAR) allNear = false;
  }
  return allNear && rampAt(state.chamber, now) === state.chamber.to;
}

/** Follows one vessel; cells meet their fate when they have passed the freezing range. */
function observe(ctx: Context, vessel: string, temperature: number): void {
  const { state, now, plant } = ctx;
  let probe = state.probes.find((p) => p.vessel === vessel);
  if (probe === undefined) {
    probe = { vessel, passage: beginPassage(temperature, now) };
    state.probes.push(probe);
  }
  const { passage, fate } = lookAtFreezing(probe.passage, temperature, now);
  probe.passage = passage;
  if (fate === undefined) return;
  plant.react(vessel, fate);
  const rate = coolingRate(passage);
  if (isGoodCoolingRate(rate)) return;
  const text = `${vessel} froze at ${fromSi(rate, 'K/min').toFixed(2)} K/min`;
  ctx.setAlarm('coolingRateOff', true, text);
}

/** Leaves the chamber where it is. */
function rest(ctx: Context): void {
  const here = rampAt(ctx.state.chamber, ctx.now);
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
    ctx.setAlarm('doorOpenCold', rampAt(ctx.state.chamber, ctx.now) < FROST);
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
    const chamberThere = rampAt(ctx.state.chamber, ctx.now) === ctx.state.chamber.to;
    const done = ctx.machineState === 'freezing' ? near : chamberThere;
    if (done) ctx.raise({ type: 'chamber.reached' });
  },
  frozen: (ctx: Context) => {
    const rates = ctx.state.probes
      .map(({ passage }) => coolingRate(passage))
      .filter((rate) => rate > 0);
    rest(ctx);
    const mean = rates.length === 0 ? 0 : rates.reduce((a, b) => a + b) / rates.length;
    ctx.complete({
      temperature: rounded(fromSi(ctx.state.chamber.to, 'Cel')),
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
