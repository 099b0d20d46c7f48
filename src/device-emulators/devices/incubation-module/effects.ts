import { control, controlSlot, inspect } from './climate.ts';
import { liftEffects } from './lift.ts';
import { exchange, feed, millilitres, pulse, schedulePulse } from './perfusion.ts';
import { refusePumping } from './preconditions.ts';
import { clearSlot, type Context, slotName, slotOf } from './state.ts';

/** Effects of the incubator by the names of its machine's actions. */
export const incubationEffects = {
  ...liftEffects,
  controlled: control,
  incubated: (ctx: Context, { slot, agitation }: { slot: number; agitation: number }) => {
    Object.assign(slotOf(ctx, slot), { incubating: true, agitation });
    controlSlot(ctx, slot);
    inspect(ctx);
  },
  slotStopped: (ctx: Context, { slot }: { slot: number }) => {
    clearSlot(slotOf(ctx, slot));
    controlSlot(ctx, slot);
    inspect(ctx);
  },
  perfusionSet: (ctx: Context, { slot, rate }: { slot: number; rate: number }) => {
    slotOf(ctx, slot).rate = rate;
    schedulePulse(ctx, slot);
    inspect(ctx);
  },
  pulsed: (ctx: Context, { slot, number }: { slot: number; number: number }) => {
    const state = slotOf(ctx, slot);
    if (number !== state.pulse) return;
    state.isPulseDue = false;
    pulse(ctx, slot);
    schedulePulse(ctx, slot);
  },
  pumpingBegun: (
    ctx: Context,
    event: { type: 'feed' | 'exchange'; slot: number; volume: number },
  ) => {
    const { type: kind, slot, volume } = event;
    ctx.state.pump = { kind, slot, volume };
  },
  pumped: (ctx: Context) => {
    const { pump } = ctx.state;
    ctx.state.pump = undefined;
    if (pump === undefined) return;
    const { kind, slot, volume } = pump;
    // Much may have changed since the pump was started.
    const refused = refusePumping(ctx, kind, slot, volume);
    if (refused !== undefined) {
      ctx.fail(refused.code, refused.message);
      return;
    }
    const moved = kind === 'feed' ? feed(ctx, slot, volume) : exchange(ctx, slot, volume);
    const left = ctx.plant.vesselAt(slotName(slot))?.volume ?? 0;
    ctx.complete({ moved: millilitres(moved), volume: millilitres(left) });
  },
  pumpStopped: (ctx: Context) => {
    ctx.state.pump = undefined;
  },
} as const;
