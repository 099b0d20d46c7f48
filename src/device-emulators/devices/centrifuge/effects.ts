import { pelletFractions } from '../../../bio-models/sedimentation.ts';
import type { EffectContext } from '../../definition/device.ts';
import { acceleration, type CentrifugeState, lidOpenness } from './state.ts';

export const BUCKETS = ['bucket1', 'bucket2', 'bucket3', 'bucket4'] as const;

interface Config {
  readonly lidTime: number;
  readonly spinUpRate: number;
}

type Context = EffectContext<Config, CentrifugeState>;

function moveLid(ctx: Context, to: number): void {
  ctx.state.lidFrom = lidOpenness(ctx.state, ctx.config.lidTime, ctx.now);
  ctx.state.lidTo = to;
  ctx.state.lidSince = ctx.now;
}

function setBucketsOpen(ctx: Context, open: boolean): void {
  for (const bucket of BUCKETS) ctx.plant.setPlaceOpen(bucket, open);
}

/** Lets the bottles' particles settle as they do in `duration` seconds at `a` [m/s2]. */
function sediment(ctx: Context, a: number, duration: number): void {
  for (const bucket of BUCKETS) {
    const vessel = ctx.plant.vesselAt(bucket);
    if (vessel === undefined) continue;
    const height = vessel.volume / (Math.PI * vessel.radius ** 2);
    ctx.plant.settle(vessel.id, pelletFractions(a, duration, height));
  }
}

export const centrifugeEffects = {
  lidOpening: (ctx: Context) => moveLid(ctx, 1),
  lidOpened: (ctx: Context) => setBucketsOpen(ctx, true),
  lidClosing: (ctx: Context) => {
    setBucketsOpen(ctx, false);
    moveLid(ctx, 0);
  },
  lidClosed: (ctx: Context) => setBucketsOpen(ctx, false),
  spinStarted: (ctx: Context, event: { acceleration: number; duration: number }) => {
    ctx.state.braking = undefined;
    ctx.state.run = {
      acceleration: event.acceleration,
      duration: event.duration,
      since: ctx.now,
    };
  },
  spinEnded: (ctx: Context) => {
    const { run } = ctx.state;
    ctx.state.run = undefined;
    if (run !== undefined) sediment(ctx, run.acceleration, run.duration);
  },
  spinAborted: (ctx: Context) => {
    const reached = acceleration(ctx.state, ctx.config.spinUpRate, ctx.now);
    const { run } = ctx.state;
    if (run !== undefined) {
      // The mean acceleration so far; ramps count half.
      const elapsed = (ctx.now - run.since) / 1e6;
      const ramp = Math.min(elapsed, run.acceleration / ctx.config.spinUpRate);
      sediment(ctx, run.acceleration, Math.max(0, elapsed - ramp / 2));
    }
    ctx.state.run = undefined;
    ctx.state.braking = { acceleration: reached, since: ctx.now };
    ctx.setAlarm('aborted', true, 'run aborted; the pellet is incomplete');
  },
  rotorStopped: (ctx: Context) => {
    ctx.state.braking = undefined;
    ctx.setAlarm('aborted', false);
  },
} as const;
