import type { Micros } from '../../../kernel/time.ts';
import { relaxTo, type Relaxation, valueOf } from '../../../physics/mechanism/relaxation.ts';
import type { EffectContext, ReadContext } from '../../definition/device.ts';

/** What the fridge's body is doing; motions and warming are closed forms of time. */
export interface MediaFridgeState {
  /** Openness of the door at `doorSince`, 0..1, and where it is going. */
  doorFrom: number;
  doorTo: number;
  doorSince: Micros;
  /** Temperature of the air [K]. */
  air: Relaxation;
  /** When the door was last opened. */
  openedAt: Micros;
}

/** Configuration, SI. */
export interface MediaFridgeConfig {
  readonly positions: number;
  readonly setpoint: number;
  readonly doorTime: number;
}

type Context = EffectContext<MediaFridgeConfig, MediaFridgeState>;
type Reading = Pick<ReadContext<MediaFridgeConfig, MediaFridgeState>, 'state' | 'now' | 'config'>;

/** Time constants of the air with the door open and closed [s]; assumed. */
const WARMING_TIME = 400;
const COOLING_TIME = 600;
/** The door may be open this long [s]; assumed. */
const DOOR_LIMIT = 120;
/** Upper limit of cold storage [K]: 8 degC, usual limit of 2 to 8 degC storage. */
const WARM_LIMIT = 281.15;
/** Air counts as settled this close to the set-point [K]; assumed. */
const SETTLED = 0.5;

/** Openness of the door, 0 closed to 1 open. */
export function doorOpenness({ state, config, now }: Reading): number {
  const share = Math.min(1, (now - state.doorSince) / 1e6 / config.doorTime);
  return state.doorFrom + (state.doorTo - state.doorFrom) * share;
}

/** Air temperature inside [K]: first-order approach to its target. */
export function airTemperature({ state, now }: Reading): number {
  return valueOf(state.air, now);
}

/** Names of the places. */
export function shelfNames(positions: number): string[] {
  return Array.from({ length: positions }, (_, i) => `shelf${i + 1}`);
}

function setPlaces(ctx: Context, open: boolean): void {
  for (const name of shelfNames(ctx.config.positions)) ctx.plant.setPlaceOpen(name, open);
}

function moveDoor(ctx: Context, to: number): void {
  ctx.state.doorFrom = doorOpenness(ctx);
  ctx.state.doorTo = to;
  ctx.state.doorSince = ctx.now;
}

function driveAir(ctx: Context, target: number, time: number): void {
  ctx.state.air = relaxTo(ctx.state.air, target, ctx.now, time);
}

function inspect(ctx: Context): void {
  const temperature = airTemperature(ctx);
  const open = doorOpenness(ctx) > 0;
  const openFor = (ctx.now - ctx.state.openedAt) / 1e6;
  ctx.setAlarm('doorOpen', open && openFor > DOOR_LIMIT, 'the door is open for too long');
  ctx.setAlarm('temperatureHigh', temperature > WARM_LIMIT, 'the air is above 8 °C');
  if (!open && temperature - ctx.config.setpoint < SETTLED) {
    ctx.raise({ type: 'temperature.settled' });
  }
}

/** Effects of the fridge by the names of its machine's actions. */
export const mediaFridgeEffects = {
  doorOpening: (ctx: Context) => {
    moveDoor(ctx, 1);
    ctx.state.openedAt = ctx.now;
    driveAir(ctx, ctx.plant.zoneAir().temperature, WARMING_TIME);
  },
  doorOpened: (ctx: Context) => setPlaces(ctx, true),
  doorClosing: (ctx: Context) => {
    setPlaces(ctx, false);
    moveDoor(ctx, 0);
  },
  doorClosed: (ctx: Context) => {
    driveAir(ctx, ctx.config.setpoint, COOLING_TIME);
    inspect(ctx);
  },
  inspect,
} as const;
