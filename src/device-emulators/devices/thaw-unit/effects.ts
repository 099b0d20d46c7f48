import { thaw } from '../../../bio-models/cryopreservation.ts';
import { effectiveConductance } from '../../../physics/heat/phase-change.ts';
import { fromSi } from '../../../kernel/units.ts';
import type { Micros } from '../../../kernel/time.ts';
import type { EffectContext } from '../../definition/device.ts';
import { STEP } from './machine.ts';

/** What the thaw unit knows of its bag. */
export interface ThawState {
  /** Bag being mounted or mounted, empty when none, and where it came from. */
  bag: string;
  origin: string;
  target: number;
  thawingSince: Micros;
  /** Temperature at the last look [K] and when that was. */
  lastTemperature: number;
  lastLook: Micros;
  /** When the bag passed -50 and -5 degC while warming; -1 before. */
  passedCold: Micros;
  passedWarm: Micros;
}

/** Configuration, SI. */
export interface ThawConfig {
  readonly plateTemperature: number;
  readonly plateConductance: number;
  readonly airConductance: number;
  readonly coolingRate: number;
}

type Context = EffectContext<ThawConfig, ThawState>;

/** Ends of the range in which the warming rate decides on survival, -50 and -5 degC [K]. */
const COLD = 223.15;
const WARM = 268.15;

/** Longest thaw [s] before the alarm; assumed. */
const LONGEST = 1200;

/** Mean warming rate between -50 and -5 degC [K/s]; 0 when it was not passed here. */
export function warmingRate({ passedCold, passedWarm }: Readonly<ThawState>): number {
  if (passedCold < 0 || passedWarm <= passedCold) return 0;
  return (WARM - COLD) / ((passedWarm - passedCold) / 1e6);
}

/** Exposes the bag for the next step to the plates or to the closed chamber's air. */
function expose(ctx: Context, ambient: number, conductance: number): void {
  const bag = ctx.plant.vesselAt('bag');
  if (bag === undefined) return;
  const temperature = ctx.plant.temperature(bag.id);
  const heatTransfer = effectiveConductance(temperature, ambient, conductance, bag.volume, STEP);
  ctx.plant.setEnvironment(bag.id, { ambientTemperature: ambient, heatTransfer });
}

/**
 * Notes when the bag passed the ends of the critical range, straight between two looks; cells meet
 * their fate at its warm end.
 */
function track(ctx: Context): void {
  const bag = ctx.plant.vesselAt('bag');
  if (bag === undefined) return;
  const { state, now } = ctx;
  const temperature = ctx.plant.temperature(bag.id);
  const before = state.lastTemperature;
  const passed = (edge: number): Micros => {
    if (!(before < edge && temperature >= edge)) return -1;
    const share = (temperature - edge) / (temperature - before);
    return Math.round(now - (now - state.lastLook) * share);
  };
  const [cold, warm] = [passed(COLD), passed(WARM)];
  if (cold >= 0) state.passedCold = cold;
  if (warm >= 0) {
    state.passedWarm = warm;
    const rate = warmingRate(state);
    if (rate > 0) {
      ctx.plant.react(bag.id, (amounts) => thaw(amounts, ctx.config.coolingRate, rate));
    }
  }
  state.lastTemperature = temperature;
  state.lastLook = now;
}

/** Effects of the thaw unit by the names of its machine's actions. */
export const thawEffects = {
  mounting: (ctx: Context, event: { bag: string }) => {
    ctx.state.bag = event.bag;
  },
  mounted: (ctx: Context) => {
    const { state, plant } = ctx;
    const origin = plant.vessel(state.bag)?.place ?? '';
    if (origin === '') {
      ctx.fail('NO_VESSEL', `${state.bag} was taken away before it could be mounted`);
      ctx.raise({ type: 'bag.missing' });
      return;
    }
    state.origin = origin;
    plant.moveVessel(state.bag, 'bag');
    state.lastTemperature = plant.temperature(state.bag);
    state.lastLook = ctx.now;
    state.passedCold = -1;
    state.passedWarm = -1;
  },
  thawStarted: (ctx: Context, event: { target: number }) => {
    ctx.state.target = event.target;
    ctx.state.thawingSince = ctx.now;
  },
  warm: (ctx: Context) => {
    const { config, state } = ctx;
    track(ctx);
    if (ctx.machineState !== 'thawing') {
      expose(ctx, ctx.plant.zoneAir().temperature, config.airConductance);
      return;
    }
    if (state.lastTemperature >= state.target) {
      ctx.raise({ type: 'bag.thawed' });
      return;
    }
    const elapsed = (ctx.now - state.thawingSince) / 1e6;
    ctx.setAlarm('slow', elapsed > LONGEST, `${Math.round(elapsed)} s so far`);
    expose(ctx, config.plateTemperature, config.plateConductance);
  },
  hold: (ctx: Context) => {
    const bag = ctx.plant.vesselAt('bag');
    if (bag === undefined) return;
    ctx.plant.setEnvironment(bag.id, {
      ambientTemperature: ctx.plant.zoneAir().temperature,
      heatTransfer: ctx.config.airConductance,
      jacket: { temperature: ctx.state.target, conductance: ctx.config.plateConductance },
    });
  },
  thawEnded: (ctx: Context) => {
    ctx.setAlarm('slow', false);
    const seconds = (ctx.now - ctx.state.thawingSince) / 1e6;
    ctx.complete({
      temperature: round(fromSi(ctx.state.lastTemperature, 'Cel')),
      duration: round(seconds),
      warmingRate: round(fromSi(warmingRate(ctx.state), 'K/min')),
    });
  },
  eject: (ctx: Context) => {
    const bag = ctx.plant.vesselAt('bag');
    const { origin } = ctx.state;
    const there = ctx.plant.vesselAt(origin);
    if (there !== undefined) {
      ctx.fail('PLACE_OCCUPIED', `${there.id} stands in ${origin}, where the bag came from`);
      ctx.raise({ type: 'bag.stuck' });
      return;
    }
    ctx.state.bag = '';
    if (bag !== undefined) ctx.plant.moveVessel(bag.id, origin);
  },
} as const;

function round(value: number): number {
  return Number(value.toPrecision(6));
}
