import { resting, type Travel, travelTo } from '../../../physics/mechanism/travel.ts';
import type { EffectContext } from '../../definition/device.ts';

/** What the tube lock is doing. */
export interface TubeLockState {
  /** Lowered share of the nozzle, 0 up to 1 in the vessel. */
  nozzle: Travel;
  open: boolean;
  /** Whether the tubing behind the valve is joined to its other end. */
  joined: boolean;
}

/** Configuration, SI. */
export interface TubeLockConfig {
  readonly line: string;
  readonly strokeTime: number;
}

export const UP: TubeLockState = { nozzle: resting(0), open: false, joined: false };

type Context = EffectContext<TubeLockConfig, TubeLockState>;

/** Shuts the valve: what is behind it counts as not connected, but is remembered as joined. */
function shut(ctx: Context): void {
  const line = ctx.plant.line(ctx.config.line);
  if (line === undefined) return;
  ctx.state.joined ||= line.connected;
  ctx.state.open = false;
  ctx.plant.setLineConnected(line.id, false);
}

/** Effects of the tube lock by the names of its machine's actions. */
export const tubeLockEffects = {
  initialise: shut,
  lowering: (ctx: Context) => {
    ctx.plant.setPlaceOpen('nozzle', false);
    ctx.state.nozzle = travelTo(ctx.state.nozzle, 1, ctx.now, ctx.config.strokeTime);
  },
  opened: (ctx: Context) => {
    ctx.state.open = true;
    if (ctx.state.joined) ctx.plant.setLineConnected(ctx.config.line, true);
  },
  shut: (ctx: Context) => {
    const wasOpen = ctx.state.open;
    if (wasOpen) ctx.state.joined = ctx.plant.line(ctx.config.line)?.connected ?? false;
    shut(ctx);
    ctx.state.open = false;
    ctx.state.nozzle = travelTo(ctx.state.nozzle, 0, ctx.now, ctx.config.strokeTime);
  },
  raised: (ctx: Context) => ctx.plant.setPlaceOpen('nozzle', true),
} as const;
