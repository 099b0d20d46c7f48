import { resting, type Travel, travelTo } from '../../../physics/mechanism/travel.ts';
import type { EffectContext } from '../../definition/device.ts';

/** What the tube lock is doing. */
export interface TubeLockState {
  /** Lowered share of the nozzle, 0 up to 1 in the vessel. */
  nozzle: Travel;
  open: boolean;
}

/** Configuration, SI. */
export interface TubeLockConfig {
  readonly lines: readonly string[];
  readonly strokeTime: number;
}

export const UP: TubeLockState = { nozzle: resting(0), open: false };

type Context = EffectContext<TubeLockConfig, TubeLockState>;

function setValve(ctx: Context, open: boolean): void {
  ctx.state.open = open;
  for (const line of ctx.config.lines) ctx.plant.setLineShut(line, !open);
}

/** Effects of the tube lock by the names of its machine's actions. */
export const tubeLockEffects = {
  initialise: (ctx: Context) => setValve(ctx, false),
  lowering: (ctx: Context) => {
    ctx.plant.setPlaceOpen('nozzle', false);
    ctx.state.nozzle = travelTo(ctx.state.nozzle, 1, ctx.now, ctx.config.strokeTime);
  },
  opened: (ctx: Context) => setValve(ctx, true),
  shut: (ctx: Context) => {
    setValve(ctx, false);
    ctx.state.nozzle = travelTo(ctx.state.nozzle, 0, ctx.now, ctx.config.strokeTime);
  },
  raised: (ctx: Context) => ctx.plant.setPlaceOpen('nozzle', true),
} as const;
