import { microsFromSeconds, type Micros } from '../../../kernel/time.ts';
import type { EffectContext } from '../../definition/device.ts';

/** What the decapper's head is doing. */
export interface DecapperState {
  /** Vessels whose caps hang in the magazine. */
  heldCaps: string[];
  /** Fresh caps left. */
  freshCaps: number;
  /** Present turn of the spindle: when it began and its sense, +1 off, -1 on, 0 at rest. */
  turningSince: Micros;
  turning: -1 | 0 | 1;
}

/** Configuration, SI. */
export interface DecapperConfig {
  readonly turnTime: number;
  readonly magazine: number;
  readonly freshCaps: number;
  readonly jamRate: number;
}

type Context = EffectContext<DecapperConfig, DecapperState>;

/** Particles of 0.5 um and more that a thread sheds while it is turned [1/s]; assumed. */
const SHEDDING = 20;

function start(ctx: Context, capped: boolean, sense: -1 | 1): void {
  ctx.plant.setPlaceOpen('head', false);
  if (ctx.plant.vesselAt('head')?.capped === capped) {
    ctx.raise({ type: 'cap.already' });
    return;
  }
  ctx.state.turning = sense;
  ctx.state.turningSince = ctx.now;
  ctx.plant.emitParticles(SHEDDING, ctx.config.turnTime);
  // Drawn in any case, so that a fault shifts no other chance.
  const jams = ctx.random('jam').uniform() < ctx.config.jamRate;
  if (jams || ctx.hasFault('crookedCap')) {
    ctx.raise({ type: 'cap.jammed' }, microsFromSeconds(ctx.config.turnTime / 2));
  }
}

function stop(ctx: Context): void {
  ctx.state.turning = 0;
  ctx.plant.setPlaceOpen('head', true);
}

/** Effects of the decapper by the names of its machine's actions. */
export const decapperEffects = {
  uncappingStarted: (ctx: Context) => start(ctx, false, 1),
  cappingStarted: (ctx: Context) => start(ctx, true, -1),
  uncapped: (ctx: Context) => {
    stop(ctx);
    const vessel = ctx.plant.vesselAt('head');
    if (vessel === undefined) return;
    ctx.plant.setCapped(vessel.id, false);
    ctx.state.heldCaps.push(vessel.id);
  },
  capped: (ctx: Context) => {
    stop(ctx);
    const vessel = ctx.plant.vesselAt('head');
    if (vessel === undefined) return;
    ctx.plant.setCapped(vessel.id, true);
    const own = ctx.state.heldCaps.indexOf(vessel.id);
    if (own >= 0) ctx.state.heldCaps.splice(own, 1);
    else ctx.state.freshCaps -= 1;
  },
  turningStopped: stop,
  jammed: (ctx: Context) => {
    ctx.state.turning = 0;
    ctx.setAlarm('jam', true, 'the cap does not turn');
    ctx.fail('MALFUNCTION', `the cap of the vessel in ${ctx.id} does not turn; reset ${ctx.id}`);
  },
  cleared: (ctx: Context) => {
    stop(ctx);
    ctx.setAlarm('jam', false);
  },
} as const;

/** Angle of the spindle [rad]: two turns per stroke, closed form in time. */
export function spindleAngle(
  state: Readonly<DecapperState>,
  turnTime: number,
  now: Micros,
): number {
  if (state.turning === 0) return 0;
  const share = Math.min(1, (now - state.turningSince) / 1e6 / turnTime);
  return state.turning * 4 * Math.PI * share;
}
