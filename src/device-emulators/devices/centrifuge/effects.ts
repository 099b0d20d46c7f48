import { microsFromSeconds } from '../../../kernel/time.ts';
import { runTime, settlingTime } from '../../../physics/mechanism/rotor.ts';
import { pelletFractions } from '../../../bio-models/sedimentation.ts';
import type { EffectContext } from '../../definition/device.ts';
import {
  acceleration,
  brakeRateOf,
  type CentrifugeState,
  lidOpenness,
  rotorTemperature,
} from './state.ts';

export const BUCKETS = ['bucket1', 'bucket2', 'bucket3', 'bucket4'] as const;

/** Configuration, SI. */
export interface CentrifugeConfig {
  readonly lidTime: number;
  readonly spinUpRate: number;
  readonly tripRate: number;
}

type Context = EffectContext<CentrifugeConfig, CentrifugeState>;

/** Conductance from a bottle's contents to the moving air of the rotor chamber [W/K]; assumed. */
const BOTTLE_CONDUCTANCE = 1.5;

function moveLid(ctx: Context, to: number): void {
  ctx.state.lidFrom = lidOpenness(ctx.state, ctx.config.lidTime, ctx.now);
  ctx.state.lidTo = to;
  ctx.state.lidSince = ctx.now;
}

function setBucketsOpen(ctx: Context, open: boolean): void {
  for (const bucket of BUCKETS) ctx.plant.setPlaceOpen(bucket, open);
}

function driveHeat(ctx: Context, target: number): void {
  ctx.state.temperature = rotorTemperature(ctx.state, ctx.now);
  ctx.state.heatSince = ctx.now;
  ctx.state.heatTarget = target;
}

/** While the lid is closed the bottles follow the rotor chamber. */
function coolBottles(ctx: Context, closed: boolean): void {
  for (const bucket of BUCKETS) {
    const vessel = ctx.plant.vesselAt(bucket);
    if (vessel === undefined) continue;
    const environment = {
      ambientTemperature: ctx.state.setpoint,
      heatTransfer: BOTTLE_CONDUCTANCE,
    };
    ctx.plant.setEnvironment(vessel.id, closed ? environment : undefined);
  }
}

/** Puts a new temperature set-point [K] into effect. */
export function changeSetpoint(ctx: Context, value: number | boolean | string): void {
  ctx.state.setpoint = Number(value);
  if (lidOpenness(ctx.state, ctx.config.lidTime, ctx.now) > 0) return;
  driveHeat(ctx, ctx.state.setpoint);
  coolBottles(ctx, true);
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

/** Ends the run before its time: what has settled stays, the rotor brakes. */
function breakOff(ctx: Context): void {
  const { state, config, now } = ctx;
  const reached = acceleration(state, config.spinUpRate, now);
  const { run } = state;
  if (run !== undefined) {
    sediment(ctx, run.acceleration, settlingTime(run, (now - run.since) / 1e6));
  }
  state.run = undefined;
  state.braking = { acceleration: reached, since: now };
}

/** Effects of the centrifuge by the names of its machine's actions. */
export const centrifugeEffects = {
  lidOpening: (ctx: Context) => {
    coolBottles(ctx, false);
    driveHeat(ctx, ctx.plant.zoneAir().temperature);
    moveLid(ctx, 1);
  },
  lidOpened: (ctx: Context) => setBucketsOpen(ctx, true),
  lidClosing: (ctx: Context) => {
    setBucketsOpen(ctx, false);
    moveLid(ctx, 0);
  },
  lidClosed: (ctx: Context) => {
    driveHeat(ctx, ctx.state.setpoint);
    coolBottles(ctx, true);
  },
  spinStarted: (ctx: Context, event: { acceleration: number; duration: number; brake: string }) => {
    const { spinUpRate, tripRate } = ctx.config;
    ctx.setAlarm('aborted', false);
    ctx.state.braking = undefined;
    ctx.state.run = {
      acceleration: event.acceleration,
      duration: event.duration,
      spinUpRate,
      brakeRate: brakeRateOf(event.brake, spinUpRate),
      since: ctx.now,
    };
    // Drawn in any case, so that a fault shifts no other chance.
    const trips = ctx.random('drive').uniform() < tripRate;
    if (trips || ctx.hasFault('imbalance')) {
      ctx.raise({ type: 'drive.fault' }, microsFromSeconds(event.acceleration / spinUpRate));
    }
  },
  spinEnded: (ctx: Context) => {
    const { run } = ctx.state;
    ctx.state.run = undefined;
    if (run === undefined) return;
    sediment(ctx, run.acceleration, settlingTime(run, runTime(run)));
  },
  spinAborted: (ctx: Context) => {
    breakOff(ctx);
    ctx.setAlarm('aborted', true, 'run aborted; the pellet is incomplete');
  },
  rotorStopped: (ctx: Context) => {
    ctx.state.braking = undefined;
  },
  driveTripped: (ctx: Context) => {
    breakOff(ctx);
    ctx.setAlarm('driveTrip', true, 'vibration above the limit');
    ctx.fail('MALFUNCTION', `the drive of ${ctx.id} tripped on vibration; reset ${ctx.id}`);
  },
  cleared: (ctx: Context) => ctx.setAlarm('driveTrip', false),
} as const;
