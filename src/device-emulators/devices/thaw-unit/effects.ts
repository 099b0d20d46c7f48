import {
  beginPassage,
  lookAtThawing,
  type Passage,
  warmingRate,
} from '../../../bio-models/passage.ts';
import { exposure } from '../../../physics/heat/phase-change.ts';
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
  /** How far the bag has come. */
  passage: Passage;
}

/** Configuration, SI. */
export interface ThawConfig {
  readonly plateTemperature: number;
  readonly plateConductance: number;
  readonly airConductance: number;
  readonly coolingRate: number;
}

type Context = EffectContext<ThawConfig, ThawState>;

/** Longest thaw [s] before the alarm; assumed. */
const LONGEST = 1200;

/** Exposes the bag for the next step to the plates or to the closed chamber's air. */
function expose(ctx: Context, ambient: number, conductance: number): void {
  const bag = ctx.plant.vesselAt('bag');
  if (bag === undefined) return;
  const temperature = ctx.plant.temperature(bag.id);
  const around = exposure(temperature, ambient, conductance, bag.volume, STEP);
  ctx.plant.setEnvironment(bag.id, around);
}

/** Looks at the bag; its cells meet their fate when it has passed the range of thawing. */
function track(ctx: Context): void {
  const bag = ctx.plant.vesselAt('bag');
  if (bag === undefined) return;
  const { state, now, config } = ctx;
  const temperature = ctx.plant.temperature(bag.id);
  const { passage, fate } = lookAtThawing(state.passage, temperature, now, config.coolingRate);
  state.passage = passage;
  if (fate !== undefined) ctx.plant.react(bag.id, fate);
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
    state.passage = beginPassage(plant.temperature(state.bag), ctx.now);
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
    if (state.passage.temperature >= state.target) {
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
      temperature: round(fromSi(ctx.state.passage.temperature, 'Cel')),
      duration: round(seconds),
      warmingRate: round(fromSi(warmingRate(ctx.state.passage), 'K/min')),
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
