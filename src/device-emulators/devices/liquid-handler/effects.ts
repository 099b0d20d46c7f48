import type { Vec3 } from '../../../kernel/pose.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { EffectContext } from '../../definition/device.ts';
import { CHANNELS, LARGE, planMixing, planStrokes, SMALL } from './plan.ts';
import {
  DIP_HEIGHT,
  headPosition,
  type LiquidHandlerState,
  PARKED,
  TRAVEL_HEIGHT,
  type Waypoint,
  type Work,
} from './state.ts';

/** Configuration, SI. */
export interface LiquidHandlerConfig {
  readonly channelFlow: number;
  readonly moveTime: number;
  readonly tipTime: number;
  readonly tips: number;
  readonly clotRate: number;
}

type Context = EffectContext<LiquidHandlerConfig, LiquidHandlerState>;

/** Parameters of a starting command, SI. */
type Started =
  | {
      type: 'transfer';
      from: string;
      to: string;
      volume: number;
      layer: Work['layer'];
      untilEmpty: boolean;
    }
  | { type: 'discard'; from: string; volume: number; layer: Work['layer']; untilEmpty: boolean }
  | { type: 'mix'; place: string; cycles: number };

export const DECK = ['deck1', 'deck2', 'deck3', 'deck4', 'deck5', 'deck6'] as const;
/** Distance of neighbouring deck places [m]; assumed. */
export const PITCH = 0.16;
/** Fewer mixing strokes leave a pellet lying; assumed. */
const STROKES_TO_RESUSPEND = 3;
/** Particles of 0.5 um and more from pipetting into open vessels [1/s]; assumed. */
const SHEDDING = 5;
/** Alarm when fewer tips are left than this. */
const FEW_TIPS = 8;
/** A real pipette lies well inside its permissible error: a third of it as standard deviation. */
const PERMISSIBLE_SIGMAS = 3;

/** Share of the volume that must be missing for the pressure sensors to notice air; assumed. */
const AIR_SEEN = 0.02;

/** Where a place stands on the deck [m]. */
export function deckPosition(place: string): Vec3 {
  const index = DECK.findIndex((name) => name === place);
  if (index < 0) return [0.42, 0, 0.2];
  return [((index % 3) - 1) * PITCH, (Math.floor(index / 3) - 0.5) * PITCH, 0.03];
}

/** The vessel behind a place name or the device's own waste. */
function vesselIn(ctx: Context, place: string) {
  return place === 'waste' ? ctx.plant.vessel('waste') : ctx.plant.vesselAt(place);
}

function follow(ctx: Context, rest: readonly Waypoint[]): void {
  const here = headPosition(ctx.state, ctx.now);
  ctx.state.path = [{ at: 0, position: here }, ...rest];
  ctx.state.pathSince = ctx.now;
}

function above(position: Vec3): Vec3 {
  return [position[0], position[1], TRAVEL_HEIGHT];
}

function dipped(position: Vec3): Vec3 {
  return [position[0], position[1], position[2] + DIP_HEIGHT];
}

function toWork(ctx: Context, event: Started): Work {
  if (event.type === 'mix') {
    const volume = ctx.plant.vesselAt(event.place)?.volume ?? 0;
    const plan = planMixing(event.cycles, CHANNELS * LARGE.capacity, ctx.config);
    const { place } = event;
    return {
      kind: 'mix',
      from: place,
      to: place,
      layer: 'mixed',
      untilEmpty: false,
      volume,
      plan,
      moved: 0,
    };
  }
  const plan = planStrokes(event.volume, ctx.config);
  const to = event.type === 'transfer' ? event.to : 'waste';
  const { from, layer, untilEmpty, volume } = event;
  return { kind: event.type, from, to, layer, untilEmpty, volume, plan, moved: 0 };
}

/** What the pipettes really take when told `volume`: bias per channel and scatter per stroke. */
function realVolume(ctx: Context, { pipette, channels }: Work['plan'], volume: number): number {
  const calibration = ctx.random('calibration');
  const scatter = ctx.random('stroke');
  const first = pipette === SMALL ? 0 : CHANNELS;
  let error = 0;
  for (let channel = 0; channel < channels; channel++) {
    error += (pipette.systematic / PERMISSIBLE_SIGMAS) * calibration.normalAt(first + channel);
    error += (pipette.random / PERMISSIBLE_SIGMAS) * scatter.normal();
  }
  return Math.max(0, volume + error);
}

function moveLiquid(ctx: Context, work: Work): void {
  const from = vesselIn(ctx, work.from);
  const to = vesselIn(ctx, work.to);
  if (from === undefined || to === undefined) return;
  const told = Math.min(work.plan.strokeVolume, work.volume - work.moved);
  const free = to.capacity - to.volume;
  const real = Math.min(realVolume(ctx, work.plan, told), from.volume, free);
  ctx.plant.deposit(to.id, ctx.plant.withdraw(from.id, real, work.layer), true);
  work.moved += Math.min(told, from.volume);
  const empty = from.volume - real < 1e-9;
  if (empty && work.moved < work.volume * (1 - AIR_SEEN)) ctx.raise({ type: 'work.ended' });
}

function setDeckOpen(ctx: Context, open: boolean): void {
  for (const place of DECK) ctx.plant.setPlaceOpen(place, open);
}

function stop(ctx: Context): void {
  ctx.state.work = undefined;
  follow(ctx, [{ at: ctx.config.tipTime, position: PARKED }]);
}

function checkTips(ctx: Context): void {
  ctx.setAlarm('tipsLow', ctx.state.tips < FEW_TIPS, `${ctx.state.tips} tips left`);
}

/** Effects of the liquid handler by the names of its machine's actions. */
export const liquidHandlerEffects = {
  workStarted: (ctx: Context, event: Started) => {
    const work = toWork(ctx, event);
    ctx.state.work = work;
    ctx.state.tips -= work.plan.channels;
    checkTips(ctx);
    setDeckOpen(ctx, false);
    const { tipTime } = ctx.config;
    follow(ctx, [
      { at: tipTime / 3, position: PARKED },
      { at: (2 * tipTime) / 3, position: dipped(PARKED) },
      { at: tipTime, position: above(deckPosition(work.from)) },
    ]);
  },
  strokeStarted: (ctx: Context) => {
    const { work } = ctx.state;
    if (work === undefined) return;
    if (ctx.random('clot').uniform() < ctx.config.clotRate) {
      ctx.raise({ type: 'work.failed' });
      return;
    }
    const { strokeTime } = work.plan;
    ctx.plant.emitParticles(SHEDDING, strokeTime);
    const source = deckPosition(work.from);
    const sink = deckPosition(work.to);
    const half = strokeTime / 2;
    const travel = Math.min(ctx.config.moveTime, half);
    follow(ctx, [
      { at: Math.min(1, (half - travel) / 2), position: dipped(source) },
      { at: half - travel, position: dipped(source) },
      { at: half, position: above(sink) },
      { at: half + Math.min(1, (half - travel) / 2), position: dipped(sink) },
      { at: strokeTime - travel, position: dipped(sink) },
      { at: strokeTime, position: above(source) },
    ]);
  },
  strokeDone: (ctx: Context) => {
    const { work } = ctx.state;
    if (work === undefined) return;
    if (work.kind !== 'mix') moveLiquid(ctx, work);
    else work.moved += 1;
  },
  workDone: (ctx: Context) => {
    const { work } = ctx.state;
    const { tipTime } = ctx.config;
    follow(ctx, [
      { at: tipTime / 2, position: above(deckPosition('waste')) },
      { at: tipTime, position: PARKED },
    ]);
    if (work?.kind !== 'mix' || work.moved < STROKES_TO_RESUSPEND) return;
    const vessel = vesselIn(ctx, work.from);
    if (vessel !== undefined) ctx.plant.resuspend(vessel.id);
  },
  tipsDropped: (ctx: Context) => {
    const { work } = ctx.state;
    ctx.state.work = undefined;
    setDeckOpen(ctx, true);
    if (work === undefined) return;
    if (work.kind === 'mix') {
      ctx.complete({ strokes: work.moved });
      return;
    }
    const volume = Number(fromSi(work.moved, 'mL').toFixed(3));
    if (work.untilEmpty || work.moved >= work.volume * (1 - AIR_SEEN)) ctx.complete({ volume });
    else {
      const message = `${ctx.id} found only ${volume} mL in ${work.from}`;
      ctx.fail('INSUFFICIENT_VOLUME', message);
    }
  },
  workStopped: stop,
  clotted: (ctx: Context) => {
    const from = ctx.state.work?.from ?? '';
    stop(ctx);
    ctx.setAlarm('clot', true, `pressure too low while drawing from ${from}`);
    ctx.fail('MALFUNCTION', `a channel of ${ctx.id} is clogged; reset ${ctx.id} and try again`);
  },
  cleared: (ctx: Context) => {
    ctx.setAlarm('clot', false);
    setDeckOpen(ctx, true);
  },
  tipsLoaded: (ctx: Context) => {
    ctx.state.tips = ctx.config.tips;
    checkTips(ctx);
  },
  wasteExchanged: (ctx: Context) => ctx.plant.refill('waste', undefined),
} as const;
